import type { Db } from '../db/database.ts';
import { findInvitationByToken, type Invitation, markAccepted } from '../db/invitations.ts';
import { findMember } from '../db/members.ts';
import { addMember, lockTeam, type Team, type TeamWithRole } from '../db/teams.ts';
import { hashToken } from '../domain/api-token.ts';
import { objectionToAcceptance } from '../domain/invitation.ts';
import { type Objection, Refusal, refuseFor } from '../domain/refusal.ts';
import type { Context, Person } from './context.ts';
import { objectionToOwning } from './object-to-owning.ts';
import { recordEvent } from './record-event.ts';

/**
 * Makes the person who asks a member of the team that invited them. A refusal leaves an event with the team.
 * @throws Refusal `not_found`, `invitation_for_another`, `invitation_used`, `invitation_expired`, `already_member`,
 *   `team_limit_reached`
 */
export async function acceptInvitation(
  context: Context,
  person: Person,
  token: string,
): Promise<TeamWithRole> {
  const tokenHash = hashToken(token);
  const found = await findInvitationByToken(context.db, tokenHash);
  const { objection, team, role } = await context.db.transaction(async (tx) => {
    const team = found && (await lockTeam(tx, found.teamId));
    // What the lock was waited for may have changed it.
    const invitation = await findInvitationByToken(tx, tokenHash);
    if (!team || !invitation) {
      throw new Refusal('not_found', 'There is no such invitation. Check that the whole token was copied.');
    }
    const objection = await objectionOf(context, tx, { invitation, team, person });
    if (objection) await recordRefusal(context, tx, invitation, person, objection);
    else await join(context, tx, invitation, person);
    return { objection, team, role: invitation.role };
  });
  // After the commit, which keeps the event.
  refuseFor(objection);
  return { team, role };
}

async function objectionOf(
  context: Context,
  tx: Db,
  { invitation, team, person }: { invitation: Invitation; team: Team; person: Person },
): Promise<Objection | null> {
  const isMember = (await findMember(tx, team.id, person.userId)) !== undefined;
  const objection = objectionToAcceptance(invitation, { email: person.email, isMember }, context.clock.now());
  if (objection || invitation.role !== 'owner') return objection;
  return objectionToOwning(tx, team.plan, person.userId);
}

async function join(
  context: Context,
  tx: Db,
  { id, teamId, email, role }: Invitation,
  { userId }: Person,
): Promise<void> {
  const now = context.clock.now();
  await markAccepted(tx, id, now);
  await addMember(tx, { teamId, userId, role, createdAt: now });
  await recordEvent(context, tx, {
    teamId,
    mode: null,
    type: 'member.added',
    subject: userId,
    actor: { type: 'person', id: userId },
    after: { role },
    data: { email, invitation_id: id },
  });
}

async function recordRefusal(
  context: Context,
  tx: Db,
  { id, teamId, email }: Invitation,
  { userId }: Person,
  { code }: Objection,
): Promise<void> {
  await recordEvent(context, tx, {
    teamId,
    mode: null,
    type: 'invitation.refused',
    subject: id,
    actor: { type: 'person', id: userId },
    data: { email, reason: code },
  });
}
