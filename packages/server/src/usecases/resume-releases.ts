import { findDueReleases } from '../db/due-numbers.ts';
import { MODES } from '../domain/mode.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** A release that is this late has been forgotten by its job, ms. */
const OVERDUE_MS = 60_000;

/** What one round picks up; the next round comes in a minute. */
const BATCH = 500;

/** Picks up releases whose time has come and passed, whatever became of their jobs. */
export async function resumeReleases(context: Context): Promise<void> {
  const modes = MODES.filter((mode) => context.carriers[mode] !== null);
  const overdue = await findDueReleases(context.db, modes, later(context.clock.now(), -OVERDUE_MS), BATCH);
  if (overdue.length > 0)
    context.log.warn({ numbers: overdue.length }, 'picking up releases that nobody has finished');
  for (const { id } of overdue)
    await context.queue.enqueue(context.db, 'give-number-back', { phoneNumberId: id });
}
