import type { Db } from '../db/database.ts';
import { keepOutcome, linkKeyToOrders } from '../db/idempotency-keys.ts';
import { takeTurns } from '../db/phone-numbers.ts';
import { parseE164 } from '../domain/e164.ts';
import { decide, eligibilityOf } from '../domain/eligibility.ts';
import { type RefusedOutcome, refusedOutcome, type StartedNumber } from '../domain/purchase-outcome.ts';
import { Refusal } from '../domain/refusal.ts';
import { chooseNumbers, type WantedNumbers } from './choose-numbers.ts';
import { claimOrRepeat, findRepetition, hashOf, keyScope, type Repetition } from './claim-key.ts';
import { type Caller, type Context, carrierOf } from './context.ts';
import { lockUsage, reserveNumber, type WantedNumber } from './reserve-number.ts';

/** What a client asks to buy at once. */
export interface BulkRequest extends Omit<WantedNumber, 'phoneNumber'> {
  wanted: WantedNumbers;
  /** Whether nothing is to be started where not everything can be. */
  allOrNothing: boolean;
  idempotencyKey?: string | undefined;
}

export type BulkStart =
  | { kind: 'started'; started: StartedNumber[] }
  | Repetition
  | { kind: 'refused'; outcome: RefusedOutcome };

/**
 * Takes slots of the team's plan and numbers, and writes down an order for each as a single purchase does: one
 * transaction under the team's lock, before the carrier hears of any. As many as fit are started, in the order of
 * the request, and the others refused; with `allOrNothing` all of them, or none.
 *
 * What it has started is kept under the request's key: a repeated request finds the same orders.
 *
 * @throws Refusal `invalid_request` and those of a search
 */
export async function startPurchases(
  context: Context,
  caller: Caller,
  request: BulkRequest,
): Promise<BulkStart> {
  const provider = carrierOf(context, caller.mode).name;
  const key = keyScope(caller, request);
  const requestHash = hashRequest(request);
  // Before the search: offers change, and a carrier that is down is no reason not to answer again.
  const earlier = key && (await findRepetition(context, key, requestHash));
  if (earlier) return earlier;

  const phoneNumbers = await chooseNumbers(context, caller, request.wanted, request);
  return context.inTurn(caller.teamId, () =>
    context.db.transaction(async (tx) => {
      const repetition = key && (await claimOrRepeat(context, tx, key, requestHash));
      if (repetition) return repetition;

      const started = await reserve(context, tx, caller, { request, phoneNumbers, provider });
      if (started instanceof Refusal) {
        const outcome = refusedOutcome(started);
        if (key) await keepOutcome(tx, key, null, outcome);
        return { kind: 'refused', outcome };
      }
      if (key) await linkKeyToOrders(tx, key, { orderId: ordersOf(started)[0] ?? null, started });
      return { kind: 'started', started };
    }),
  );
}

/** The ids of the orders among them. */
export function ordersOf(started: readonly StartedNumber[]): string[] {
  return started.flatMap((number) => ('orderId' in number ? [number.orderId] : []));
}

interface Reservation {
  request: BulkRequest;
  phoneNumbers: readonly string[];
  provider: string;
}

async function reserve(
  context: Context,
  tx: Db,
  caller: Caller,
  reservation: Reservation,
): Promise<StartedNumber[] | Refusal> {
  const usage = await lockUsage(tx, caller);
  await takeTurns(tx, caller.mode, reservation.phoneNumbers);
  if (!reservation.request.allOrNothing) return reserveEach(context, tx, caller, reservation);

  const decision = decide(usage, reservation.phoneNumbers.length);
  if (!decision.allowed) {
    return new Refusal(decision.code, decision.sentence, { eligibility: eligibilityOf(usage) });
  }
  try {
    // A transaction of its own inside, so that one number that cannot be had takes the others back with it.
    return await tx.transaction((inner) => reserveEach(context, inner, caller, reservation));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** @throws Refusal with `allOrNothing`, of the first number that cannot be had */
async function reserveEach(
  context: Context,
  tx: Db,
  caller: Caller,
  { request, phoneNumbers, provider }: Reservation,
): Promise<StartedNumber[]> {
  const started: StartedNumber[] = [];
  for (const phoneNumber of phoneNumbers) {
    const number = parseE164(phoneNumber);
    const reserved = number.valid
      ? await reserveNumber(context, tx, caller, { ...request, phoneNumber }, provider)
      : new Refusal('invalid_request', `"${phoneNumber}" ${number.message}.`);
    if (!(reserved instanceof Refusal)) started.push({ phoneNumber, orderId: reserved.id });
    else if (request.allOrNothing) throw reserved;
    else started.push({ phoneNumber, refused: refusedOutcome(reserved) });
  }
  return started;
}

function hashRequest({ wanted, connectionId, maxMonthlyPrice, allOrNothing }: BulkRequest): string {
  const what =
    'filters' in wanted
      ? [Object.entries(wanted.filters).sort(([one], [two]) => (one < two ? -1 : 1)), wanted.quantity]
      : wanted.phoneNumbers;
  return hashOf(['bulk', what, connectionId, maxMonthlyPrice, allOrNothing]);
}
