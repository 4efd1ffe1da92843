import { bulkhead } from 'cockatiel';
import { getNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { isDecided } from '../domain/number-order.ts';
import type { Context } from './context.ts';
import { inBackground } from './in-background.ts';
import { settleFrom, settlePurchase } from './settle-purchase.ts';

export interface InTimeOptions {
  /** Whether this is the request that started the purchase, whose buyer has heard of nothing yet. */
  isFirst: boolean;
}

/** How often a waiting request looks whether somebody else has settled its order, ms. */
const LOOK_EVERY_MS = 200;

/** How many orders of one request are settled at once. */
const MAX_AT_ONCE = 5;

/**
 * How long a request waits: `purchaseWaitMs` by the service's clock, and by the real one too, because that limit
 * is on real input and output: a carrier call that hangs does not hold the request up.
 */
interface Wait {
  deadlineMs: number;
  timeUp: Promise<undefined>;
  isOver: () => boolean;
  end: () => void;
}

function startWait({ clock, settings }: Context): Wait {
  let isOver = false;
  const { promise: timeUp, resolve } = Promise.withResolvers<undefined>();
  const end = () => {
    isOver = true;
    clearTimeout(timer);
    resolve(undefined);
  };
  const timer = setTimeout(end, settings.purchaseWaitMs).unref();
  const deadlineMs = clock.now().getTime() + settings.purchaseWaitMs;
  return { deadlineMs, timeUp, isOver: () => isOver, end };
}

/** Settles the order for as long as the request may wait; what takes longer goes on behind it. */
export async function settleInTime(
  context: Context,
  order: NumberOrder,
  options: InTimeOptions,
): Promise<NumberOrder> {
  const wait = startWait(context);
  try {
    return await settleWithin(context, order, wait, options);
  } finally {
    wait.end();
  }
}

/**
 * Settles the orders of one request, a few at once, all within the same wait. Those whose turn does not come in
 * time are left to their jobs, and so is one whose settling fails: it must not hide what became of the others.
 */
export async function settleAllInTime(
  context: Context,
  orderIds: readonly string[],
  options: InTimeOptions,
): Promise<NumberOrder[]> {
  const wait = startWait(context);
  const turns = bulkhead(MAX_AT_ONCE, orderIds.length);
  const settle = async (orderId: string) => {
    try {
      const order = await getNumberOrder(context.db, orderId);
      return wait.isOver() ? order : await settleWithin(context, order, wait, options);
    } catch (error) {
      logFailure(context, orderId, error);
      return getNumberOrder(context.db, orderId);
    }
  };
  try {
    return await Promise.all(orderIds.map((orderId) => turns.execute(() => settle(orderId))));
  } finally {
    wait.end();
  }
}

async function settleWithin(
  context: Context,
  order: NumberOrder,
  wait: Wait,
  { isFirst }: InTimeOptions,
): Promise<NumberOrder> {
  // Only the first request's buyer has heard of nothing yet; a record that is being removed is waited for.
  const buyer = { waits: isFirst, hearsRefusal: false };
  const buyerWaits = () => {
    if (buyer.waits) buyer.hearsRefusal = true;
    return buyer.waits;
  };
  const settling = settleUntil(context, order, wait.deadlineMs, buyerWaits);
  const settled = await Promise.race([settling, wait.timeUp]);
  if (settled) return settled;
  if (buyer.hearsRefusal) return settling;
  buyer.waits = false;
  inBackground(context, `settling ${order.id} failed; its job will try again`, () => settling);
  return getNumberOrder(context.db, order.id);
}

function logFailure(context: Context, orderId: string, error: unknown): void {
  context.log.error({ err: error, orderId }, 'settling failed; its job will try again');
}

async function settleUntil(
  context: Context,
  seen: NumberOrder,
  deadlineMs: number,
  buyerWaits: () => boolean,
): Promise<NumberOrder> {
  let order = await settleFrom(context, seen, { buyerWaits });
  for (;;) {
    const now = context.clock.now().getTime();
    if (isDecided(order) || now >= deadlineMs) return order;
    const wakeAt = Math.min(Math.max(order.nextStepAt.getTime(), now + 1), now + LOOK_EVERY_MS, deadlineMs);
    await context.clock.sleep(wakeAt - now);
    order = await settlePurchase(context, order.id, { buyerWaits });
  }
}
