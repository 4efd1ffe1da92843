import { isOpen } from '../domain/number-order.ts';
import type { Context } from './context.ts';
import { settlePurchase } from './settle-purchase.ts';

/**
 * The job behind every purchase: takes an order as far as it can go, and where that is not the end, leaves a job
 * for the next step. A server that dies in between leaves this job unfinished, and another takes it up.
 */
export async function settleLater(context: Context, orderId: string): Promise<void> {
  const order = await settlePurchase(context, orderId, { buyerWaits: () => false });
  if (!isOpen(order.state)) return;
  await context.queue.enqueue(context.db, 'settle-purchase', { orderId }, order.nextStepAt);
}
