import {
  type CampaignFilters,
  countCampaigns,
  type ListedCampaign,
  listCampaigns as list,
} from '../db/campaigns.ts';
import type { Caller, Context } from './context.ts';
import { type Page, type PageRequest, pageById } from './page-by-id.ts';

/**
 * The campaigns of the caller's team in the caller's mode, newest first, with all that there are.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function listCampaigns(
  { db }: Context,
  caller: Caller,
  { phoneNumberId, ...request }: PageRequest & CampaignFilters,
): Promise<Page<ListedCampaign> & { count: number }> {
  const filters = phoneNumberId === undefined ? {} : { phoneNumberId };
  const page = await pageById('camp', request, (part) => list(db, caller, filters, part));
  return { ...page, count: page.page ? await countCampaigns(db, caller, filters) : page.rows.length };
}
