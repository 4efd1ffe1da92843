import { freeKey, type KeyScope, keepOutcome } from '../db/idempotency-keys.ts';
import type { NumberOrder } from '../db/number-orders.ts';
import {
  type BulkOutcome,
  type BulkResult,
  isCarriersFailure,
  type StartedNumber,
} from '../domain/purchase-outcome.ts';
import { Refusal } from '../domain/refusal.ts';
import { keyScope } from './claim-key.ts';
import type { Caller, Context } from './context.ts';
import { findEligibility, findOutcome } from './find-outcome.ts';
import { joinFirst, keyReused } from './join-first-request.ts';
import { settleAllInTime } from './settle-in-time.ts';
import { type BulkRequest, ordersOf, startPurchases } from './start-purchases.ts';

/**
 * Buys several numbers for the caller's team, each with an order of its own: starts those that the plan has room
 * for, settles them a few at once, and waits for them all up to `purchaseWaitMs`. What takes longer goes on without
 * the request, each by its own job. What the carrier refuses is told for each number; the others stay bought.
 *
 * The same Idempotency-Key with the same request gives the same outcome for 24 hours, as for a single number. Only
 * where nothing was bought because of the carrier (5xx), the outcome is not kept.
 *
 * @throws Refusal of the request as a whole: `invalid_request`, those of a search and of the key, and with
 * `allOrNothing` those of a purchase by the plan or for a number that is taken
 */
export async function purchaseNumbers(
  context: Context,
  caller: Caller,
  request: BulkRequest,
): Promise<Extract<BulkOutcome, { kind: 'done' }>> {
  const outcome = await purchase(context, caller, request);
  if (outcome.kind === 'refused') throw new Refusal(outcome.code, outcome.sentence, outcome.details);
  return outcome;
}

async function purchase(context: Context, caller: Caller, request: BulkRequest): Promise<BulkOutcome> {
  const start = await startPurchases(context, caller, request);
  switch (start.kind) {
    case 'started': {
      const orders = await settleAllInTime(context, ordersOf(start.started), { isFirst: true });
      return answer(context, caller, keyScope(caller, request), start.started, orders);
    }
    case 'repeated': {
      const started = start.record.started ?? [];
      return joinFirst<BulkOutcome>(context, start, ordersOf(started), (orders) =>
        answer(context, caller, start.key, started, orders),
      );
    }
    case 'refused':
      return start.outcome;
    case 'key_reused':
      throw keyReused();
  }
}

/** The outcome, kept under the request's key; or the key freed, where trying again could end better. */
async function answer(
  context: Context,
  caller: Caller,
  key: KeyScope | null,
  started: readonly StartedNumber[],
  orders: readonly NumberOrder[],
): Promise<BulkOutcome> {
  const results: BulkResult[] = [];
  for (const number of started) results.push(await resultOf(context, number, orders));
  const outcome: BulkOutcome = { kind: 'done', results, eligibility: await findEligibility(context, caller) };
  if (!key) return outcome;
  const [first] = orders;
  const outcomes = results.map((result) => result.outcome);
  if (first && outcomes.some(isCarriersFailure) && !outcomes.some(({ kind }) => kind === 'bought')) {
    await freeKey(context.db, key, first.id);
    return outcome;
  }
  return keepOutcome(context.db, key, first?.id ?? null, outcome);
}

async function resultOf(
  context: Context,
  number: StartedNumber,
  orders: readonly NumberOrder[],
): Promise<BulkResult> {
  const { phoneNumber } = number;
  if ('refused' in number) return { phoneNumber, outcome: number.refused };
  const order = orders.find(({ id }) => id === number.orderId);
  if (!order) throw new Error(`order ${number.orderId} was started and not settled`);
  return { phoneNumber, outcome: await findOutcome(context, order) };
}
