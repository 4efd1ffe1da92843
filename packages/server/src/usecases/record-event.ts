import type { Db } from '../db/database.ts';
import { type Actor, type Event, insertEvents } from '../db/events.ts';
import { insertDeliveries } from '../db/webhook-deliveries.ts';
import type { EventType } from '../domain/event-types.ts';
import type { Mode } from '../domain/mode.ts';
import { newDelivery, wantsEvent } from '../domain/webhook-delivery.ts';
import type { Context } from './context.ts';

export interface Happening {
  teamId: string;
  /** Null for what belongs to neither mode. */
  mode: Mode | null;
  type: EventType;
  /** The id of the record that it happened to. */
  subject: string;
  actor: Actor;
  /** The fields that changed, as they were and as they are. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  data: Record<string, unknown>;
}

/** The event of a change to one record; see recordEvents. */
export async function recordEvent(context: Context, tx: Db, happening: Happening): Promise<void> {
  await recordEvents(context, tx, [happening]);
}

/**
 * Writes events in the transaction of the change that they tell of, so that neither exists without the other; and with
 * them their deliveries to the teams' webhooks and their jobs, so that no event is left untold. However many there are,
 * it takes few statements.
 */
export async function recordEvents(
  context: Context,
  tx: Db,
  happenings: readonly Happening[],
): Promise<void> {
  const events = eventsOf(context, happenings);
  const endpoints = await insertEvents(tx, events);
  const deliveries = events.flatMap((event) =>
    endpoints
      .filter((endpoint) => wantsEvent(endpoint, event))
      .map((endpoint) => newDelivery(context.newId('dlv'), endpoint, event)),
  );
  await insertDeliveries(tx, deliveries);
  await context.queue.enqueueAll(
    tx,
    'deliver-webhook',
    deliveries.map(({ id, teamId }) => ({ deliveryId: id, teamId })),
  );
}

/** Writes an event alone, for one that has its own ways of being told. */
export async function writeEvent(context: Context, tx: Db, happening: Happening): Promise<Event> {
  const [event] = eventsOf(context, [happening]);
  if (!event) throw new Error('an event that is written cannot be missing');
  await insertEvents(tx, [event]);
  return event;
}

function eventsOf(context: Context, happenings: readonly Happening[]): Event[] {
  const createdAt = context.clock.now();
  return happenings.map(({ actor, before, after, ...happening }) => ({
    ...happening,
    before: before ?? null,
    after: after ?? null,
    id: context.newId('evt'),
    actorType: actor.type,
    actorId: actor.id,
    createdAt,
  }));
}
