import { and, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { apiKeys, users } from './schema.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(tx: Db, key: ApiKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** A key as its team sees it. */
export interface KeyWithCreator {
  key: ApiKey;
  /** Null for a key that acts in nobody's name. */
  creator: { id: string; email: string; name: string } | null;
}

/** One page of the team's keys of both modes, revoked ones too, the newest first. */
export async function listApiKeys(
  db: Db,
  teamId: string,
  { limit, after }: { limit: number; after?: string },
): Promise<KeyWithCreator[]> {
  return selectKeys(db)
    .where(and(eq(apiKeys.teamId, teamId), after === undefined ? undefined : lt(apiKeys.id, after)))
    .orderBy(desc(apiKeys.id))
    .limit(limit);
}

export async function findApiKey(db: Db, teamId: string, keyId: string): Promise<KeyWithCreator | undefined> {
  const [found] = await selectKeys(db).where(and(eq(apiKeys.id, keyId), eq(apiKeys.teamId, teamId)));
  return found;
}

function selectKeys(db: Db) {
  return db
    .select({ key: apiKeys, creator: { id: users.id, email: users.email, name: users.name } })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy));
}

export async function updateApiKey(
  tx: Db,
  keyId: string,
  change: Partial<Pick<ApiKey, 'name' | 'expiresAt' | 'rateLimitPerHour'>>,
): Promise<void> {
  await tx.update(apiKeys).set(change).where(eq(apiKeys.id, keyId));
}

/** Revokes the team's key with this id, or all that act in this person's name; those that were not revoked before. */
export async function revokeKeys(
  tx: Db,
  teamId: string,
  which: { id: string } | { createdBy: string },
  now: Date,
): Promise<ApiKey[]> {
  const some = 'id' in which ? eq(apiKeys.id, which.id) : eq(apiKeys.createdBy, which.createdBy);
  return tx
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.teamId, teamId), some, isNull(apiKeys.revokedAt)))
    .returning();
}

/**
 * Notes that keys were used, unless that was noted after the other time, by whichever server. One that another server
 * writes down at this moment is left to it.
 */
export async function setLastUsed(
  db: Db,
  keyIds: readonly string[],
  now: Date,
  unlessAfter: Date,
): Promise<void> {
  const due = db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(
      and(
        // One statement, however many they are.
        sql`${apiKeys.id} = any(${sql.param([...keyIds])}::text[])`,
        or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, unlessAfter)),
      ),
    )
    .for('no key update', { skipLocked: true });
  await db.update(apiKeys).set({ lastUsedAt: now }).where(inArray(apiKeys.id, due));
}
