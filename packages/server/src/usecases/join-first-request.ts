import { findKey, type IdempotencyRecord, type KeyScope } from '../db/idempotency-keys.ts';
import type { NumberOrder } from '../db/number-orders.ts';
import { isDecided } from '../domain/number-order.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Context } from './context.ts';
import { settleAllInTime } from './settle-in-time.ts';

/** What the first request may need after its wait to write its answer down, ms. */
const FIRST_IS_OVER_MS = 2_000;

/**
 * The answer of a repeated request: that of the first where there is one, else what the orders come to that it
 * started.
 * @throws Refusal `idempotency_in_progress`
 */
export async function joinFirst<Outcome>(
  context: Context,
  { key, record }: { key: KeyScope; record: IdempotencyRecord },
  orderIds: readonly string[],
  answer: (orders: NumberOrder[]) => Promise<Outcome>,
): Promise<Outcome> {
  if (record.outcome) return record.outcome as Outcome;
  const orders = await settleAllInTime(context, orderIds, { isFirst: false });
  if (orders.every(isDecided)) return answer(orders);
  const settled = await findKey(context.db, key);
  if (settled?.outcome) return settled.outcome as Outcome;
  // The first request must have been over by now: its server has died, and nobody else will answer for it.
  const overMs = 2 * context.settings.purchaseWaitMs + FIRST_IS_OVER_MS;
  if (orders.every((order) => ageMs(context, order) > overMs)) return answer(orders);
  throw new Refusal(
    'idempotency_in_progress',
    'The first request with this Idempotency-Key is still running. Repeat this one in a moment to get its answer.',
    { retryAfterSeconds: 1 },
  );
}

function ageMs({ clock }: Context, { createdAt }: NumberOrder): number {
  return clock.now().getTime() - createdAt.getTime();
}

/** The refusal of a request whose key was used for another one. */
export function keyReused(): Refusal {
  return new Refusal(
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. Use a new key for each purchase, the same only to repeat one.',
  );
}
