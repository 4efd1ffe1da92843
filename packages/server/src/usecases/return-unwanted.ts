import type { Carrier, CarrierNumber } from '../carriers/carrier.ts';
import { CARRIER, hasHappened } from '../db/events.ts';
import { advanceOrder, getNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { findLiveNumber } from '../db/phone-numbers.ts';
import type { Backoff } from '../domain/backoff.ts';
import type { EventType } from '../domain/event-types.ts';
import { DAY_MS } from '../domain/time.ts';
import type { Context } from './context.ts';
import { ageMs, findOrderTraces } from './find-order-traces.ts';
import { POLL, postponeOrder } from './postpone-order.ts';
import { recordEvent } from './record-event.ts';

/*
 * What happens to an order after its buyer was told that it failed: the steps of settle-purchase for the states
 * lost, unwanted and returning. Nobody may end up paying for a number that nobody has.
 */

const GIVEN_BACK: EventType = 'number_order.given_back';

/** An order that was given up is still looked for, at growing distances, for as long as one may reasonably turn up. */
export const WATCH: Backoff = { firstMs: 60_000, maxMs: 3_600_000, factor: 2 };
const WATCH_FOR_MS = 2 * DAY_MS;

/**
 * The carrier has something for an order that has moved on without us. Where it was given up as never sent, the
 * number has to go back; else whoever moved it knows as much as we do.
 */
export async function reclaim(
  context: Context,
  orderId: string,
  carrierOrderId: string | null,
): Promise<NumberOrder> {
  const current = await getNumberOrder(context.db, orderId);
  if (current.state !== 'failed' && current.state !== 'lost') return current;
  const now = context.clock.now();
  const unwanted = await advanceOrder(context.db, current, {
    state: 'unwanted',
    carrierOrderId: carrierOrderId ?? current.carrierOrderId,
    nextStepAt: now,
    updatedAt: now,
  });
  return unwanted ?? getNumberOrder(context.db, orderId);
}

/** lost: the buyer has been told that it failed. Whatever turns up after all goes back. */
export async function watchLostOrder(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
): Promise<NumberOrder> {
  const traces = await findOrderTraces(carrier, order);
  if (traces?.held?.state === 'failed') return close(context, order);
  if (traces) return reclaim(context, order.id, traces.held?.carrierOrderId ?? null);
  if (ageMs(context, order) < WATCH_FOR_MS) return postponeOrder(context, order, WATCH);
  return close(context, order);
}

/** unwanted: the carrier delivers, or may yet deliver, what we have given up. It must not stay. */
export async function findUnwantedNumber(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
): Promise<NumberOrder> {
  if (order.carrierOrderId) {
    const known = await carrier.getOrder(order.carrierOrderId);
    if (known?.state === 'pending') return postponeOrder(context, order, POLL);
    if (known?.state === 'failed') return close(context, order);
  }
  const number = await carrier.findNumber(order.phoneNumber);
  // Somebody who came late may have reopened an order whose number is back already.
  if (!number && (await hasHappened(context.db, order, GIVEN_BACK))) return close(context, order);
  if (!number) return postponeOrder(context, order, POLL);
  switch (number.state === 'gone' ? 'no' : await isFromThisOrder(context, order, number)) {
    case 'no':
      return close(context, order);
    case 'undecided':
      return postponeOrder(context, order, POLL);
  }
  const now = context.clock.now();
  const returning = await advanceOrder(context.db, order, {
    state: 'returning',
    nextStepAt: now,
    updatedAt: now,
  });
  return returning ?? getNumberOrder(context.db, order.id);
}

/** returning: it was there, so that "not there" now means that an earlier try has given it back. */
export async function returnNumber(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
): Promise<NumberOrder> {
  const number = await carrier.findNumber(order.phoneNumber);
  if (!number || number.state === 'gone') return closeGivenBack(context, order);
  switch (await isFromThisOrder(context, order, number)) {
    case 'no':
      return close(context, order);
    case 'undecided':
      return postponeOrder(context, order, POLL);
    case 'yes':
      await carrier.releaseNumber(number.carrierNumberId);
      return closeGivenBack(context, order);
  }
}

/**
 * By its reference. Where the carrier kept none, by there being nobody else here who could own it; a purchase of the
 * same number that is under way may still be refused, because the carrier has it under this order.
 */
async function isFromThisOrder(
  context: Context,
  order: NumberOrder,
  number: CarrierNumber,
): Promise<'yes' | 'no' | 'undecided'> {
  if (number.reference !== null) return number.reference === order.id ? 'yes' : 'no';
  const live = await findLiveNumber(context.db, order.mode, order.phoneNumber);
  if (!live) return 'yes';
  return live.status === 'purchasing' ? 'undecided' : 'no';
}

async function close(context: Context, order: NumberOrder): Promise<NumberOrder> {
  const now = context.clock.now();
  const closed = await advanceOrder(context.db, order, { state: 'failed', nextStepAt: now, updatedAt: now });
  return closed ?? getNumberOrder(context.db, order.id);
}

/** The number is back at the carrier; the order, which failed before, is closed for good. */
async function closeGivenBack(context: Context, order: NumberOrder): Promise<NumberOrder> {
  const now = context.clock.now();
  const closed = await context.db.transaction(async (tx) => {
    const ended = await advanceOrder(tx, order, { state: 'failed', nextStepAt: now, updatedAt: now });
    if (!ended) return undefined;
    await recordEvent(context, tx, {
      teamId: order.teamId,
      mode: order.mode,
      type: GIVEN_BACK,
      subject: order.id,
      actor: CARRIER,
      before: { state: order.state },
      after: { state: ended.state },
      data: { phone_number: order.phoneNumber, phone_number_id: order.phoneNumberId },
    });
    return ended;
  });
  return closed ?? getNumberOrder(context.db, order.id);
}
