import { listOpenInvitations, type OpenInvitation } from '../db/invitations.ts';
import type { Caller, Context } from './context.ts';

/** The open invitations of the caller's team, expired ones too, the newest first. */
export async function listInvitations({ db }: Context, { teamId }: Caller): Promise<OpenInvitation[]> {
  return listOpenInvitations(db, teamId);
}
