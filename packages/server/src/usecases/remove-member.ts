import { countOwners } from '../db/members.ts';
import { objectionToRemoval } from '../domain/members.ts';
import { refuseFor } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { endMembership } from './end-membership.ts';
import { findOwnMember } from './find-own-member.ts';
import { lockTeamFor } from './lock-team-for.ts';

/**
 * Takes a member out of the caller's team. Who removes themselves leaves.
 * @throws Refusal `not_found`, `forbidden`, `last_owner`
 */
export async function removeMember(context: Context, caller: Caller, userId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const { team, role: actor } = await lockTeamFor(tx, caller, 'team:write');
    const member = await findOwnMember(tx, caller, userId);
    const owners = await countOwners(tx, team.id);
    refuseFor(objectionToRemoval({ actor, member: member.role, owners }));
    const type = caller.actor.id === userId ? 'member.left' : 'member.removed';
    await endMembership(context, tx, { teamId: team.id, member, type, actor: caller.actor });
  });
}
