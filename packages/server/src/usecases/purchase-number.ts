import { setTimeout as delay } from 'node:timers/promises';
import {
  findKey,
  freeKey,
  type IdempotencyRecord,
  type KeyScope,
  keepOutcome,
} from '../db/idempotency-keys.ts';
import { getNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { countUsage, findPhoneNumberById, type PhoneNumber } from '../db/phone-numbers.ts';
import { findTeam } from '../db/teams.ts';
import { eligibilityOf } from '../domain/eligibility.ts';
import { isDecided } from '../domain/number-order.ts';
import { planOf } from '../domain/plans.ts';
import { type PurchaseFailure, refusalOf } from '../domain/purchase-failure.ts';
import { type PurchasedNumber, type PurchaseOutcome, refusedOutcome } from '../domain/purchase-outcome.ts';
import { REFUSAL_STATUS, Refusal } from '../domain/refusal.ts';
import { isoTime } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';
import { inBackground } from './in-background.ts';
import { settlePurchase } from './settle-purchase.ts';
import { keyScope, type PurchaseRequest, startPurchase } from './start-purchase.ts';

/** What the first request may need after its wait to write its answer down, ms. */
const FIRST_IS_OVER_MS = 2_000;

/** How often a waiting request looks whether somebody else has settled its order, ms. */
const LOOK_EVERY_MS = 200;

/**
 * Buys a number for the caller's team, within its plan: starts the purchase, settles it, and waits for the end up
 * to `purchaseWaitMs`. What takes longer goes on without the request (`purchasing`), by the job that
 * the start of the purchase has left.
 *
 * The same Idempotency-Key with the same request gives the same outcome for 24 hours; requests that come while
 * the first still runs wait with it. A failure of the carrier's (5xx) is not kept, so that trying again can help.
 *
 * @throws Refusal every refusal of the contract's purchase
 */
export async function purchaseNumber(
  context: Context,
  caller: Caller,
  request: PurchaseRequest,
): Promise<Extract<PurchaseOutcome, { kind: 'bought' }>> {
  const outcome = await findOutcome(context, caller, request);
  if (outcome.kind === 'refused') throw new Refusal(outcome.code, outcome.sentence, outcome.details);
  return outcome;
}

async function findOutcome(
  context: Context,
  caller: Caller,
  request: PurchaseRequest,
): Promise<PurchaseOutcome> {
  const start = await startPurchase(context, caller, request);
  switch (start.kind) {
    case 'started': {
      const order = await settleInTime(context, start.order.id, { isFirst: true });
      return keep(context, keyScope(caller, request), order, await outcomeOf(context, order));
    }
    case 'repeated':
      return joinFirst(context, start.key, start.record);
    case 'refused':
      return start.outcome;
    case 'key_reused':
      return refusedOutcome(
        new Refusal(
          'idempotency_key_reused',
          'This Idempotency-Key was used for another request. Use a new key for each purchase, the same only to repeat one.',
        ),
      );
  }
}

/** A repeated request: the answer of the first where there is one, else the end of the purchase that it started. */
async function joinFirst(
  context: Context,
  key: KeyScope,
  first: IdempotencyRecord,
): Promise<PurchaseOutcome> {
  if (first.outcome) return first.outcome as PurchaseOutcome;
  if (!first.orderId) return inProgress();
  const order = await settleInTime(context, first.orderId, { isFirst: false });
  if (isDecided(order)) return keep(context, key, order, await outcomeOf(context, order));
  const record = await findKey(context.db, key);
  if (record?.outcome) return record.outcome as PurchaseOutcome;
  // The first request must have been over by now: its server has died, and nobody else will answer for it.
  if (ageMs(context, order) > 2 * context.settings.purchaseWaitMs + FIRST_IS_OVER_MS) {
    return keep(context, key, order, await outcomeOf(context, order));
  }
  return inProgress();
}

function ageMs({ clock }: Context, { createdAt }: NumberOrder): number {
  return clock.now().getTime() - createdAt.getTime();
}

/**
 * Settles the order for as long as the request may wait. A carrier call that hangs does not hold the request up:
 * the settling goes on behind it. That limit is on real input and output, so it goes by the real clock.
 */
async function settleInTime(
  context: Context,
  orderId: string,
  { isFirst }: { isFirst: boolean },
): Promise<NumberOrder> {
  const waitMs = context.settings.purchaseWaitMs;
  // Only the first request's buyer has heard of nothing yet; a record that is being removed is waited for.
  const buyer = { waits: isFirst, hearsRefusal: false };
  const buyerWaits = () => {
    if (buyer.waits) buyer.hearsRefusal = true;
    return buyer.waits;
  };
  const timer = new AbortController();
  const timeUp = delay(waitMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
  const settling = settleUntil(context, orderId, waitMs, buyerWaits);
  const settled = await Promise.race([settling, timeUp]);
  timer.abort();
  if (settled) return settled;
  if (buyer.hearsRefusal) return settling;
  buyer.waits = false;
  inBackground(context, `settling ${orderId} failed; its job will try again`, () => settling);
  return getNumberOrder(context.db, orderId);
}

async function settleUntil(
  context: Context,
  orderId: string,
  waitMs: number,
  buyerWaits: () => boolean,
): Promise<NumberOrder> {
  const deadline = context.clock.now().getTime() + waitMs;
  for (;;) {
    const order = await settlePurchase(context, orderId, { buyerWaits });
    const now = context.clock.now().getTime();
    if (isDecided(order) || now >= deadline) return order;
    const wakeAt = Math.min(Math.max(order.nextStepAt.getTime(), now + 1), now + LOOK_EVERY_MS, deadline);
    await context.clock.sleep(wakeAt - now);
  }
}

async function outcomeOf(context: Context, order: NumberOrder): Promise<PurchaseOutcome> {
  if (order.failureCode !== null) {
    return refusedOutcome(refusalOf(order.failureCode as PurchaseFailure, order.phoneNumber));
  }
  const [number, team, usage] = await Promise.all([
    findPhoneNumberById(context.db, order.phoneNumberId),
    findTeam(context.db, order.teamId),
    countUsage(context.db, order.teamId, order.mode),
  ]);
  if (!number || !team) throw new Error(`order ${order.id} has lost its number or its team`);
  const eligibility = eligibilityOf({ plan: planOf(team.plan, team.maxNumbers), ...usage });
  return { kind: 'bought', number: present(number), eligibility };
}

function present(number: PhoneNumber): PurchasedNumber {
  return {
    id: number.id,
    phoneNumber: number.phoneNumber,
    provider: number.provider,
    carrierNumberId: number.carrierNumberId,
    status: number.status === 'purchasing' ? 'purchasing' : 'active',
    isTrial: number.isTrial,
    trialExpiresAt: number.trialExpiresAt && isoTime(number.trialExpiresAt),
  };
}

function inProgress(): PurchaseOutcome {
  return refusedOutcome(
    new Refusal(
      'idempotency_in_progress',
      'The first request with this Idempotency-Key is still running. Repeat this one in a moment to get its answer.',
      { retryAfterSeconds: 1 },
    ),
  );
}

/** Keeps the outcome under the request's key, or frees the key where trying again could end better. */
async function keep(
  context: Context,
  key: KeyScope | null,
  order: NumberOrder,
  outcome: PurchaseOutcome,
): Promise<PurchaseOutcome> {
  if (!key) return outcome;
  if (outcome.kind === 'refused' && REFUSAL_STATUS[outcome.code] >= 500) {
    await freeKey(context.db, key, order.id);
    return outcome;
  }
  return keepOutcome(context.db, key, order.id, outcome);
}
