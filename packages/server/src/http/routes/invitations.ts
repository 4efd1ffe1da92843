import { Type } from 'typebox';
import type { OpenInvitation } from '../../db/invitations.ts';
import type { Role } from '../../domain/roles.ts';
import { isoTime } from '../../domain/time.ts';
import { acceptInvitation } from '../../usecases/accept-invitation.ts';
import { inviteMember } from '../../usecases/invite-member.ts';
import { listInvitations } from '../../usecases/list-invitations.ts';
import { revokeInvitation } from '../../usecases/revoke-invitation.ts';
import { callerOfTeam, personOf, tellingOfTries } from '../access.ts';
import {
  Email,
  failures,
  idOf,
  MailToken,
  PersonView,
  RoleName,
  Success,
  strictObject,
  TeamId,
} from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { presentTeam, TeamView, teamParams } from '../team-schemas.ts';

const tags = ['Teams'];

const InvitationView = Type.Object({
  id: Type.String(),
  email: Type.String(),
  role: Type.String({ description: 'owner, admin or member' }),
  invited_by: PersonView,
  expires_at: Type.String(),
  created_at: Type.String(),
});

const list = {
  summary: "List a team's open invitations",
  description: 'Newest first: those that nobody has accepted or taken back, expired ones too.',
  tags,
  params: teamParams,
  response: {
    200: Type.Object({ success: Type.Literal(true), invitations: Type.Array(InvitationView) }),
    ...failures(400, 401, 403),
  },
};

const invite = {
  summary: 'Invite somebody into a team',
  description:
    'They get a mail with a link, good for seven days. An open invitation for the same address ends. Only owners invite owners.',
  tags,
  params: teamParams,
  body: strictObject({ email: Email, role: RoleName }),
  response: {
    201: Type.Object({ success: Type.Literal(true), invitation: InvitationView }),
    ...failures(400, 401, 403, 409),
  },
};

const revoke = {
  summary: 'Take an invitation back',
  tags,
  params: strictObject({ teamId: TeamId, invitationId: idOf('an invitation, like inv_01j…') }),
  response: { 200: Success, ...failures(400, 401, 403, 404) },
};

const accept = {
  summary: 'Accept an invitation',
  description: 'For the person with the e-mail address that was invited.',
  tags,
  body: strictObject({
    token: MailToken,
  }),
  response: {
    200: Type.Object({ success: Type.Literal(true), team: TeamView }),
    ...failures(400, 401, 403, 404, 409),
  },
};

const ALL = '/api/teams/:teamId/invitations';

export function invitationRoutes(app: App, { context }: RouteContext): void {
  app.get(ALL, { schema: list, config: { access: 'team:write' } }, async (request) => {
    const invitations = await listInvitations(context, callerOfTeam(request, request.params.teamId));
    return { success: true as const, invitations: invitations.map(present) };
  });

  app.post(ALL, { schema: invite, config: { access: 'team:write' } }, async (request, reply) => {
    const caller = callerOfTeam(request, request.params.teamId);
    const body = request.body as { email: string; role: Role };
    const made = await tellingOfTries(context, request, () => inviteMember(context, caller, body));
    reply.code(201);
    return { success: true as const, invitation: present(made) };
  });

  app.delete(
    `${ALL}/:invitationId`,
    { schema: revoke, config: { access: 'team:write' } },
    async (request) => {
      const { teamId, invitationId } = request.params;
      await revokeInvitation(context, callerOfTeam(request, teamId), invitationId);
      return { success: true as const };
    },
  );

  app.post('/api/invitations/accept', { schema: accept, config: { access: 'person' } }, async (request) => {
    const team = await acceptInvitation(context, personOf(request), request.body.token);
    return { success: true as const, team: presentTeam(team) };
  });
}

function present({ invitation, invitedBy }: OpenInvitation) {
  return {
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    invited_by: invitedBy,
    expires_at: isoTime(invitation.expiresAt),
    created_at: isoTime(invitation.createdAt),
  };
}
