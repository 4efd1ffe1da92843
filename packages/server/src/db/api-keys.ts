import { and, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Clock } from '../domain/clock.ts';
import type { Role } from '../domain/roles.ts';
import { askTogether } from './ask-together.ts';
import type { Db, LookUps } from './database.ts';
import { apiKeys, users } from './schema.ts';

export type ApiKey = typeof apiKeys.$inferSelect;

export async function insertApiKey(tx: Db, key: ApiKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

/** A key that works: as little of it as every request needs. */
export interface WorkingKey
  extends Pick<ApiKey, 'id' | 'teamId' | 'mode' | 'tokenHash' | 'scopes' | 'rateLimitPerHour' | 'createdBy'> {
  /** What the person in whose name it acts is in the team; null where it acts in nobody's. */
  role: Role | null;
}

const FIND_WORKING_KEYS = `
  select k.id, k.team_id as "teamId", k.mode, k.token_hash as "tokenHash", k.scopes,
    k.rate_limit_per_hour as "rateLimitPerHour", k.created_by as "createdBy", m.role
  from api_keys k
  left join team_members m on m.team_id = k.team_id and m.user_id = k.created_by
  where k.token_hash = any($1)
    and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > $2)
    and (k.created_by is null or m.user_id is not null)`;

/**
 * The look-up behind every request: the key with this hash that works at that time. It asks the database each
 * time, so a revoked key stops at once on every server, and so does one whose creator has left the team.
 */
export function prepareFindWorkingKey(
  lookUps: LookUps,
  clock: Clock,
): (tokenHash: string) => Promise<WorkingKey | undefined> {
  const find = lookUps.prepare<WorkingKey>('find_working_keys', FIND_WORKING_KEYS);
  return askTogether(async (tokenHashes: readonly string[]) => {
    const found = await find([...new Set(tokenHashes)], clock.now().toISOString());
    const byHash = new Map(found.map((key) => [key.tokenHash, key]));
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
