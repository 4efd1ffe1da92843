import { countByStatusAndPrice, listDetails, type NumberDetails } from '../db/listed-numbers.ts';
import { pageOf } from '../domain/page.ts';
import { HELD_STATUSES } from '../domain/phone-number.ts';
import { type Price, totalOf } from '../domain/price.ts';
import type { Caller, Context } from './context.ts';
import { decodeCursor, encodeCursor } from './list-numbers.ts';

export interface DetailedList {
  numbers: NumberDetails[];
  /** All of the team's, not only this page. */
  count: number;
  /** USD a month for all that are held at the carrier, as far as the prices are known. */
  monthlyCost: Price;
  nextCursor: string | null;
}

/**
 * The numbers of the caller's team in the caller's mode with everything that is known of each, newest first, without
 * the released ones, and what they cost together.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function listNumberDetails(
  { db }: Context,
  { teamId, mode }: Caller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<DetailedList> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const [rows, tally] = await Promise.all([
    // One more than asked for tells whether there is a next page.
    listDetails(db, { teamId, mode }, { limit: limit + 1, after }),
    countByStatusAndPrice(db, { teamId, mode }),
  ]);
  const page = pageOf(rows, limit, (row) => encodeCursor({ micros: row.createdAtMicros, id: row.id }));
  return {
    numbers: page.rows.map(({ createdAtMicros: _, ...number }) => number),
    count: tally.reduce((sum, { count }) => sum + count, 0),
    monthlyCost: totalOf(tally.filter(({ status }) => HELD_STATUSES.includes(status))),
    nextCursor: page.nextCursor,
  };
}
