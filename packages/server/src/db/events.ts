import { and, asc, desc, eq, gt, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { EventType } from '../domain/event-types.ts';
import type { Mode } from '../domain/mode.ts';
import { batchesOf } from './batches.ts';
import { builtOnce } from './built-once.ts';
import type { Db } from './database.ts';
import { events, webhookEndpoints } from './schema.ts';
import type { WebhookEndpoint } from './webhook-endpoints.ts';

export type Event = typeof events.$inferSelect;

/** Who made something happen: an API key, a signed-in person, the operator, this service itself, or the carrier. */
export type Actor =
  | { type: 'key' | 'person'; id: string }
  | { type: 'operator' | 'system' | 'carrier'; id: null };

export const OPERATOR: Actor = { type: 'operator', id: null };
export const SYSTEM: Actor = { type: 'system', id: null };
export const CARRIER: Actor = { type: 'carrier', id: null };

/** An endpoint that may want to be told of an event. */
export type Listening = Pick<WebhookEndpoint, 'id' | 'teamId' | 'mode' | 'types'>;

const insertEvent = builtOnce('insert_event', (tx, event: Event) =>
  lockListening(tx.with(tx.$with('written').as(insertInto(tx, [event]))), event.teamId),
);

const lockTeamsListening = builtOnce('lock_listening', (tx, { teamIds }: { teamIds: readonly string[] }) =>
  lockListening(tx, sql`any(${teamIds})`),
);

const insertInto = (tx: Db, rows: Event[]) => tx.insert(events).values(rows).returning({ id: events.id });

const lockListening = (on: Pick<Db, 'select'>, teamId: string | SQL) =>
  on
    .select({
      id: webhookEndpoints.id,
      teamId: webhookEndpoints.teamId,
      mode: webhookEndpoints.mode,
      types: webhookEndpoints.types,
    })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.teamId, teamId), eq(webhookEndpoints.enabled, true)))
    .orderBy(asc(webhookEndpoints.id))
    .for('key share');

/**
 * Writes what happened, in the transaction in which it happens.
 * @returns the endpoints of the events' teams that are switched on, in both modes, locked against being deleted until
 *   the transaction ends: one that another transaction deletes is passed over, where the foreign key of a delivery to
 *   it would fail this transaction and the change that the event tells of
 */
export async function insertEvents(tx: Db, rows: readonly Event[]): Promise<Listening[]> {
  const [only, ...others] = rows;
  if (only && others.length === 0) return insertEvent(tx, only);
  for (const batch of batchesOf(rows)) await tx.insert(events).values(batch);
  return lockTeamsListening(tx, { teamIds: [...new Set(rows.map(({ teamId }) => teamId))] });
}

/** Whether this has ever happened to the record. */
export async function hasHappened(
  db: Db,
  { teamId, id }: { teamId: string; id: string },
  type: EventType,
): Promise<boolean> {
  const found = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.teamId, teamId), eq(events.subject, id), eq(events.type, type)))
    .limit(1);
  return found.length > 0;
}

export async function getEvent(db: Db, id: string): Promise<Event> {
  const [event] = await db.select().from(events).where(eq(events.id, id));
  if (!event) throw new Error(`there is no event ${id}`);
  return event;
}

export interface EventFilters {
  teamId: string;
  mode: Mode;
  subject?: string;
  /** Any of them. */
  types?: readonly string[];
}

export interface EventPage {
  order: 'asc' | 'desc';
  /** The id of the last event on the page before. */
  after?: string;
  limit: number;
}

/**
 * The query for one page of a team's events in a mode, those of neither mode among them. It reads an index from where
 * the page starts and stops where it ends, however many events there are; several types are as many such readings, of
 * a page each at most.
 */
export function eventsPage(db: Db, { types, ...filters }: EventFilters, page: EventPage) {
  const [first, second, ...others] = (types ?? [undefined]).map((type) =>
    db
      .select()
      .from(events)
      .where(and(...conditions(filters, type, page)))
      .orderBy(inOrder(events.id, page))
      .limit(page.limit),
  );
  if (!first) throw new Error('no types to look for');
  if (!second) return first;
  const merged = unionAll(first, second, ...others).as('merged');
  return db.select().from(merged).orderBy(inOrder(merged.id, page)).limit(page.limit);
}

function conditions(
  { teamId, mode, subject }: Omit<EventFilters, 'types'>,
  type: string | undefined,
  { order, after }: EventPage,
): (SQL | undefined)[] {
  return [
    eq(events.teamId, teamId),
    VISIBLE[mode],
    subject === undefined ? undefined : eq(events.subject, subject),
    type === undefined ? undefined : eq(events.type, type),
    after === undefined ? undefined : (order === 'asc' ? gt : lt)(events.id, sql`${after} collate "C"`),
  ];
}

/** In the collation of the indexes. */
function inOrder(id: SQLWrapper, { order }: EventPage): SQL {
  return (order === 'asc' ? asc : desc)(sql`${id} collate "C"`);
}

/** To the letter as in the conditions of the indexes, so that the planner knows them again. */
const VISIBLE: Record<Mode, SQL> = {
  live: sql`${events.mode} is distinct from 'test'`,
  test: sql`${events.mode} is distinct from 'live'`,
};
