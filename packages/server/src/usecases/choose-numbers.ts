import type { Offer, SearchFilters } from '../carriers/carrier.ts';
import { findLiveAmong } from '../db/phone-numbers.ts';
import { parseE164 } from '../domain/e164.ts';
import { exceeds } from '../domain/price.ts';
import { type Issue, invalidRequest, Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { searchNumbers } from './search-numbers.ts';

/** The numbers themselves, as they were sent; or how many of what kind. */
export type WantedNumbers =
  | { phoneNumbers: readonly string[] }
  | { filters: Omit<SearchFilters, 'limit'>; quantity: number };

export interface Choice {
  maxMonthlyPrice?: string | undefined;
  allOrNothing: boolean;
}

/** The most that a search gives. */
const MAX_OFFERS = 100;

/**
 * The numbers that a bulk purchase is about: those that are named, or the first that the carrier offers.
 * @throws Refusal `invalid_request`; for numbers that are searched, also those of the search, and with
 * `allOrNothing` `number_unavailable` where there are too few
 */
export async function chooseNumbers(
  context: Context,
  caller: Caller,
  wanted: WantedNumbers,
  choice: Choice,
): Promise<readonly string[]> {
  if ('filters' in wanted) return firstOffered(context, caller, wanted, choice);
  const issues = checkNumbers(wanted.phoneNumbers, choice);
  if (issues.length > 0) throw invalidRequest(issues);
  return wanted.phoneNumbers;
}

/** Some that are offered are sold already, and the carrier has not noticed: so it is asked for twice as many. */
async function firstOffered(
  context: Context,
  caller: Caller,
  { filters, quantity }: Extract<WantedNumbers, { filters: unknown }>,
  { maxMonthlyPrice, allOrNothing }: Choice,
): Promise<string[]> {
  const limit = Math.min(2 * quantity, MAX_OFFERS);
  const { offers } = await searchNumbers(context, caller, { ...filters, limit });
  const affordable = offers
    .filter((offer: Offer) => maxMonthlyPrice === undefined || !exceeds(offer.monthlyPrice, maxMonthlyPrice))
    .map(({ phoneNumber }) => phoneNumber);
  const sold = await findLiveAmong(context.db, caller.mode, affordable);
  const free = affordable.filter((phoneNumber) => !sold.has(phoneNumber)).slice(0, quantity);
  if (allOrNothing && free.length < quantity) {
    throw new Refusal(
      'number_unavailable',
      `Of ${quantity} such numbers ${free.length === 1 ? '1 is' : `${free.length} are`} on offer${maxMonthlyPrice === undefined ? '' : ' at that price'}, and nothing was bought. Ask for fewer, or for others.`,
    );
  }
  return free;
}

/** No number twice. One that is none has a refusal of its own, or with `allOrNothing` refuses all. */
function checkNumbers(phoneNumbers: readonly string[], { allOrNothing }: Choice): Issue[] {
  return phoneNumbers.flatMap((phoneNumber, index) => {
    const path = `phoneNumbers.${index}`;
    const first = phoneNumbers.indexOf(phoneNumber);
    if (first < index) return [{ path, message: `is phoneNumbers.${first} again; name each number once` }];
    const number = parseE164(phoneNumber);
    return allOrNothing && !number.valid ? [{ path, message: number.message }] : [];
  });
}
