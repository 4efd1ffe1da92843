import {
  type Carrier,
  CarrierError,
  type CarrierNumber,
  type CarrierOrder,
  type RejectionReason,
} from '../carriers/carrier.ts';
import type { Db } from '../db/database.ts';
import { CARRIER } from '../db/events.ts';
import { advanceOrder, getNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { changeStatus } from '../db/phone-numbers.ts';
import { pipelined } from '../db/pipelined.ts';
import { lockTeam } from '../db/teams.ts';
import { backoffMs } from '../domain/backoff.ts';
import { isOpen } from '../domain/number-order.ts';
import { exceeds } from '../domain/price.ts';
import type { PurchaseFailure } from '../domain/purchase-failure.ts';
import { later } from '../domain/time.ts';
import { type Context, carrierOf } from './context.ts';
import { failPurchase } from './fail-purchase.ts';
import { ageMs, findOrderTraces } from './find-order-traces.ts';
import { LOOK_UP, POLL, postponeOrder } from './postpone-order.ts';
import { recordEvent } from './record-event.ts';
import { findUnwantedNumber, reclaim, returnNumber, WATCH, watchLostOrder } from './return-unwanted.ts';
import { suspendOverLimit } from './suspend-numbers.ts';

export interface SettleOptions {
  /**
   * Whether the buyer still waits for the answer. Where the carrier refuses the order outright, the number's
   * record then goes, and the buyer hears the refusal; a record that the buyer was told of stays, as `error`.
   */
  buyerWaits: () => boolean;
}

/** Orders are sent again after a definite refusal only, and not more often than this. */
const MAX_ORDER_ATTEMPTS = 4;

/** An order that is refused because the number was not searched for is sent once more, after a search. */
const MAX_ATTEMPTS_UNSEARCHED = 2;

/**
 * Takes an order as far as it can go now. The same function serves the request, the job, and the start after a
 * crash: it reads the state, does what that state calls for, and looks again.
 *
 * The rhythm is always: carrier call, then one short transaction that changes the order only if nobody else has
 * in the meantime. Two settlers on one order therefore do no harm; who comes second looks again.
 *
 * @returns the order; where it is still open, it wants another look at `nextStepAt`
 */
export async function settlePurchase(
  context: Context,
  orderId: string,
  options: SettleOptions,
): Promise<NumberOrder> {
  return settleFrom(context, await getNumberOrder(context.db, orderId), options);
}

/** The same for an order as it was seen last: one that has changed since is looked at again by the first step. */
export async function settleFrom(
  context: Context,
  seen: NumberOrder,
  options: SettleOptions,
): Promise<NumberOrder> {
  let order = seen;
  while (isOpen(order.state) && order.nextStepAt <= context.clock.now()) {
    order = await takeStep(context, carrierOf(context, order.mode), order, options);
  }
  return order;
}

async function takeStep(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
  options: SettleOptions,
): Promise<NumberOrder> {
  try {
    switch (order.state) {
      case 'reserved':
        return await sendOrder(context, carrier, order, options);
      case 'ordering':
        return await lookForOrder(context, carrier, order);
      case 'ordered':
        return await askAfterOrder(context, carrier, order);
      case 'fulfilled':
        return await activateNumber(context, carrier, order);
      case 'lost':
        return await watchLostOrder(context, carrier, order);
      case 'unwanted':
        return await findUnwantedNumber(context, carrier, order);
      case 'returning':
        return await returnNumber(context, carrier, order);
      default:
        return order;
    }
  } catch (error) {
    return postponeUnanswered(context, order, error);
  }
}

/** The carrier did not answer: looks again later. Every other failure is thrown on. */
async function postponeUnanswered(
  context: Context,
  order: NumberOrder,
  error: unknown,
): Promise<NumberOrder> {
  if (!(error instanceof CarrierError)) throw error;
  context.log.warn(
    { orderId: order.id, state: order.state, kind: error.kind, detail: error.message },
    'the carrier did not answer',
  );
  return postponeOrder(context, order, POLL, error.retryAfterMs);
}

/** reserved → ordering → what the carrier says. The intent is committed before the order is sent. */
async function sendOrder(
  context: Context,
  carrier: Carrier,
  reserved: NumberOrder,
  options: SettleOptions,
): Promise<NumberOrder> {
  const checked = await checkOffer(context, carrier, reserved);
  if (checked.failure)
    return refuse(context, reserved, checked.failure, 'seen in the search before the order', options);

  const now = context.clock.now();
  const order = await advanceOrder(
    context.db,
    reserved,
    {
      state: 'ordering',
      orderAttempts: reserved.orderAttempts + 1,
      orderingAt: now,
      nextStepAt: later(now, LOOK_UP.firstMs),
      updatedAt: now,
    },
    checked.offer,
  );
  if (!order) return getNumberOrder(context.db, reserved.id);

  const outcome = await carrier.order({
    phoneNumber: order.phoneNumber,
    connectionId: order.connectionId,
    reference: order.id,
  });
  switch (outcome.kind) {
    case 'accepted':
      return adoptAndActivate(context, carrier, order, outcome.order);
    case 'rejected':
      context.log.warn(
        { orderId: order.id, reason: outcome.reason, detail: outcome.detail },
        'the carrier refused an order',
      );
      return handleRejection(context, order, outcome, options);
    case 'unknown':
      context.log.warn(
        { orderId: order.id, detail: outcome.detail },
        'an order may or may not stand; looking for it',
      );
      return postponeOrder(context, order, LOOK_UP);
  }
}

/** Most orders are delivered at once: the carrier is asked for the number while that is written down. */
async function adoptAndActivate(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
  held: CarrierOrder,
): Promise<NumberOrder> {
  if (held.state !== 'fulfilled') return adopt(context, order, held);
  const asked = carrier.findNumber(order.phoneNumber);
  // Where nobody waits for it any more, its failure is nobody's.
  asked.catch(() => undefined);
  const adopted = await adopt(context, order, held);
  if (adopted.state !== 'fulfilled') return adopted;
  return activateNumber(context, carrier, adopted, asked).catch((error: unknown) =>
    postponeUnanswered(context, adopted, error),
  );
}

/**
 * What the number costs now, checked against the buyer's limit. Without a limit the price is only for the
 * record, and no reason to hold the purchase up. A repeated order has to be preceded by a search.
 */
async function checkOffer(
  context: Context,
  carrier: Carrier,
  { phoneNumber, maxMonthlyPrice, orderAttempts }: NumberOrder,
): Promise<{ offer?: { monthlyPrice: string; setupPrice: string }; failure?: PurchaseFailure }> {
  try {
    const offer = await carrier.findOffer(phoneNumber, {
      fresh: maxMonthlyPrice !== null || orderAttempts > 0,
    });
    if (maxMonthlyPrice !== null && !offer) return { failure: 'number_unavailable' };
    if (maxMonthlyPrice !== null && offer && exceeds(offer.monthlyPrice, maxMonthlyPrice)) {
      return { offer, failure: 'price_exceeded' };
    }
    return offer ? { offer } : {};
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    context.log.warn(
      { kind: error.kind, detail: error.message },
      'the price of a number could not be looked up',
    );
    return maxMonthlyPrice === null ? {} : { failure: 'carrier_down' };
  }
}

/** A definite refusal: nothing was ordered, so ordering once more is safe where it can help. */
async function handleRejection(
  context: Context,
  order: NumberOrder,
  { reason, detail, retryAfterMs }: { reason: RejectionReason; detail: string; retryAfterMs?: number },
  options: SettleOptions,
): Promise<NumberOrder> {
  if (reason === 'must_search_first' && order.orderAttempts < MAX_ATTEMPTS_UNSEARCHED) {
    return sendAgain(context, order, 0);
  }
  if (reason === 'rate_limited' && order.orderAttempts < MAX_ORDER_ATTEMPTS) {
    return sendAgain(context, order, retryAfterMs ?? backoffMs(LOOK_UP, order.orderAttempts, Math.random()));
  }
  return refuse(context, order, FAILURE_OF[reason], `${reason}: ${detail}`, options);
}

/** The end before anything was ordered: a buyer who still waits hears the reason, and no record stays behind. */
async function refuse(
  context: Context,
  order: NumberOrder,
  failure: PurchaseFailure,
  detail: string,
  { buyerWaits }: SettleOptions,
): Promise<NumberOrder> {
  return failPurchase(context, order, {
    failure,
    detail,
    state: 'failed',
    nextStepAt: context.clock.now(),
    removeRecord: buyerWaits(),
  });
}

const FAILURE_OF: Record<RejectionReason, PurchaseFailure> = {
  number_unavailable: 'number_unavailable',
  must_search_first: 'number_unavailable',
  invalid_connection: 'invalid_connection',
  regulatory_requirements: 'regulatory_requirements',
  rate_limited: 'carrier_busy',
  not_sent: 'carrier_down',
  invalid_request: 'carrier_refused',
  insufficient_funds: 'carrier_refused',
  unauthorised: 'carrier_refused',
};

async function sendAgain(context: Context, order: NumberOrder, waitMs: number): Promise<NumberOrder> {
  const now = context.clock.now();
  const reserved = await advanceOrder(context.db, order, {
    state: 'reserved',
    nextStepAt: later(now, waitMs),
    updatedAt: now,
  });
  return reserved ?? getNumberOrder(context.db, order.id);
}

/**
 * ordering: somebody asked the carrier to order, and nobody knows what came of it. Look for our reference among
 * the orders, then among the numbers; what is not there after the grace was never ordered.
 */
async function lookForOrder(context: Context, carrier: Carrier, order: NumberOrder): Promise<NumberOrder> {
  const traces = await findOrderTraces(carrier, order);
  if (traces) return traces.held ? adopt(context, order, traces.held) : deliver(context, order, null);
  if (ageMs(context, order) < context.settings.resolveGraceMs) return postponeOrder(context, order, LOOK_UP);
  return failPurchase(context, order, {
    failure: 'order_lost',
    detail: 'no order under our reference after the grace',
    // Not found is not the same as not there: it stays under watch.
    state: 'lost',
    nextStepAt: later(context.clock.now(), WATCH.firstMs),
  });
}

/** ordered: the carrier has the order; ask what became of it. */
async function askAfterOrder(context: Context, carrier: Carrier, order: NumberOrder): Promise<NumberOrder> {
  const known = order.carrierOrderId
    ? await carrier.getOrder(order.carrierOrderId)
    : await carrier.findOrder(order.id);
  const waits = !known || (known.state === 'pending' && !known.awaitsRegulatoryDocuments);
  return waits ? postponeOrder(context, order, POLL) : adopt(context, order, known);
}

/** Writes down what the carrier holds for us under the order. */
async function adopt(context: Context, order: NumberOrder, held: CarrierOrder): Promise<NumberOrder> {
  switch (held.state) {
    case 'fulfilled':
      return deliver(context, order, held.carrierOrderId);
    case 'failed':
      return failPurchase(context, order, {
        failure: 'order_failed',
        detail: `order ${held.carrierOrderId} failed at the carrier`,
        state: 'failed',
        nextStepAt: context.clock.now(),
      });
    case 'pending': {
      if (held.awaitsRegulatoryDocuments) return giveUpForDocuments(context, order, held.carrierOrderId);
      const now = context.clock.now();
      const ordered = await advanceOrder(context.db, order, {
        state: 'ordered',
        carrierOrderId: held.carrierOrderId,
        nextStepAt: later(now, POLL.firstMs),
        updatedAt: now,
      });
      return ordered ?? reclaim(context, order.id, held.carrierOrderId);
    }
  }
}

/**
 * The order waits for documents that we cannot send: the buyer is told at once and has the slot back. Should the
 * carrier deliver all the same, the number goes back.
 */
async function giveUpForDocuments(
  context: Context,
  order: NumberOrder,
  carrierOrderId: string,
): Promise<NumberOrder> {
  return failPurchase(context, order, {
    failure: 'regulatory_requirements',
    detail: `order ${carrierOrderId} waits for documents`,
    state: 'unwanted',
    nextStepAt: later(context.clock.now(), POLL.firstMs),
    carrierOrderId,
  });
}

async function deliver(
  context: Context,
  order: NumberOrder,
  carrierOrderId: string | null,
): Promise<NumberOrder> {
  const now = context.clock.now();
  const fulfilled = await advanceOrder(context.db, order, {
    state: 'fulfilled',
    carrierOrderId: carrierOrderId ?? order.carrierOrderId,
    nextStepAt: now,
    updatedAt: now,
  });
  return fulfilled ?? reclaim(context, order.id, carrierOrderId);
}

/** fulfilled: look up the carrier's id of the number, set the connection, and hand the number to the team. */
async function activateNumber(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
  asked = carrier.findNumber(order.phoneNumber),
): Promise<NumberOrder> {
  const number = await asked;
  if (number?.state !== 'active') return postponeOrder(context, order, POLL);
  const isConnected =
    order.connectionId === null ||
    number.connectionId === order.connectionId ||
    (await setConnection(context, carrier, order, number.carrierNumberId));
  try {
    return await context.db.transaction((tx) => complete(context, tx, order, number, isConnected));
  } catch (error) {
    if (error instanceof MovedByAnother) return getNumberOrder(context.db, order.id);
    throw error;
  }
}

/** Somebody else has moved the order meanwhile: what was written for it is taken back. */
class MovedByAnother extends Error {}

/**
 * A carrier that refuses the connection for good does not keep the team from the number that it pays for: the
 * number keeps the wish, and shows that it was not met.
 * @returns whether the carrier took it
 */
async function setConnection(
  context: Context,
  carrier: Carrier,
  order: NumberOrder,
  carrierNumberId: string,
): Promise<boolean> {
  try {
    if (order.connectionId !== null) await carrier.setConnection(carrierNumberId, order.connectionId);
    return true;
  } catch (error) {
    if (!(error instanceof CarrierError) || !error.isDefinite) throw error;
    context.log.error(
      { orderId: order.id, kind: error.kind, detail: error.message },
      'a bought number has no connection',
    );
    return false;
  }
}

/** @throws MovedByAnother */
async function complete(
  context: Context,
  tx: Db,
  order: NumberOrder,
  number: CarrierNumber,
  isConnected: boolean,
): Promise<NumberOrder> {
  const now = context.clock.now();
  // All of it goes to the database together, and in this order.
  const [team, completed] = await pipelined([
    lockTeam(tx, order.teamId),
    advanceOrder(tx, order, { state: 'completed', nextStepAt: now, updatedAt: now }),
    changeStatus(tx, { id: order.phoneNumberId, status: 'purchasing' }, 'active', {
      carrierNumberId: number.carrierNumberId,
      routingStatus: isConnected ? 'in_sync' : 'failed',
      updatedAt: now,
    }),
    recordEvent(context, tx, {
      teamId: order.teamId,
      mode: order.mode,
      type: 'phone_number.purchased',
      subject: order.phoneNumberId,
      actor: CARRIER,
      before: { status: 'purchasing' },
      after: { status: 'active' },
      data: { phone_number: order.phoneNumber, order_id: order.id },
    }),
  ]);
  if (!completed || !team) throw new MovedByAnother();
  if (!isConnected) {
    await recordEvent(context, tx, {
      teamId: order.teamId,
      mode: order.mode,
      type: 'phone_number.routing_failed',
      subject: order.phoneNumberId,
      actor: CARRIER,
      before: { routing_status: 'in_sync' },
      after: { routing_status: 'failed' },
      data: { phone_number: order.phoneNumber, connection_id: order.connectionId, reason: 'refused' },
    });
  }
  // The subscription may have ended while the carrier worked.
  await suspendOverLimit(context, tx, team, order.mode);
  return completed;
}
