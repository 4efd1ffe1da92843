import {
  and,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  min,
  type SQL,
  sql,
  sum,
} from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { Price } from '../domain/price.ts';
import type { Db } from './database.ts';
import { campaignNumbers, campaigns, numberDays, phoneNumbers } from './schema.ts';

/** Whose numbers a report is about. */
export interface Whose {
  teamId: string;
  mode: Mode;
}

/** How many digits tell the country of a number, with the +: Guernsey's are +441481. */
const COUNTRY_DIGITS = 7;

/** The team's numbers that the carrier has delivered, whatever became of them. */
function isDelivered({ teamId, mode }: Whose): SQL | undefined {
  return and(
    eq(phoneNumbers.teamId, teamId),
    eq(phoneNumbers.mode, mode),
    isNotNull(phoneNumbers.carrierNumberId),
  );
}

/** How many numbers of each price the carrier held for the team at each of these times; `at` is the time's place in the list. */
export async function countHeldAt(
  db: Db,
  whose: Whose,
  times: readonly Date[],
): Promise<{ at: number; price: Price | null; count: number }[]> {
  const moments = sql.join(
    times.map((time, at) => sql`(${at}::int, ${time}::timestamptz)`),
    sql`, `,
  );
  const isHeld = sql`${phoneNumbers.createdAt} <= moments.time
    and (${phoneNumbers.releasedAt} is null or ${phoneNumbers.releasedAt} > moments.time)`;
  return db
    .select({ at: sql<number>`moments.at`, price: phoneNumbers.monthlyPrice, count: count() })
    .from(phoneNumbers)
    .innerJoin(sql`(values ${moments}) as moments (at, time)`, isHeld)
    .where(isDelivered(whose))
    .groupBy(sql`moments.at`, phoneNumbers.monthlyPrice);
}

/** How many numbers of each price the carrier holds now, by their first digits, with one of them as an example. */
export async function countByFirstDigits(
  db: Db,
  whose: Whose,
): Promise<{ example: string | null; price: Price | null; count: number }[]> {
  const digits = sql`left(${phoneNumbers.phoneNumber}, ${sql.raw(String(COUNTRY_DIGITS))})`;
  return db
    .select({ example: min(phoneNumbers.phoneNumber), price: phoneNumbers.monthlyPrice, count: count() })
    .from(phoneNumbers)
    .where(and(isDelivered(whose), isNull(phoneNumbers.releasedAt)))
    .groupBy(digits, phoneNumbers.monthlyPrice);
}

export interface BusyNumber {
  id: string;
  /** E.164. */
  phoneNumber: string;
  label: string | null;
  /** The least of its running campaigns; null where none has one. */
  dailyCap: number | null;
}

/** The numbers with the most calls since that day (UTC, `YYYY-MM-DD`), the busiest first. */
export async function findBusyNumbers(
  db: Db,
  { teamId, mode }: Whose,
  from: string,
  limit: number,
): Promise<BusyNumber[]> {
  const calls = sum(numberDays.outboundCalls);
  const dailyCap = sql<number | null>`(
    select min(${campaigns.dailyCapPerNumber}) from ${campaignNumbers}
    join ${campaigns} on ${campaigns.id} = ${campaignNumbers.campaignId}
    where ${campaignNumbers.phoneNumberId} = ${phoneNumbers.id} and ${campaigns.status} = 'running')`;
  return db
    .select({
      id: phoneNumbers.id,
      phoneNumber: phoneNumbers.phoneNumber,
      label: phoneNumbers.label,
      dailyCap,
    })
    .from(numberDays)
    .innerJoin(phoneNumbers, eq(phoneNumbers.id, numberDays.phoneNumberId))
    .where(and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode), gte(numberDays.day, from)))
    .groupBy(phoneNumbers.id)
    .having(gt(calls, '0'))
    .orderBy(desc(calls), phoneNumbers.id)
    .limit(limit);
}

/** The days since then on which these numbers did something. */
export async function findDaysOf(db: Db, phoneNumberIds: string[], from: string) {
  return db
    .select()
    .from(numberDays)
    .where(and(inArray(numberDays.phoneNumberId, phoneNumberIds), gte(numberDays.day, from)));
}
