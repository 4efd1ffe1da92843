import { freeKey, type KeyScope, keepOutcome } from '../db/idempotency-keys.ts';
import type { NumberOrder } from '../db/number-orders.ts';
import { isCarriersFailure, type PurchaseOutcome } from '../domain/purchase-outcome.ts';
import { Refusal } from '../domain/refusal.ts';
import { keyScope } from './claim-key.ts';
import type { Caller, Context } from './context.ts';
import { findPurchaseOutcome } from './find-outcome.ts';
import { joinFirst, keyReused } from './join-first-request.ts';
import { settleInTime } from './settle-in-time.ts';
import { type PurchaseRequest, startPurchase } from './start-purchase.ts';

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
  const outcome = await purchase(context, caller, request);
  if (outcome.kind === 'refused') throw new Refusal(outcome.code, outcome.sentence, outcome.details);
  return outcome;
}

async function purchase(
  context: Context,
  caller: Caller,
  request: PurchaseRequest,
): Promise<PurchaseOutcome> {
  const start = await startPurchase(context, caller, request);
  switch (start.kind) {
    case 'started': {
      const order = await settleInTime(context, start.order, { isFirst: true });
      return answer(context, keyScope(caller, request), order);
    }
    case 'repeated': {
      const { orderId } = start.record;
      return joinFirst(context, start, orderId === null ? [] : [orderId], ([order]) => {
        if (!order) throw new Error(`the key ${start.key.key} has neither an order nor an answer`);
        return answer(context, start.key, order);
      });
    }
    case 'refused':
      return start.outcome;
    case 'key_reused':
      throw keyReused();
  }
}

/** The outcome, kept under the request's key; or the key freed, where trying again could end better. */
async function answer(context: Context, key: KeyScope | null, order: NumberOrder): Promise<PurchaseOutcome> {
  const outcome = await findPurchaseOutcome(context, order);
  if (!key) return outcome;
  if (isCarriersFailure(outcome)) {
    await freeKey(context.db, key, order.id);
    return outcome;
  }
  return keepOutcome(context.db, key, order.id, outcome);
}
