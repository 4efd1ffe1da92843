import type { Db } from '../db/database.ts';
import { type Actor, insertEvent } from '../db/events.ts';
import type { Mode } from '../domain/mode.ts';
import type { Context } from './context.ts';

/** What can happen, as it stands in events. */
export type EventType =
  | 'phone_number.purchase_started'
  | 'phone_number.purchased'
  | 'phone_number.purchase_failed'
  | 'phone_number.updated'
  | 'phone_number.flagged'
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
  | 'number_order.given_back';

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
export async function recordEvent(
  context: Context,
  tx: Db,
  { actor, before, after, ...happening }: Happening,
): Promise<void> {
  await insertEvent(tx, {
    ...happening,
    before: before ?? null,
    after: after ?? null,
    id: context.newId('evt'),
    actorType: actor.type,
    actorId: actor.id,
    createdAt: context.clock.now(),
  });
}
