import { updateCampaign as update } from '../db/campaigns.ts';
import { lockTeam } from '../db/teams.ts';
import {
  aboutCampaign,
  type CampaignFields,
  checkAssistant,
  checkComplete,
  checkTransition,
  fieldsOf,
  recordStatus,
  refuseFinal,
  setFromNumbers,
} from './campaign-state.ts';
import { changedFields } from './changed-fields.ts';
import type { Caller, Context } from './context.ts';
import { findOwnCampaign } from './find-own-campaign.ts';
import { type CampaignDetails, getCampaign } from './get-campaign.ts';
import { recordEvent } from './record-event.ts';

/**
 * Changes a campaign, starts it, pauses it, or completes it. Its numbers are replaced as a whole.
 * @throws Refusal `not_found`, `invalid_request`, `not_assignable`, `campaign_state`, `campaign_incomplete`
 */
export async function updateCampaign(
  context: Context,
  caller: Caller,
  id: string,
  { fromNumbers, ...change }: Partial<CampaignFields>,
): Promise<CampaignDetails> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const before = await findOwnCampaign(tx, caller, id);
    const after = { ...before, ...change, updatedAt: context.clock.now() };
    checkTransition(before, after.status);
    const fieldsBefore = await fieldsOf(tx, before);
    if (after.assistantId !== null && after.assistantId !== before.assistantId)
      await checkAssistant(tx, caller, after.assistantId);
    if (fromNumbers) await setFromNumbers(tx, caller, id, fromNumbers);

    const changed = changedFields(fieldsBefore, await fieldsOf(tx, after));
    if (!changed && after.status === before.status) return;
    if (changed) refuseFinal(before);
    const isAboutWhatItNeeds = fromNumbers !== undefined || change.assistantId !== undefined;
    if (isAboutWhatItNeeds || after.status !== before.status) await checkComplete(tx, after);
    await update(tx, before, { ...change, updatedAt: after.updatedAt });
    if (changed) {
      const about = aboutCampaign(caller, after);
      await recordEvent(context, tx, { ...about, type: 'campaign.updated', ...changed });
    }
    await recordStatus(context, tx, caller, before, after);
  });
  return getCampaign(context, caller, id);
}
