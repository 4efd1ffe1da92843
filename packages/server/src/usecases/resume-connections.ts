import { findDueSyncs } from '../db/due-numbers.ts';
import { MODES } from '../domain/mode.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** A number whose connection is this late has been forgotten by its job, ms. */
const OVERDUE_MS = 60_000;

/** What one round picks up; the next round comes in a minute. */
const BATCH = 500;

/** Picks up numbers whose connection the carrier should have been told, whatever became of their jobs. */
export async function resumeConnections(context: Context): Promise<void> {
  const modes = MODES.filter((mode) => context.carriers[mode] !== null);
  const overdue = await findDueSyncs(context.db, modes, later(context.clock.now(), -OVERDUE_MS), BATCH);
  if (overdue.length > 0)
    context.log.warn({ numbers: overdue.length }, 'picking up connections that nobody has set');
  const jobs = overdue.map(({ id }) => ({ phoneNumberId: id }));
  await context.queue.enqueueAll(context.db, 'sync-connection', jobs);
}
