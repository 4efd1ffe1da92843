import type { LookUps } from '../db/database.ts';
import {
  countListed,
  type ListedNumber,
  type ListFilters,
  listPage,
  type Position,
  prepareListAll,
} from '../db/listed-numbers.ts';
import type { Mode } from '../domain/mode.ts';
import { pageOf } from '../domain/page.ts';
import { invalidRequest } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';

export interface ListRequest extends Omit<ListFilters, 'teamId' | 'mode'> {
  /** 1–100: with it the list comes in pages. */
  limit?: number;
  /** Where the next page starts: `nextCursor` of the one before. */
  cursor?: string;
}

export interface NumberList {
  numbers: ListedNumber[];
  /** All that the filters match, not only this page. */
  count: number;
  page: { limit: number; nextCursor: string | null } | null;
}

export type ListNumbers = (context: Context, caller: Caller, request: ListRequest) => Promise<NumberList>;

/** Makes the use case for one database, its everyday query prepared. */
export function prepareListNumbers(lookUps: LookUps): ListNumbers {
  const listAll = prepareListAll(lookUps);

  /**
   * The numbers of the caller's team in the caller's mode, newest first, without the released ones.
   * @throws Refusal `invalid_request` for a cursor that is not one of ours
   */
  return async (context, caller, request) => {
    if (Object.values(request).every((value) => value === undefined)) {
      const numbers = await listAll(caller.teamId, caller.mode);
      return { numbers, count: numbers.length, page: null };
    }
    return listFiltered(context, caller, request);
  };
}

async function listFiltered(
  { db }: Context,
  { teamId, mode }: { teamId: string; mode: Mode },
  { limit, cursor, ...narrowing }: ListRequest,
): Promise<NumberList> {
  const filters = { ...narrowing, teamId, mode };
  if (limit === undefined) {
    if (cursor !== undefined)
      throw invalidRequest([{ path: 'cursor', message: 'goes with limit; send both' }]);
    const numbers = await listPage(db, filters, null);
    return { numbers, count: numbers.length, page: null };
  }
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  // One more than asked for tells whether there is a next page.
  const [rows, count] = await Promise.all([
    listPage(db, filters, { limit: limit + 1, ...(after && { after }) }),
    countListed(db, filters),
  ]);
  const { rows: numbers, nextCursor } = pageOf(rows, limit, (row) =>
    encodeCursor({ micros: row.createdAtMicros, id: row.id }),
  );
  return { numbers, count, page: { limit, nextCursor } };
}

export function encodeCursor({ micros, id }: Position): string {
  return Buffer.from(`${micros}.${id}`).toString('base64url');
}

/** @throws Refusal `invalid_request` for one that is not one of ours */
export function decodeCursor(cursor: string): Position {
  const match = /^([0-9]{1,17})\.(pn_[0-9a-z]{26})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1] || !match[2]) {
    throw invalidRequest([
      { path: 'cursor', message: 'is not a cursor; use next_cursor of the page before, as it is' },
    ]);
  }
  return { micros: match[1], id: match[2] };
}
