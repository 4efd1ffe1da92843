import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Db } from './database.ts';
import { teamInvitations, users } from './schema.ts';

export type Invitation = typeof teamInvitations.$inferSelect;

/** An invitation as its team sees it. */
export interface OpenInvitation {
  invitation: Invitation;
  /** Null where a key invited that acts in nobody's name. */
  invitedBy: { id: string; email: string; name: string } | null;
}

export async function insertInvitation(tx: Db, invitation: Invitation): Promise<void> {
  await tx.insert(teamInvitations).values(invitation);
}

/** The invitations that nobody has accepted or taken back, expired ones too, the newest first. */
export async function listOpenInvitations(db: Db, teamId: string): Promise<OpenInvitation[]> {
  return db
    .select({
      invitation: teamInvitations,
      invitedBy: { id: users.id, email: users.email, name: users.name },
    })
    .from(teamInvitations)
    .leftJoin(users, eq(users.id, teamInvitations.invitedBy))
    .where(and(eq(teamInvitations.teamId, teamId), isOpen))
    .orderBy(desc(teamInvitations.createdAt), desc(teamInvitations.id));
}

export async function countOpenInvitations(db: Db, teamId: string): Promise<number> {
  return db.$count(teamInvitations, and(eq(teamInvitations.teamId, teamId), isOpen));
}

export async function findInvitationByToken(db: Db, tokenHash: string): Promise<Invitation | undefined> {
  const [found] = await db.select().from(teamInvitations).where(eq(teamInvitations.tokenHash, tokenHash));
  return found;
}

/** Takes back the team's open invitation with this id, or for this address (lower case), where there is one. */
export async function revokeOpenInvitation(
  tx: Db,
  teamId: string,
  which: { id: string } | { email: string },
  now: Date,
): Promise<Invitation | undefined> {
  const one = 'id' in which ? eq(teamInvitations.id, which.id) : eq(teamInvitations.email, which.email);
  const [revoked] = await tx
    .update(teamInvitations)
    .set({ revokedAt: now })
    .where(and(eq(teamInvitations.teamId, teamId), one, isOpen))
    .returning();
  return revoked;
}

export async function markAccepted(tx: Db, id: string, now: Date): Promise<void> {
  await tx.update(teamInvitations).set({ acceptedAt: now }).where(eq(teamInvitations.id, id));
}

const isOpen = and(isNull(teamInvitations.acceptedAt), isNull(teamInvitations.revokedAt));
