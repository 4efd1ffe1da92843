import { deleteOldDeliveries } from '../db/webhook-deliveries.ts';
import { DAY_MS, later } from '../domain/time.ts';
import type { Context } from './context.ts';

const KEEP_FOR_MS = 30 * DAY_MS;

/** At a time, so that no statement takes long. */
const BATCH = 1_000;

/** Deletes deliveries of long ago, with their attempts. The events stay. */
export async function forgetWebhookDeliveries(context: Context): Promise<void> {
  const createdBefore = later(context.clock.now(), -KEEP_FOR_MS);
  let deleted: number;
  do {
    deleted = await deleteOldDeliveries(context.db, createdBefore, BATCH);
  } while (deleted === BATCH);
}
