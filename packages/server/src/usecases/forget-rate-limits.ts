import { deleteRateLimits } from '../db/rate-limits.ts';
import { DAY_MS, later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** Deletes what was used of limits in windows that are long over. They count as unused already. */
export async function forgetRateLimits(context: Context): Promise<void> {
  await deleteRateLimits(context.db, later(context.clock.now(), -DAY_MS));
}
