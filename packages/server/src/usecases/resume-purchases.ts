import { findOverdueOrders } from '../db/number-orders.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { settlePurchase } from './settle-purchase.ts';

/** A step that is this late has been forgotten by whoever was to take it, ms. */
const OVERDUE_MS = 60_000;

/** What one round picks up; the next round comes in a minute. */
const BATCH = 200;

/** In an outage each of them waits for the carrier's time-out: not one after another. */
const AT_ONCE = 10;

/**
 * Takes up orders that should have moved and have not, whatever became of their jobs. Every order has a job from
 * its first transaction on, so this finds nothing on a good day; it is what "never forgotten" rests on when a job
 * was lost, deleted, or gave up.
 */
export async function resumePurchases(context: Context): Promise<void> {
  const due = later(context.clock.now(), -OVERDUE_MS);
  const overdue = await findOverdueOrders(context.db, due, BATCH);
  if (overdue.length > 0)
    context.log.warn({ orders: overdue.length }, 'taking up orders that nobody has moved');
  for (let start = 0; start < overdue.length; start += AT_ONCE) {
    await Promise.all(overdue.slice(start, start + AT_ONCE).map(({ id }) => resume(context, id)));
  }
}

/** One order that cannot be moved, whatever the reason, must not keep the others waiting. */
async function resume(context: Context, orderId: string): Promise<void> {
  try {
    await settlePurchase(context, orderId, { buyerWaits: () => false });
  } catch (error) {
    context.log.error({ err: error, orderId }, 'an order could not be taken up; the next round tries again');
  }
}
