import { type ListedTeam, listAllTeams as list } from '../db/listed-teams.ts';
import { type Page, pageOf } from '../domain/page.ts';
import type { Context } from './context.ts';

/** One page of all teams, for the operator, the newest first. */
export async function listAllTeams(
  { db }: Context,
  { limit, cursor, search }: { limit: number; cursor?: string; search?: string },
): Promise<Page<ListedTeam>> {
  const narrowing = {
    ...(cursor !== undefined && { after: cursor }),
    ...(search !== undefined && { search }),
  };
  const rows = await list(db, { limit: limit + 1, ...narrowing });
  return pageOf(rows, limit, ({ team }) => team.id);
}
