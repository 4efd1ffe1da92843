import { type Campaign, insertCampaign } from '../db/campaigns.ts';
import { lockTeam } from '../db/teams.ts';
import {
  aboutCampaign,
  type CampaignFields,
  checkAssistant,
  checkComplete,
  fieldsOf,
  recordStatus,
  setFromNumbers,
} from './campaign-state.ts';
import type { Caller, Context } from './context.ts';
import { type CampaignDetails, getCampaign } from './get-campaign.ts';
import { recordEvent } from './record-event.ts';

export type NewCampaign = Partial<Omit<CampaignFields, 'status'>> & {
  name: string;
  /** A draft, unless it is to start at once. */
  status?: 'draft' | 'running';
};

/**
 * Makes a campaign for the caller's team in the caller's mode. A draft may lack anything but its name.
 * @throws Refusal `not_found`, `invalid_request`, `not_assignable`, `campaign_incomplete`
 */
export async function createCampaign(
  context: Context,
  caller: Caller,
  { fromNumbers = [], ...fields }: NewCampaign,
): Promise<CampaignDetails> {
  const now = context.clock.now();
  const campaign: Campaign = {
    assistantId: null,
    dailyCapPerNumber: null,
    status: 'draft',
    ...fields,
    id: context.newId('camp'),
    teamId: caller.teamId,
    mode: caller.mode,
    createdBy: caller.userId,
    createdAt: now,
    updatedAt: now,
  };
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    if (campaign.assistantId !== null) await checkAssistant(tx, caller, campaign.assistantId);
    await insertCampaign(tx, campaign);
    await setFromNumbers(tx, caller, campaign.id, fromNumbers);
    await checkComplete(tx, campaign);

    const about = aboutCampaign(caller, campaign);
    const after = { ...(await fieldsOf(tx, campaign)), status: 'draft' };
    await recordEvent(context, tx, { ...about, type: 'campaign.created', after });
    await recordStatus(context, tx, caller, { ...campaign, status: 'draft' }, campaign);
  });
  return getCampaign(context, caller, campaign.id);
}
