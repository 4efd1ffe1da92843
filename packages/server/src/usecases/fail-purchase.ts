import type { Db } from '../db/database.ts';
import { CARRIER } from '../db/events.ts';
import { advanceOrder, getNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { changeStatus, deleteUnorderedNumber } from '../db/phone-numbers.ts';
import type { PurchaseFailure } from '../domain/purchase-failure.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** How a purchase ends without a number. */
export interface End {
  failure: PurchaseFailure;
  /** For the operators: the carrier's words, or ours. */
  detail: string;
  /** What is still to be done about it: nothing, watch for it, or give back what the carrier delivers. */
  state: 'failed' | 'lost' | 'unwanted';
  nextStepAt: Date;
  carrierOrderId?: string;
  /** The number's record goes, instead of staying as `error`: nothing was ordered, and the buyer hears why. */
  removeRecord?: boolean;
}

/** Enough for any sentence of the carrier's. */
const MAX_DETAIL = 500;

/** Ends a purchase without a number: the slot is free, the reason is kept, the event written. */
export async function failPurchase(context: Context, order: NumberOrder, end: End): Promise<NumberOrder> {
  const failed = await context.db.transaction((tx) => fail(context, tx, order, end));
  return failed ?? getNumberOrder(context.db, order.id);
}

async function fail(
  context: Context,
  tx: Db,
  order: NumberOrder,
  end: End,
): Promise<NumberOrder | undefined> {
  const now = context.clock.now();
  const ended = await advanceOrder(tx, order, {
    state: end.state,
    failureCode: end.failure,
    failureDetail: end.detail.slice(0, MAX_DETAIL),
    carrierOrderId: end.carrierOrderId ?? order.carrierOrderId,
    nextStepAt: end.nextStepAt,
    updatedAt: now,
  });
  if (!ended) return undefined;
  if (end.removeRecord) await deleteUnorderedNumber(tx, order.phoneNumberId);
  else await changeStatus(tx, { id: order.phoneNumberId, status: 'purchasing' }, 'error', { updatedAt: now });
  await recordEvent(context, tx, {
    teamId: order.teamId,
    mode: order.mode,
    type: 'phone_number.purchase_failed',
    subject: order.phoneNumberId,
    actor: CARRIER,
    before: { status: 'purchasing' },
    ...(!end.removeRecord && { after: { status: 'error' } }),
    data: { phone_number: order.phoneNumber, order_id: order.id, reason: end.failure },
  });
  return ended;
}
