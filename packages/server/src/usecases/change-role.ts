import { countOwners, type Member, setRole } from '../db/members.ts';
import { objectionToGivingRole, objectionToRoleChange } from '../domain/members.ts';
import { refuseFor } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import type { Caller, Context } from './context.ts';
import { findOwnMember } from './find-own-member.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { objectionToOwning } from './object-to-owning.ts';
import { recordEvent } from './record-event.ts';

/**
 * Makes a member of the caller's team something else in it.
 * @throws Refusal `not_found`, `forbidden`, `last_owner`, `team_limit_reached`
 */
export async function changeRole(
  context: Context,
  caller: Caller,
  userId: string,
  to: Role,
): Promise<Member> {
  refuseFor(objectionToGivingRole({ scopes: caller.scopes, role: to }));
  return context.db.transaction(async (tx) => {
    const { team, role: actor } = await lockTeamFor(tx, caller, 'team:write');
    const member = await findOwnMember(tx, caller, userId);
    const owners = await countOwners(tx, team.id);
    refuseFor(objectionToRoleChange({ actor, from: member.role, to, owners }));
    if (member.role === to) return member;
    if (to === 'owner') refuseFor(await objectionToOwning(tx, team.plan, userId));
    await setRole(tx, team.id, userId, to);
    await recordEvent(context, tx, {
      teamId: team.id,
      mode: null,
      type: 'member.role_changed',
      subject: userId,
      actor: caller.actor,
      before: { role: member.role },
      after: { role: to },
      data: { email: member.email },
    });
    return { ...member, role: to };
  });
}
