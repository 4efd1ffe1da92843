import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { apiKeys } from './schema.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(tx: Db, key: ApiKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/**
 * The look-up behind every request: the key with this hash that works at that time. It asks the database each
 * time, so a revoked key stops at once on every server.
 */
export function prepareFindWorkingKey(db: Db): (tokenHash: string, now: Date) => Promise<ApiKey | undefined> {
  const query = db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.tokenHash, sql.placeholder('tokenHash')),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql.placeholder('now'))),
      ),
    )
    .prepare('find_working_key');
  return async (tokenHash, now) => {
    const [key] = await query.execute({ tokenHash, now });
    return key;
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
