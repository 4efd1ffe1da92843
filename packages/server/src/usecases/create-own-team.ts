import type { TeamWithRole } from '../db/teams.ts';
import { refuseFor } from '../domain/refusal.ts';
import type { Context, Person } from './context.ts';
import { insertTeamOf } from './create-team.ts';
import { objectionToOwning } from './object-to-owning.ts';

/**
 * Makes a team on the Free plan, whose owner is the person who asks.
 * @throws Refusal `team_limit_reached` where they own as many of those as one person may
 */
export async function createOwnTeam(
  context: Context,
  { userId }: Person,
  { name }: { name: string },
): Promise<TeamWithRole> {
  return context.db.transaction(async (tx) => {
    refuseFor(await objectionToOwning(tx, 'free', userId));
    const actor = { type: 'person', id: userId } as const;
    const team = await insertTeamOf(context, tx, { name, plan: 'free' }, userId, actor);
    return { team, role: 'owner' };
  });
}
