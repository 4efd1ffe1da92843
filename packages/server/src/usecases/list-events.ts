import { eventsPage } from '../db/events.ts';
import { openCursor, sealCursor } from '../domain/cursor.ts';
import { typesOf } from '../domain/event-types.ts';
import { invalidRequest } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { describeEvents, type EventView } from './describe-events.ts';
import { findOwnNumber } from './find-own-number.ts';

export interface EventsRequest {
  /** The id of the record that they happened to. */
  subject?: string;
  /** A type, or all of an area: `phone_number.*`. */
  type?: string;
  /** Newest first where nothing is said. */
  order?: 'asc' | 'desc';
  cursor?: string;
  limit?: number;
}

export interface EventList {
  events: EventView[];
  nextCursor: string | null;
}

const DEFAULT_LIMIT = 50;

/**
 * What happened in the caller's team, page by page: events of the caller's mode, and those of neither.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours, or of a list with other filters
 */
export async function listEvents(
  context: Context,
  { teamId, mode }: Caller,
  { subject, type, order = 'desc', cursor, limit = DEFAULT_LIMIT }: EventsRequest,
): Promise<EventList> {
  const list = ['events', teamId, mode, subject ?? null, type ?? null, order];
  const after = cursor === undefined ? undefined : readCursor(context, list, cursor);
  const filters = {
    teamId,
    mode,
    ...(subject !== undefined && { subject }),
    ...(type !== undefined && { types: typesOf(type) }),
  };
  // One more than asked for tells whether there is a next page.
  const page = { order, limit: limit + 1, ...(after !== undefined && { after }) };
  const found = await eventsPage(context.db, filters, page);
  const events = found.slice(0, limit);
  const last = events.at(-1);
  return {
    events: await describeEvents(context.db, events),
    nextCursor: found.length > limit && last ? sealCursor(context.cursorKey, list, last.id) : null,
  };
}

/**
 * What happened to one number of the caller's team.
 * @throws Refusal `not_found`, or `invalid_request` for a cursor as above
 */
export async function listNumberEvents(
  context: Context,
  caller: Caller,
  idOrNumber: string,
  request: Omit<EventsRequest, 'subject'>,
): Promise<EventList> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  return listEvents(context, caller, { ...request, subject: id });
}

/**
 * Where the page starts.
 * @throws Refusal `invalid_request`
 */
export function readCursor({ cursorKey }: Context, list: readonly unknown[], cursor: string): string {
  const position = openCursor(cursorKey, list, cursor);
  if (position !== null) return position;
  throw invalidRequest([
    {
      path: 'cursor',
      message: 'is not a cursor of this list; use next_cursor of the page before, with the same filters',
    },
  ]);
}
