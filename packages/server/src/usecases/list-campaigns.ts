import { countCampaigns, type ListedCampaign, listCampaigns as list } from '../db/campaigns.ts';
import type { Caller, Context } from './context.ts';
import { type Page, type PageRequest, pageById } from './page-by-id.ts';

/**
 * The campaigns of the caller's team in the caller's mode, newest first, with all that there are; or those that call
 * from one number, by its id.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function listCampaigns(
  { db }: Context,
  { teamId, mode }: Caller,
  { phoneNumberId, ...request }: PageRequest & { phoneNumberId?: string },
): Promise<Page<ListedCampaign> & { count: number }> {
  const filters = { teamId, mode, phoneNumberId };
  const page = await pageById('camp', request, (part) => list(db, filters, part));
  return { ...page, count: page.page ? await countCampaigns(db, filters) : page.rows.length };
}
