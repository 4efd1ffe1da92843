import { countIdleByPrice, findIdleNumbers, type IdleNumber } from '../db/idle-numbers.ts';
import { pageOf } from '../domain/page.ts';
import { type Price, totalOf } from '../domain/price.ts';
import { DAY_MS, later } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';
import { decodeCursor, encodeCursor } from './list-numbers.ts';

export interface IdleReport {
  numbers: IdleNumber[];
  /** All of them, not only this page, and what they cost: USD a month, as far as the prices are known. */
  count: number;
  monthlyCost: Price;
  nextCursor: string | null;
}

/**
 * The team's numbers that have had no call for so many days, and what they cost. A number that never had one counts
 * from the day it was bought.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function listIdleNumbers(
  { db, clock }: Context,
  { teamId, mode }: Caller,
  { days, limit, cursor }: { days: number; limit: number; cursor?: string | undefined },
): Promise<IdleReport> {
  const filters = { teamId, mode, since: later(clock.now(), -days * DAY_MS) };
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const [rows, tally] = await Promise.all([
    // One more than asked for tells whether there is a next page.
    findIdleNumbers(db, filters, { limit: limit + 1, after }),
    countIdleByPrice(db, filters),
  ]);
  const page = pageOf(rows, limit, (row) => encodeCursor({ micros: row.idleSinceMicros, id: row.id }));
  return {
    numbers: page.rows,
    count: tally.reduce((sum, { count }) => sum + count, 0),
    monthlyCost: totalOf(tally),
    nextCursor: page.nextCursor,
  };
}
