import type { IdPage } from '../db/assistants.ts';
import type { IdPrefix } from '../domain/ids.ts';
import { pageOf } from '../domain/page.ts';
import { invalidRequest } from '../domain/refusal.ts';

export interface PageRequest {
  /** 1–100: with it the list comes in pages. */
  limit?: number;
  /** Where the next page starts: `nextCursor` of the one before. */
  cursor?: string;
}

export interface Page<Row> {
  rows: Row[];
  /** Null where the list came all at once. */
  page: { limit: number; nextCursor: string | null } | null;
}

/**
 * A list that is newest first, all at once or in pages. Ids sort by time, so that the last one of a page is where the
 * next one starts.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function pageById<Row extends { id: string }>(
  prefix: IdPrefix,
  { limit, cursor }: PageRequest,
  read: (page: IdPage) => Promise<Row[]>,
): Promise<Page<Row>> {
  if (cursor !== undefined && limit === undefined)
    throw invalidRequest([{ path: 'cursor', message: 'goes with limit; send both' }]);
  if (limit === undefined) return { rows: await read({}), page: null };
  if (cursor !== undefined && !new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(cursor)) {
    throw invalidRequest([
      { path: 'cursor', message: 'is not a cursor; use next_cursor of the page before, as it is' },
    ]);
  }
  // One more than asked for tells whether there is a next page.
  const found = await read({ limit: limit + 1, ...(cursor !== undefined && { after: cursor }) });
  const { rows, nextCursor } = pageOf(found, limit, ({ id }) => id);
  return { rows, page: { limit, nextCursor } };
}
