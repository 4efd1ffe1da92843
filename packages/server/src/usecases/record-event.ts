import type { Db } from '../db/database.ts';
import { type Actor, type Event, insertEvent } from '../db/events.ts';
import { insertDeliveries } from '../db/webhook-deliveries.ts';
import { type EventType, filtersFor } from '../domain/event-types.ts';
import { MODES, type Mode } from '../domain/mode.ts';
import { MAX_ENDPOINTS } from '../domain/webhook-delivery.ts';
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

/**
 * Writes an event in the transaction of the change that it tells of, so that neither exists without the other; and with
 * it its deliveries to the team's webhooks and their jobs, so that no event is left untold.
 */
export async function recordEvent(context: Context, tx: Db, happening: Happening): Promise<void> {
  const event = await writeEvent(context, tx, happening);
  const count = MAX_ENDPOINTS * (event.mode === null ? MODES.length : 1);
  const ids = Array.from({ length: count }, () => context.newId('dlv'));
  for (const deliveryId of await insertDeliveries(tx, event, filtersFor(happening.type), ids))
    await context.queue.enqueue(tx, 'deliver-webhook', { deliveryId });
}

/** Writes an event alone, for one that has its own ways of being told. */
export async function writeEvent(
  context: Context,
  tx: Db,
  { actor, before, after, ...happening }: Happening,
): Promise<Event> {
  const event: Event = {
    ...happening,
    before: before ?? null,
    after: after ?? null,
    id: context.newId('evt'),
    actorType: actor.type,
    actorId: actor.id,
    createdAt: context.clock.now(),
  };
  await insertEvent(tx, event);
  return event;
}
