import { randomSecret } from './api-token.ts';
import type { Objection } from './refusal.ts';
import { DAY_MS } from './time.ts';

/** How long an invitation can be accepted, ms. */
export const INVITATION_MS = 7 * DAY_MS;

/** How many open invitations a team may have: each has sent a mail to somebody who did not ask for it. */
export const MAX_OPEN_INVITATIONS = 100;

/** A new token, for the mail alone; only its hash is kept. */
export function newInvitationToken(): string {
  return `invite_${randomSecret()}`;
}

/** A person takes up an invitation. Whom it was for comes first: nobody else learns what became of it. */
export function objectionToAcceptance(
  invitation: { email: string; acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  person: { email: string; isMember: boolean },
  now: Date,
): Objection | null {
  if (invitation.email !== person.email.toLowerCase()) {
    return {
      code: 'invitation_for_another',
      sentence:
        'This invitation is for another e-mail address. Sign in with the address that it was sent to.',
    };
  }
  if (invitation.acceptedAt) {
    return {
      code: 'invitation_used',
      sentence: 'This invitation was accepted before. Ask the team for a new one.',
    };
  }
  if (invitation.revokedAt || invitation.expiresAt <= now) {
    return {
      code: 'invitation_expired',
      sentence: 'This invitation has expired, or was taken back or replaced. Ask the team for a new one.',
    };
  }
  if (person.isMember) {
    return { code: 'already_member', sentence: 'You are in this team already. There is nothing to accept.' };
  }
  return null;
}
