import {
  type CampaignNumber,
  findCampaignNumbers,
  findListedCampaign,
  type ListedCampaign,
} from '../db/campaigns.ts';
import type { Caller, Context } from './context.ts';
import { noSuchCampaign } from './find-own-campaign.ts';

export type CampaignDetails = ListedCampaign & { from_numbers: CampaignNumber[] };

/**
 * One campaign of the caller's team and mode, with its numbers.
 * @throws Refusal `not_found`
 */
export async function getCampaign({ db }: Context, caller: Caller, id: string): Promise<CampaignDetails> {
  const campaign = await findListedCampaign(db, caller, id);
  if (!campaign) throw noSuchCampaign(caller, id);
  return { ...campaign, from_numbers: await findCampaignNumbers(db, id) };
}
