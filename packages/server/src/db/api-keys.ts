import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Clock } from '../domain/clock.ts';
import type { Role } from '../domain/roles.ts';
import { askTogether } from './ask-together.ts';
import type { Db } from './database.ts';
import { apiKeys, teamMembers, users } from './schema.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(tx: Db, key: ApiKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** A key that works, and what the person in whose name it acts is in the team; null where it acts in nobody's. */
export interface WorkingKey {
  key: Pick<ApiKey, keyof typeof workingKeyColumns>;
  role: Role | null;
}

/** As little as every request needs. */
const workingKeyColumns = {
  id: apiKeys.id,
  teamId: apiKeys.teamId,
  mode: apiKeys.mode,
  tokenHash: apiKeys.tokenHash,
  scopes: apiKeys.scopes,
  rateLimitPerHour: apiKeys.rateLimitPerHour,
  createdBy: apiKeys.createdBy,
};

/**
 * The look-up behind every request: the key with this hash that works at that time. It asks the database each
 * time, so a revoked key stops at once on every server, and so does one whose creator has left the team.
 */
export function prepareFindWorkingKey(
  db: Db,
  clock: Clock,
): (tokenHash: string) => Promise<WorkingKey | undefined> {
  const query = db
    .select({ key: workingKeyColumns, role: teamMembers.role })
    .from(apiKeys)
    .leftJoin(
      teamMembers,
      and(eq(teamMembers.teamId, apiKeys.teamId), eq(teamMembers.userId, apiKeys.createdBy)),
    )
    .where(
      and(
        sql`${apiKeys.tokenHash} = any(${sql.placeholder('tokenHashes')})`,
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql.placeholder('now'))),
        or(isNull(apiKeys.createdBy), isNotNull(teamMembers.userId)),
      ),
    )
    .prepare('find_working_keys');
  return askTogether(async (tokenHashes: readonly string[]) => {
    const found = await query.execute({ tokenHashes: [...new Set(tokenHashes)], now: clock.now() });
    const byHash = new Map(found.map((row) => [row.key.tokenHash, row]));
    return tokenHashes.map((tokenHash) => byHash.get(tokenHash));
  });
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

/** Notes that the key was used, unless that was noted after the other time, by whichever server. */
export async function setLastUsed(db: Db, keyId: string, now: Date, unlessAfter: Date): Promise<void> {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, keyId), or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, unlessAfter))));
}
