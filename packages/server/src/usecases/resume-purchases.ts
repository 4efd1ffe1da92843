import { findOverdueOrders } from '../db/number-orders.ts';
import type { Context } from './context.ts';
import { settlePurchase } from './settle-purchase.ts';

/** A step that is this late has been forgotten by whoever was to take it, ms. */
const OVERDUE_MS = 60_000;

/** What one round picks up; the next round comes in a minute. */
const BATCH = 200;

/**
 * Takes up orders that should have moved and have not, whatever became of their jobs. Every order has a job from
 * its first transaction on, so this finds nothing on a good day; it is what "never forgotten" rests on when a job
 * was lost, deleted, or gave up.
 */
export async function resumePurchases(context: Context): Promise<void> {
  const due = new Date(context.clock.now().getTime() - OVERDUE_MS);
  const overdue = await findOverdueOrders(context.db, due, BATCH);
  if (overdue.length > 0)
    context.log.warn({ orders: overdue.length }, 'taking up orders that nobody has moved');
  for (const { id } of overdue) await settlePurchase(context, id, { buyerWaits: () => false });
}
