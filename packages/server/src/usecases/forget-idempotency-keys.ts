import { deleteExpiredKeys } from '../db/idempotency-keys.ts';
import { idempotencyKeysExpiredAt } from './claim-key.ts';
import type { Context } from './context.ts';

/** Deletes the Idempotency-Keys whose time has passed. They count as unused already. */
export async function forgetIdempotencyKeys(context: Context): Promise<void> {
  await deleteExpiredKeys(context.db, idempotencyKeysExpiredAt(context.clock.now()));
}
