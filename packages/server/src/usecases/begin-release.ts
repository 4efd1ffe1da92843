import type { Db } from '../db/database.ts';
import type { Actor } from '../db/events.ts';
import { changeStatus, type PhoneNumber } from '../db/phone-numbers.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from './context.ts';
import { leaveWork } from './leave-work.ts';
import { recordEvent } from './record-event.ts';

export interface Release {
  /** When the number goes back to the carrier; until then it can be restored. */
  releaseAt: Date;
  reason: 'requested' | 'trial_expired' | 'suspension_ended';
  actor: Actor;
}

/**
 * Takes a number out of service, and leaves the job that will give it back: part of the caller's transaction,
 * which holds the lock on the number's team. Routing and assignment stop here, the slot is free.
 */
export async function beginRelease(
  context: Context,
  tx: Db,
  number: PhoneNumber,
  { releaseAt, reason, actor }: Release,
): Promise<PhoneNumber> {
  const now = context.clock.now();
  const releasing = await changeStatus(tx, number, 'releasing', {
    assistantId: null,
    // Nothing more is wanted of the carrier than to take it back.
    routingStatus: 'in_sync',
    routingAttempts: 0,
    routingNextAt: null,
    releaseAt,
    givingBackAt: null,
    giveBackAttempts: 0,
    suspendedAt: null,
    suspensionEndsAt: null,
    updatedAt: now,
  });
  if (!releasing) throw new Error(`number ${number.id} changed under the lock of its team`);
  const campaignIds = await leaveWork(context, tx, number, actor);
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.release_started',
    subject: number.id,
    actor,
    before: { status: number.status, assistant_id: number.assistantId, release_at: null },
    after: { status: releasing.status, assistant_id: null, release_at: isoTime(releaseAt) },
    data: {
      phone_number: number.phoneNumber,
      reason,
      release_at: isoTime(releaseAt),
      assistant_id: number.assistantId,
      campaign_ids: campaignIds,
    },
  });
  await context.queue.enqueue(tx, 'give-number-back', { phoneNumberId: number.id }, releaseAt);
  return releasing;
}
