import { markOutOfSync } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Context } from './context.ts';

/**
 * Has the carrier told which connection these numbers want now, by a job each: part of the transaction that changed
 * it. Numbers that are not in service, or want none, are left alone.
 */
export async function wantConnections(context: Context, tx: Db, ids: readonly string[]): Promise<void> {
  const pending = await markOutOfSync(tx, ids, context.clock.now());
  await context.queue.enqueueAll(
    tx,
    'sync-connection',
    pending.map((phoneNumberId) => ({ phoneNumberId })),
  );
}
