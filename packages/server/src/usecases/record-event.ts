import type { Db } from '../db/database.ts';
import { type Actor, insertEvent } from '../db/events.ts';
import type { Mode } from '../domain/mode.ts';
import type { Context } from './context.ts';

export interface Happening {
  teamId: string;
  mode: Mode;
  type:
    | 'phone_number.purchase_started'
    | 'phone_number.purchased'
    | 'phone_number.purchase_failed'
    | 'phone_number.trial_converted';
  /** The id of the record that it happened to. */
  subject: string;
  actor: Actor;
  data: Record<string, unknown>;
}

/** Writes an event in the transaction of the change that it tells of, so that neither exists without the other. */
export async function recordEvent(
  context: Context,
  tx: Db,
  { actor, ...happening }: Happening,
): Promise<void> {
  await insertEvent(tx, {
    ...happening,
    id: context.newId('evt'),
    actorType: actor.type,
    actorId: actor.id,
    createdAt: context.clock.now(),
  });
}
