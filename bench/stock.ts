import { ask, type NextQuestion, type Question } from './load.ts';
import type { Running } from './processes.ts';
import { anyOf, bearer } from './questions.ts';
import type { SeededTeams } from './seed.ts';

/** Some with stock: almost ten thousand numbers each. */
export const AREA_CODES =
  '202 206 212 213 214 215 303 305 312 404 407 408 412 415 503 504 512 602 617 619 702 713'.split(' ');

/** As many as one search gives at most. */
export const MOST_OFFERS = 100;

/** What a search is for. */
export interface Filters {
  areaCode: string;
  limit: number;
}

/** A search at our service. */
export function searchOf(token: string, base: string, filters: Filters): Question {
  return {
    url: `${base}/api/phone-numbers/search`,
    headers: bearer(token),
    body: JSON.stringify({ filters: { countryCode: 'US', ...filters } }),
  };
}

/** A purchase at our service. */
export function purchaseOf(
  { teamId, token }: Pick<SeededTeams['teams'][number], 'teamId' | 'token'>,
  base: string,
  phoneNumber: string,
): Question {
  return {
    url: `${base}/api/phone-numbers/purchase`,
    headers: bearer(token),
    body: JSON.stringify({ teamId, phoneNumber }),
  };
}

let searches = 0;

/** Numbers on offer in an area code, from a search at our service. */
export async function findOffers(token: string, base: string, areaCode: string): Promise<string[]> {
  searches += 1;
  // Equal searches share an answer for some seconds, and what was sold since is missing in it: no two are equal.
  const limit = MOST_OFFERS - (searches % 50);
  const answer = await ask(searchOf(token, base, { areaCode, limit }));
  const { numbers } = (await answer.json()) as { numbers: { phoneNumber: string }[] };
  return numbers.map(({ phoneNumber }) => phoneNumber);
}

/**
 * Numbers to buy, found by searches before, as buyers do.
 * @param servers that are asked, in turns
 * @param count how many area codes are searched; each has between 50 and 100
 */
export async function findStock(
  { teams }: SeededTeams,
  servers: readonly Running[],
  count: number = AREA_CODES.length,
): Promise<string[]> {
  const { token } = anyOf(teams);
  const stock: string[] = [];
  for (const [index, areaCode] of AREA_CODES.slice(0, count).entries())
    stock.push(...(await findOffers(token, servers[index % servers.length]?.url ?? '', areaCode)));
  return stock;
}

/** Purchases out of this stock, for any team. */
export function purchasesOf({ teams }: SeededTeams, base: string, stock: string[]): NextQuestion {
  return () => purchaseOf(anyOf(teams), base, takeOne(stock));
}

/** A number that is then no longer there. */
export function takeOne(stock: string[]): string {
  const phoneNumber = stock.pop();
  if (phoneNumber === undefined) throw new Error('there are not enough numbers for this benchmark');
  return phoneNumber;
}
