import { findOverdueDeliveries } from '../db/webhook-deliveries.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** A delivery that is this late has been forgotten by its job, ms. */
const OVERDUE_MS = 60_000;

/**
 * What one round picks up; the next round comes in a minute. Of one team less: where its receivers are so slow that its
 * deliveries queue up, they are late though nobody has forgotten them, and those of others must not go under.
 */
const BATCH = { limit: 500, perTeam: 100 };

/** Gives deliveries that should have been sent and have not a job again, whatever became of theirs. */
export async function resumeWebhooks(context: Context): Promise<void> {
  const due = later(context.clock.now(), -OVERDUE_MS);
  const overdue = await findOverdueDeliveries(context.db, due, BATCH);
  if (overdue.length > 0)
    context.log.warn({ deliveries: overdue.length }, 'picking up webhooks that nobody has sent');
  for (const { id, teamId } of overdue)
    await context.queue.enqueue(context.db, 'deliver-webhook', { deliveryId: id, teamId });
}
