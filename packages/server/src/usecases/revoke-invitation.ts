import type { Db } from '../db/database.ts';
import { type Invitation, revokeOpenInvitation } from '../db/invitations.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { recordEvent } from './record-event.ts';

/**
 * Takes an invitation back that nobody has accepted.
 * @throws Refusal `not_found`, `forbidden`
 */
export async function revokeInvitation(
  context: Context,
  caller: Caller,
  invitationId: string,
): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeamFor(tx, caller, 'team:write');
    const revoked = await revokeOpenInvitation(tx, caller.teamId, { id: invitationId }, context.clock.now());
    if (!revoked) {
      throw new Refusal(
        'not_found',
        `Your team has no open invitation ${invitationId}. The list of invitations shows which are open.`,
      );
    }
    await recordInvitationRevoked(context, tx, caller, revoked);
  });
}

/** The event of an invitation that was taken back, or replaced. */
export async function recordInvitationRevoked(
  context: Context,
  tx: Db,
  caller: Caller,
  { id, teamId, email, role }: Invitation,
): Promise<void> {
  await recordEvent(context, tx, {
    teamId,
    mode: null,
    type: 'invitation.revoked',
    subject: id,
    actor: caller.actor,
    before: { email, role },
    data: {},
  });
}
