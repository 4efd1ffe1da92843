import { findNumberDays } from '../db/number-days.ts';
import { type DayOfCalls, everyDay, firstOfDays } from '../domain/number-health.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';

/**
 * What a number of the team did in the last days, today (UTC) included, day by day.
 * @throws Refusal `not_found`
 */
export async function listNumberCalls(
  context: Context,
  caller: Caller,
  idOrNumber: string,
  days: number,
): Promise<DayOfCalls[]> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  const now = context.clock.now();
  return everyDay(await findNumberDays(context.db, id, firstOfDays(now, days)), now, days);
}
