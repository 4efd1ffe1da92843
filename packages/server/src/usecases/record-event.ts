import type { Db } from '../db/database.ts';
import { type Actor, insertEvents } from '../db/events.ts';
import type { Mode } from '../domain/mode.ts';
import type { Context } from './context.ts';

/** What can happen, as it stands in events. */
export type EventType =
  | 'phone_number.purchase_started'
  | 'phone_number.purchased'
  | 'phone_number.purchase_failed'
  | 'phone_number.updated'
  | 'phone_number.flagged'
  | 'phone_number.assigned'
  | 'phone_number.unassigned'
  | 'phone_number.routing_failed'
  | 'phone_number.release_started'
  | 'phone_number.restored'
  | 'phone_number.released'
  | 'phone_number.lost'
  | 'phone_number.trial_expiring'
  | 'phone_number.trial_expired'
  | 'phone_number.trial_converted'
  | 'phone_number.suspended'
  | 'phone_number.suspension_ending'
  | 'phone_number.reactivated'
  | 'number_order.given_back'
  | 'assistant.created'
  | 'assistant.updated'
  | 'assistant.deleted'
  | 'campaign.created'
  | 'campaign.updated'
  | 'campaign.deleted'
  | 'campaign.started'
  | 'campaign.paused'
  | 'campaign.completed';

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

/** Writes an event in the transaction of the change that it tells of, so that neither exists without the other. */
export async function recordEvent(context: Context, tx: Db, happening: Happening): Promise<void> {
  await recordEvents(context, tx, [happening]);
}

/** The events of a change to many records, in few statements. */
export async function recordEvents(
  context: Context,
  tx: Db,
  happenings: readonly Happening[],
): Promise<void> {
  const createdAt = context.clock.now();
  await insertEvents(
    tx,
    happenings.map(({ actor, before, after, ...happening }) => ({
      ...happening,
      before: before ?? null,
      after: after ?? null,
      id: context.newId('evt'),
      actorType: actor.type,
      actorId: actor.id,
      createdAt,
    })),
  );
}
