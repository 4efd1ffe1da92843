import { leaveCampaigns } from '../db/campaigns.ts';
import type { Db } from '../db/database.ts';
import type { Actor } from '../db/events.ts';
import type { PhoneNumber } from '../db/phone-numbers.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/**
 * Takes a number that goes out of the campaigns that call with it, and tells that it has lost its assistant: part of
 * the caller's transaction, which takes the assistant off the record.
 * @param number as it was before
 * @returns the ids of the campaigns
 */
export async function leaveWork(
  context: Context,
  tx: Db,
  number: PhoneNumber,
  actor: Actor,
): Promise<string[]> {
  if (number.assistantId !== null) {
    await recordEvent(context, tx, {
      teamId: number.teamId,
      mode: number.mode,
      type: 'phone_number.unassigned',
      subject: number.id,
      actor,
      before: { assistant_id: number.assistantId },
      after: { assistant_id: null },
      data: { phone_number: number.phoneNumber },
    });
  }
  return leaveCampaigns(tx, number.id);
}
