import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { StartedNumber } from '../domain/purchase-outcome.ts';
import type { Db } from './database.ts';
import { idempotencyKeys } from './schema.ts';

export type IdempotencyRecord = typeof idempotencyKeys.$inferSelect;

/** One client's key: the same text of another team, or in the other mode, is another key. */
export interface KeyScope {
  teamId: string;
  mode: Mode;
  key: string;
}

const sameKey = ({ teamId, mode, key }: KeyScope) =>
  and(eq(idempotencyKeys.teamId, teamId), eq(idempotencyKeys.mode, mode), eq(idempotencyKeys.key, key));

/**
 * Claims the key for the request that this transaction starts. A key whose time has passed counts as unused. While
 * another request's claim is not yet committed, this waits for it.
 * @returns whether it is ours; else somebody has used it
 */
export async function claimKey(
  tx: Db,
  scope: KeyScope,
  claim: { requestHash: string; now: Date; expiredBefore: Date },
): Promise<boolean> {
  const fresh = {
    requestHash: claim.requestHash,
    orderId: null,
    started: null,
    outcome: null,
    createdAt: claim.now,
  };
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ ...scope, ...fresh })
    .onConflictDoUpdate({
      target: [idempotencyKeys.teamId, idempotencyKeys.mode, idempotencyKeys.key],
      set: fresh,
      setWhere: lt(idempotencyKeys.createdAt, claim.expiredBefore),
    })
    .returning({ key: idempotencyKeys.key });
  return claimed.length > 0;
}

export async function findKey(db: Db, scope: KeyScope): Promise<IdempotencyRecord | undefined> {
  const [record] = await db.select().from(idempotencyKeys).where(sameKey(scope));
  return record;
}

export async function linkKeyToOrder(tx: Db, scope: KeyScope, orderId: string): Promise<void> {
  await tx.update(idempotencyKeys).set({ orderId }).where(sameKey(scope));
}

/** Notes what a bulk purchase has started; its first order tells this claim from a later one of the same key. */
export async function linkKeyToOrders(
  tx: Db,
  scope: KeyScope,
  link: { orderId: string | null; started: StartedNumber[] },
): Promise<void> {
  await tx.update(idempotencyKeys).set(link).where(sameKey(scope));
}

/** The claim that led to this order (null: to none, it was refused); a later claim of the same key is another. */
const sameClaim = (scope: KeyScope, orderId: string | null) =>
  and(
    sameKey(scope),
    orderId === null ? isNull(idempotencyKeys.orderId) : eq(idempotencyKeys.orderId, orderId),
  );

/**
 * Keeps the first answer that is given under the key's claim.
 * @returns the answer that counts from now on: this one, or the one that was there before
 */
export async function keepOutcome<Outcome>(
  db: Db,
  scope: KeyScope,
  orderId: string | null,
  outcome: Outcome,
): Promise<Outcome> {
  const kept = await db
    .update(idempotencyKeys)
    .set({ outcome })
    .where(and(sameClaim(scope, orderId), isNull(idempotencyKeys.outcome)))
    .returning({ key: idempotencyKeys.key });
  if (kept.length > 0) return outcome;
  const [record] = await db.select().from(idempotencyKeys).where(sameClaim(scope, orderId));
  return (record?.outcome as Outcome | null | undefined) ?? outcome;
}

/** Frees the key, so that the client's retry is a new attempt: nothing came of this order. */
export async function freeKey(db: Db, scope: KeyScope, orderId: string): Promise<void> {
  await db.delete(idempotencyKeys).where(and(sameClaim(scope, orderId), isNull(idempotencyKeys.outcome)));
}

/** @returns how many were deleted */
export async function deleteExpiredKeys(db: Db, expiredBefore: Date): Promise<number> {
  const deleted = await db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, expiredBefore))
    .returning({ key: idempotencyKeys.key });
  return deleted.length;
}
