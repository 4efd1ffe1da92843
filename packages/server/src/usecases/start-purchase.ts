import { keepOutcome, linkKeyToOrder } from '../db/idempotency-keys.ts';
import type { NumberOrder } from '../db/number-orders.ts';
import { type RefusedOutcome, refusedOutcome } from '../domain/purchase-outcome.ts';
import { Refusal } from '../domain/refusal.ts';
import { claimOrRepeat, hashOf, keyScope, type Repetition } from './claim-key.ts';
import { type Caller, type Context, carrierOf } from './context.ts';
import { reserveNumber, type WantedNumber } from './reserve-number.ts';

/** What a client asks to buy. */
export interface PurchaseRequest extends WantedNumber {
  idempotencyKey?: string;
}

export type Start =
  | { kind: 'started'; order: NumberOrder }
  | Repetition
  | { kind: 'refused'; outcome: RefusedOutcome };

/**
 * Takes a slot of the team's plan and the number, and writes down the order, its event and the job that will see
 * it through: one transaction, all or nothing, before the carrier hears of it.
 *
 * The team's row is locked from the count to the insert, so any number of purchases at once cannot pass the limit.
 */
export async function startPurchase(
  context: Context,
  caller: Caller,
  request: PurchaseRequest,
): Promise<Start> {
  const provider = carrierOf(context, caller.mode).name;
  return context.inTurn(caller.teamId, () =>
    context.db.transaction(async (tx) => {
      const key = keyScope(caller, request);
      const repetition = key && (await claimOrRepeat(context, tx, key, hashRequest(request)));
      if (repetition) return repetition;

      const reserved = await reserveNumber(context, tx, caller, request, provider);
      if (reserved instanceof Refusal) {
        const outcome = refusedOutcome(reserved);
        if (key) await keepOutcome(tx, key, null, outcome);
        return { kind: 'refused', outcome };
      }
      if (key) await linkKeyToOrder(tx, key, reserved.id);
      return { kind: 'started', order: reserved };
    }),
  );
}

function hashRequest({ phoneNumber, connectionId, maxMonthlyPrice }: PurchaseRequest): string {
  return hashOf([phoneNumber, connectionId, maxMonthlyPrice]);
}
