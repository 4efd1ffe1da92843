import { type CarrierEventRecord, findUnprocessedEvent, markEventProcessed } from '../db/carrier-events.ts';
import { hasHappened } from '../db/events.ts';
import { findOrderByCarrierName, makeOrderDue, type NumberOrder } from '../db/number-orders.ts';
import type { EventType } from '../domain/event-types.ts';
import type { Mode } from '../domain/mode.ts';
import type { Context } from './context.ts';
import { reclaim } from './return-unwanted.ts';
import { settleLater } from './settle-later.ts';

/** Webhooks come from the real carrier: whatever one says, it never reaches an order of test mode. */
const MODE: Mode = 'live';

const GIVEN_BACK: EventType = 'number_order.given_back';

/**
 * Acts on an event that was taken in; the job behind every webhook of the carrier, and harmless to repeat. The
 * event only says where to look: what became of the order is asked of the carrier.
 */
export async function processCarrierEvent(context: Context, eventId: string): Promise<void> {
  const event = await findUnprocessedEvent(context.db, eventId);
  if (!event) return;
  const order = await findOrderByCarrierName(context.db, MODE, event);
  if (order) {
    await wake(context, order, event);
    await settleLater(context, order.id);
  } else {
    const { reference, carrierOrderId } = event;
    context.log.info(
      { eventId, reference, carrierOrderId },
      'the carrier tells of an order that is not ours',
    );
  }
  await markEventProcessed(context.db, eventId, context.clock.now());
}

/** Makes the order's next step due. An order that we had given up, and that stands after all, is to go back. */
async function wake(context: Context, order: NumberOrder, event: CarrierEventRecord): Promise<void> {
  const givenUp = order.state === 'lost' || order.state === 'failed';
  if (!givenUp || event.orderState === 'failed') {
    return makeOrderDue(context.db, order.id, context.clock.now());
  }
  // The watch was quicker than the carrier's message: the number is back, and would be looked for without end.
  if (await hasHappened(context.db, order, GIVEN_BACK)) return;
  context.log.warn({ orderId: order.id, state: order.state }, 'an order that was given up stands after all');
  await reclaim(context, order.id, event.carrierOrderId);
}
