import {
  type BusyNumber,
  countByFirstDigits,
  countHeldAt,
  findBusyNumbers,
  findDaysOf,
  type Whose,
} from '../db/number-reports.ts';
import { countryOf } from '../domain/e164.ts';
import { type DayOfCalls, everyDay, firstOfDays } from '../domain/number-health.ts';
import { type Price, totalOf } from '../domain/price.ts';
import { monthsUpTo } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';

/** How many numbers, and what they cost: USD a month, as far as the prices are known. */
interface Holding {
  numbers: number;
  monthlyCost: Price;
}

export interface Overview {
  /** At the end of each month, and now. `YYYY-MM`, UTC, the first first. */
  months: (Holding & { month: string })[];
  /** Now, the most numbers first. ISO 3166-1 alpha-2; null where the digits do not say. */
  countries: (Holding & { country: string | null })[];
  /** The busiest numbers first, with each day. */
  calls: (BusyNumber & { days: DayOfCalls[] })[];
}

/** As many numbers as somebody can look at. */
const BUSY_NUMBERS = 50;

/** What the caller's team holds and held, where, at what cost, and how much its numbers call. */
export async function reportOverview(
  { db, clock }: Context,
  { teamId, mode }: Caller,
  { months, days }: { months: number; days: number },
): Promise<Overview> {
  const whose: Whose = { teamId, mode };
  const now = clock.now();
  const from = firstOfDays(now, days);
  const moments = monthsUpTo(now, months);
  const [held, byDigits, busy] = await Promise.all([
    countHeldAt(
      db,
      whose,
      moments.map(({ end }) => end),
    ),
    countByFirstDigits(db, whose),
    findBusyNumbers(db, whose, from, BUSY_NUMBERS),
  ]);
  const ids = busy.map(({ id }) => id);
  const known = Map.groupBy(await findDaysOf(db, ids, from), ({ phoneNumberId }) => phoneNumberId);
  const byCountry = Map.groupBy(byDigits, ({ example }) => example && countryOf(example));
  return {
    months: moments.map(({ month }, index) => ({
      month,
      ...holdingOf(held.filter(({ at }) => at === index)),
    })),
    countries: [...byCountry]
      .map(([country, tally]) => ({ country, ...holdingOf(tally) }))
      .sort((one, other) => other.numbers - one.numbers),
    calls: busy.map((number) => ({ ...number, days: everyDay(known.get(number.id) ?? [], now, days) })),
  };
}

function holdingOf(tally: { price: Price | null; count: number }[]): Holding {
  return { numbers: tally.reduce((sum, each) => sum + each.count, 0), monthlyCost: totalOf(tally) };
}
