import { deleteProcessedEvents } from '../db/carrier-events.ts';
import { DAY_MS, later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** Long enough to look into what the carrier said, and far longer than it repeats itself. */
const KEEP_FOR_MS = 30 * DAY_MS;

/** Deletes the carrier's events that were acted on long ago. */
export async function forgetCarrierEvents(context: Context): Promise<void> {
  await deleteProcessedEvents(context.db, later(context.clock.now(), -KEEP_FOR_MS));
}
