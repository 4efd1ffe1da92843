import { countOwners, findMember } from '../db/members.ts';
import { lockTeam } from '../db/teams.ts';
import { objectionToLeaving } from '../domain/members.ts';
import { Refusal, refuseFor } from '../domain/refusal.ts';
import type { Context, Person } from './context.ts';
import { endMembership } from './end-membership.ts';

/**
 * Takes the person who asks out of a team, whatever they are in it.
 * @throws Refusal `forbidden` where they are not in it, `last_owner`
 */
export async function leaveTeam(context: Context, { userId }: Person, teamId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const member = await findMember(tx, teamId, userId);
    if (!member) throw new Refusal('forbidden', 'You are not in that team. Check the team id.');
    refuseFor(objectionToLeaving({ member: member.role, owners: await countOwners(tx, teamId) }));
    const actor = { type: 'person', id: userId } as const;
    await endMembership(context, tx, { teamId, member, type: 'member.left', actor });
  });
}
