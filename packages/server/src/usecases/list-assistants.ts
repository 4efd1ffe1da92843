import { countAssistants, type ListedAssistant, listAssistants as list } from '../db/assistants.ts';
import type { Caller, Context } from './context.ts';
import { type Page, type PageRequest, pageById } from './page-by-id.ts';

/**
 * The assistants of the caller's team, newest first, with all that there are.
 * @throws Refusal `invalid_request` for a cursor that is not one of ours
 */
export async function listAssistants(
  { db }: Context,
  caller: Caller,
  request: PageRequest,
): Promise<Page<ListedAssistant> & { count: number }> {
  const page = await pageById('asst', request, (part) => list(db, caller, part));
  return { ...page, count: page.page ? await countAssistants(db, caller.teamId) : page.rows.length };
}
