import { deleteCampaign as remove } from '../db/campaigns.ts';
import { lockTeam } from '../db/teams.ts';
import { Refusal } from '../domain/refusal.ts';
import { aboutCampaign, fieldsOf } from './campaign-state.ts';
import type { Caller, Context } from './context.ts';
import { findOwnCampaign } from './find-own-campaign.ts';
import { recordEvent } from './record-event.ts';

/**
 * Deletes a campaign that does not run. Its numbers stay as they are.
 * @throws Refusal `not_found`, `campaign_running`
 */
export async function deleteCampaign(context: Context, caller: Caller, id: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const campaign = await findOwnCampaign(tx, caller, id);
    if (campaign.status === 'running') {
      throw new Refusal('campaign_running', `"${campaign.name}" is running. Pause it first, then delete it.`);
    }
    const before = { ...(await fieldsOf(tx, campaign)), status: campaign.status };
    await remove(tx, campaign);
    await recordEvent(context, tx, { ...aboutCampaign(caller, campaign), type: 'campaign.deleted', before });
  });
}
