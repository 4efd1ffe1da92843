import type { Db } from '../db/database.ts';
import {
  countOpenInvitations,
  type Invitation,
  insertInvitation,
  type OpenInvitation,
  revokeOpenInvitation,
} from '../db/invitations.ts';
import { findMember } from '../db/members.ts';
import { findMemberByEmail, type Team } from '../db/teams.ts';
import { hashToken } from '../domain/api-token.ts';
import { INVITATION_MS, MAX_OPEN_INVITATIONS, newInvitationToken } from '../domain/invitation.ts';
import { objectionToGivingRole, objectionToInvitation } from '../domain/members.ts';
import { Refusal, refuseFor } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import { isoTime, later } from '../domain/time.ts';
import type { Mail } from '../mail/mail.ts';
import type { Caller, Context } from './context.ts';
import { inBackground } from './in-background.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { recordEvent } from './record-event.ts';
import { recordInvitationRevoked } from './revoke-invitation.ts';

/**
 * Invites an e-mail address into the caller's team, in the place of an open invitation for it. The token goes out by
 * mail alone, once the invitation stands; a mail that fails is logged, and inviting again sends another.
 * @throws Refusal `forbidden`, `already_member`, `invitation_limit_reached`
 */
export async function inviteMember(
  context: Context,
  caller: Caller,
  request: { email: string; role: Role },
): Promise<OpenInvitation> {
  refuseFor(objectionToGivingRole({ scopes: caller.scopes, role: request.role }));
  const email = request.email.toLowerCase();
  const token = newInvitationToken();
  const { team, ...made } = await context.db.transaction(async (tx) => {
    const { team, role: actor } = await lockTeamFor(tx, caller, 'team:write');
    refuseFor(objectionToInvitation({ actor, role: request.role }));
    await checkAddress(context, tx, caller, email);
    const invitation = await writeInvitation(context, tx, caller, { email, role: request.role, token });
    const inviter = caller.userId === null ? undefined : await findMember(tx, team.id, caller.userId);
    const invitedBy = inviter ? { id: inviter.userId, email: inviter.email, name: inviter.name } : null;
    return { team, invitation, invitedBy };
  });
  const mail = invitationMail(context, team, made, token);
  inBackground(context, `the mail of the invitation ${made.invitation.id} was not sent`, () =>
    context.sendMail(mail),
  );
  return made;
}

/** The address is not in the team yet; its open invitation ends, and one more has room. */
async function checkAddress(context: Context, tx: Db, caller: Caller, email: string): Promise<void> {
  if (await findMemberByEmail(tx, caller.teamId, email)) {
    throw new Refusal('already_member', `${email} is in this team already. The list of members has them.`);
  }
  const replaced = await revokeOpenInvitation(tx, caller.teamId, { email }, context.clock.now());
  if (replaced) await recordInvitationRevoked(context, tx, caller, replaced);
  if ((await countOpenInvitations(tx, caller.teamId)) < MAX_OPEN_INVITATIONS) return;
  throw new Refusal(
    'invitation_limit_reached',
    `A team may have ${MAX_OPEN_INVITATIONS} open invitations. Take back those that nobody will accept.`,
  );
}

async function writeInvitation(
  context: Context,
  tx: Db,
  caller: Caller,
  { email, role, token }: { email: string; role: Role; token: string },
): Promise<Invitation> {
  const now = context.clock.now();
  const invitation: Invitation = {
    id: context.newId('inv'),
    teamId: caller.teamId,
    email,
    role,
    tokenHash: hashToken(token),
    invitedBy: caller.userId,
    expiresAt: later(now, INVITATION_MS),
    acceptedAt: null,
    revokedAt: null,
    createdAt: now,
  };
  await insertInvitation(tx, invitation);
  await recordEvent(context, tx, {
    teamId: caller.teamId,
    mode: null,
    type: 'invitation.created',
    subject: invitation.id,
    actor: caller.actor,
    after: { email, role, expires_at: isoTime(invitation.expiresAt) },
    data: {},
  });
  return invitation;
}

/** Of what people typed only the team's name stands in it: a mail is no way to write to strangers. */
function invitationMail(
  { settings: { publicUrl } }: Context,
  team: Team,
  { invitation, invitedBy }: OpenInvitation,
  token: string,
): Mail {
  const teamName = `"${onOneLine(team.name)}"`;
  return {
    to: invitation.email,
    subject: 'Invitation to a team',
    text: [
      `${invitedBy ? `${invitedBy.email} invites you` : 'You are invited'} to the team ${teamName} at Talkturo Numbers, as ${invitation.role}.`,
      `Sign in, or sign up, with this e-mail address. To accept, open this link until ${isoTime(invitation.expiresAt)}:\n\n${publicUrl}/invitations/accept?token=${token}`,
      `Or send {"token":"${token}"} to\n\nPOST ${publicUrl}/api/invitations/accept`,
      'If you did not expect this mail, do nothing.',
    ].join('\n\n'),
  };
}

/** No line of the mail begins in the middle of a name. */
function onOneLine(name: string): string {
  return name.replace(/[\s\p{C}]+/gu, ' ').trim();
}
