import { and, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Role } from '../domain/roles.ts';
import type { Db } from './database.ts';
import { apiKeys, teamMembers } from './schema.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(tx: Db, key: ApiKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** A key that works, and what the person in whose name it acts is in the team; null where it acts in nobody's. */
export interface WorkingKey {
  key: ApiKey;
  role: Role | null;
}

/**
 * The look-up behind every request: the key with this hash that works at that time. It asks the database each
 * time, so a revoked key stops at once on every server, and so does one whose creator has left the team.
 */
export function prepareFindWorkingKey(
  db: Db,
): (tokenHash: string, now: Date) => Promise<WorkingKey | undefined> {
  const query = db
    .select({ key: apiKeys, role: teamMembers.role })
    .from(apiKeys)
    .leftJoin(
      teamMembers,
      and(eq(teamMembers.teamId, apiKeys.teamId), eq(teamMembers.userId, apiKeys.createdBy)),
    )
    .where(
      and(
        eq(apiKeys.tokenHash, sql.placeholder('tokenHash')),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql.placeholder('now'))),
        or(isNull(apiKeys.createdBy), isNotNull(teamMembers.userId)),
      ),
    )
    .prepare('find_working_key');
  return async (tokenHash, now) => {
    const [found] = await query.execute({ tokenHash, now });
    return found;
  };
}

/** @returns whether the team has such a key that was not revoked before */
export async function revokeApiKey(db: Db, teamId: string, keyId: string, now: Date): Promise<boolean> {
  const revoked = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, keyId), eq(apiKeys.teamId, teamId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}
