import { createHash } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { claimKey, findKey, type IdempotencyRecord, type KeyScope } from '../db/idempotency-keys.ts';
import { later } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';

/** What a key says of a request that was made before. */
export type Repetition =
  /** The same request: what it started goes on, or its answer is there. */
  | { kind: 'repeated'; key: KeyScope; record: IdempotencyRecord }
  /** Another request. */
  | { kind: 'key_reused' };

/** How long an Idempotency-Key is remembered, ms. */
const IDEMPOTENCY_KEY_MS = 24 * 60 * 60 * 1000;

/** The Idempotency-Key of a request as it is stored, null where it has none. */
export function keyScope(
  caller: Caller,
  { idempotencyKey }: { idempotencyKey?: string | undefined },
): KeyScope | null {
  return idempotencyKey === undefined
    ? null
    : { teamId: caller.teamId, mode: caller.mode, key: idempotencyKey };
}

/** Keys from before this time count as unused. */
export function idempotencyKeysExpiredAt(now: Date): Date {
  return later(now, -IDEMPOTENCY_KEY_MS);
}

/**
 * Claims the key for the request that this transaction starts.
 * @returns null where it is claimed; else the request was made before
 */
export async function claimOrRepeat(
  context: Context,
  tx: Db,
  key: KeyScope,
  requestHash: string,
): Promise<Repetition | null> {
  const now = context.clock.now();
  const expiredBefore = idempotencyKeysExpiredAt(now);
  if (await claimKey(tx, key, { requestHash, now, expiredBefore })) return null;
  const record = await findKey(tx, key);
  if (!record) throw new Error('an idempotency key that is claimed cannot be missing');
  return repetitionOf(key, record, requestHash);
}

/** Whether the request was made before, for one that has work to do before it claims its key. */
export async function findRepetition(
  context: Context,
  key: KeyScope,
  requestHash: string,
): Promise<Repetition | null> {
  const record = await findKey(context.db, key);
  if (!record || record.createdAt < idempotencyKeysExpiredAt(context.clock.now())) return null;
  return repetitionOf(key, record, requestHash);
}

function repetitionOf(key: KeyScope, record: IdempotencyRecord, requestHash: string): Repetition {
  return record.requestHash === requestHash ? { kind: 'repeated', key, record } : { kind: 'key_reused' };
}

/** By what two requests are told apart. */
export function hashOf(fields: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
