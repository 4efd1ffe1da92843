import { type Campaign, findCampaign } from '../db/campaigns.ts';
import type { Db } from '../db/database.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * The campaign of the caller's team and mode.
 * @throws Refusal `not_found`, the same for campaigns that do not exist and campaigns of others
 */
export async function findOwnCampaign(db: Db, caller: Caller, id: string): Promise<Campaign> {
  const campaign = await findCampaign(db, caller, id);
  if (campaign) return campaign;
  throw noSuchCampaign(caller, id);
}

export function noSuchCampaign({ mode }: Caller, id: string): Refusal {
  return new Refusal(
    'not_found',
    `Your team has no campaign ${id.slice(0, 40)} in ${mode} mode. The list of campaigns shows what it has.`,
  );
}
