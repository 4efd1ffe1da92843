import { Type } from 'typebox';
import type { Member } from '../../db/members.ts';
import type { Role } from '../../domain/roles.ts';
import { isoTime } from '../../domain/time.ts';
import { changeRole } from '../../usecases/change-role.ts';
import { listMembers } from '../../usecases/list-members.ts';
import { removeMember } from '../../usecases/remove-member.ts';
import { callerOfTeam, tellingOfTries } from '../access.ts';
import { failures, idOf, RoleName, Success, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { teamParams } from '../team-schemas.ts';

const tags = ['Teams'];

const params = strictObject({ teamId: TeamId, userId: idOf('a person, like usr_01j…') });

const MemberView = Type.Object({
  user_id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: Type.String({ description: 'owner, admin or member' }),
  joined_at: Type.String(),
});

const list = {
  summary: "List a team's members",
  description: 'The first joined first.',
  tags,
  params: teamParams,
  response: {
    200: Type.Object({ success: Type.Literal(true), members: Type.Array(MemberView) }),
    ...failures(400, 401, 403),
  },
};

const change = {
  summary: "Change a member's role",
  description: 'Only owners make owners or change them.',
  tags,
  params,
  body: strictObject({ role: RoleName }),
  response: {
    200: Type.Object({ success: Type.Literal(true), member: MemberView }),
    ...failures(400, 401, 403, 404, 409),
  },
};

const remove = {
  summary: 'Remove a member',
  description: 'Their API keys of this team stop. Only owners remove owners, and the last one stays.',
  tags,
  params,
  response: { 200: Success, ...failures(400, 401, 403, 404, 409) },
};

const ONE = '/api/teams/:teamId/members/:userId';

export function memberRoutes(app: App, { context }: RouteContext): void {
  app.get(
    '/api/teams/:teamId/members',
    { schema: list, config: { access: 'team:read' } },
    async (request) => {
      const members = await listMembers(context, callerOfTeam(request, request.params.teamId));
      return { success: true as const, members: members.map(present) };
    },
  );

  app.patch(ONE, { schema: change, config: { access: 'team:write' } }, async (request) => {
    const { teamId, userId } = request.params;
    const role = request.body.role as Role;
    const caller = callerOfTeam(request, teamId);
    const member = await tellingOfTries(context, request, () => changeRole(context, caller, userId, role));
    return { success: true as const, member: present(member) };
  });

  app.delete(ONE, { schema: remove, config: { access: 'team:write' } }, async (request) => {
    const { teamId, userId } = request.params;
    const caller = callerOfTeam(request, teamId);
    await tellingOfTries(context, request, () => removeMember(context, caller, userId));
    return { success: true as const };
  });
}

function present({ userId, email, name, role, joinedAt }: Member) {
  return { user_id: userId, email, name, role, joined_at: isoTime(joinedAt) };
}
