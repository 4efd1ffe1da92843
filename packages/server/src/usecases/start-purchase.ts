import { createHash } from 'node:crypto';
import type { Db } from '../db/database.ts';
import {
  claimKey,
  findKey,
  type IdempotencyRecord,
  type KeyScope,
  keepOutcome,
  linkKeyToOrder,
} from '../db/idempotency-keys.ts';
import { insertNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { countUsage, findLiveNumber, insertPhoneNumber } from '../db/phone-numbers.ts';
import { lockTeam } from '../db/teams.ts';
import { decide, eligibilityOf } from '../domain/eligibility.ts';
import { planOf } from '../domain/plans.ts';
import { type PurchaseOutcome, refusedOutcome } from '../domain/purchase-outcome.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime, later } from '../domain/time.ts';
import { trialEnd } from '../domain/trial.ts';
import { type Caller, type Context, carrierOf } from './context.ts';
import { recordEvent } from './record-event.ts';

/** What a client asks to buy. */
export interface PurchaseRequest {
  /** E.164, checked. */
  phoneNumber: string;
  connectionId?: string;
  /** USD a month, decimal. */
  maxMonthlyPrice?: string;
  idempotencyKey?: string;
}

export type Start =
  | { kind: 'started'; order: NumberOrder }
  /** The key was used before, with the same request: its order goes on, or its answer is there. */
  | { kind: 'repeated'; key: KeyScope; record: IdempotencyRecord }
  /** The key was used before, with another request. */
  | { kind: 'key_reused' }
  | { kind: 'refused'; outcome: PurchaseOutcome };

/** How long an Idempotency-Key is remembered, ms. */
const IDEMPOTENCY_KEY_MS = 24 * 60 * 60 * 1000;

/** The safety net looks after the request's own wait is over: as long as the request lives, it settles the order itself. */
const SAFETY_NET_MARGIN_MS = 2_000;

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
  return context.db.transaction(async (tx) => {
    const key = keyScope(caller, request);
    if (key && !(await claim(context, tx, key, request))) return repeat(tx, key, request);

    const reserved = await reserve(context, tx, caller, request, provider);
    if (reserved instanceof Refusal) {
      const outcome = refusedOutcome(reserved);
      if (key) await keepOutcome(tx, key, null, outcome);
      return { kind: 'refused', outcome };
    }
    if (key) await linkKeyToOrder(tx, key, reserved.id);
    return { kind: 'started', order: reserved };
  });
}

/** The Idempotency-Key of a request as it is stored, null where it has none. */
export function keyScope(caller: Caller, { idempotencyKey }: PurchaseRequest): KeyScope | null {
  return idempotencyKey === undefined
    ? null
    : { teamId: caller.teamId, mode: caller.mode, key: idempotencyKey };
}

/** Keys from before this time count as unused. */
export function idempotencyKeysExpiredAt(now: Date): Date {
  return later(now, -IDEMPOTENCY_KEY_MS);
}

async function claim(context: Context, tx: Db, key: KeyScope, request: PurchaseRequest): Promise<boolean> {
  const now = context.clock.now();
  return claimKey(tx, key, {
    requestHash: hashRequest(request),
    now,
    expiredBefore: idempotencyKeysExpiredAt(now),
  });
}

async function repeat(tx: Db, key: KeyScope, request: PurchaseRequest): Promise<Start> {
  const record = await findKey(tx, key);
  if (!record) throw new Error('an idempotency key that is claimed cannot be missing');
  return record.requestHash === hashRequest(request)
    ? { kind: 'repeated', key, record }
    : { kind: 'key_reused' };
}

async function reserve(
  context: Context,
  tx: Db,
  caller: Caller,
  request: PurchaseRequest,
  provider: string,
): Promise<NumberOrder | Refusal> {
  const team = await lockTeam(tx, caller.teamId);
  if (!team) throw new Error(`${caller.actor.id} acts for a team that is not there`);
  const usage = {
    plan: planOf(team.plan, team.maxNumbers),
    ...(await countUsage(tx, caller.teamId, caller.mode)),
  };
  const decision = decide(usage);
  if (!decision.allowed) {
    return new Refusal(decision.code, decision.sentence, { eligibility: eligibilityOf(usage) });
  }

  const now = context.clock.now();
  const number = await insertPhoneNumber(tx, {
    id: context.newId('pn'),
    teamId: caller.teamId,
    mode: caller.mode,
    phoneNumber: request.phoneNumber,
    provider,
    carrierNumberId: null,
    connectionId: request.connectionId ?? null,
    status: 'purchasing',
    isTrial: decision.asTrial,
    trialExpiresAt: decision.asTrial ? trialEnd(now) : null,
    boughtAsTrial: decision.asTrial,
    assistantId: null,
    label: null,
    deletionLock: false,
    releaseAt: null,
    givingBackAt: null,
    giveBackAttempts: 0,
    releasedAt: null,
    suspendedAt: null,
    suspensionEndsAt: null,
    warnedDaysLeft: null,
    createdBy: caller.userId,
    monthlyPrice: null,
    setupPrice: null,
    createdAt: now,
    updatedAt: now,
  });
  if (!number) return taken(tx, caller, request.phoneNumber);

  const order = await insertNumberOrder(tx, newOrder(context, caller, request, number.id, now));
  await recordEvent(context, tx, {
    teamId: caller.teamId,
    mode: caller.mode,
    type: 'phone_number.purchase_started',
    subject: number.id,
    actor: caller.actor,
    after: {
      status: number.status,
      is_trial: number.isTrial,
      trial_expires_at: number.trialExpiresAt && isoTime(number.trialExpiresAt),
    },
    data: { phone_number: request.phoneNumber, order_id: order.id },
  });
  const safetyNetAt = later(now, context.settings.purchaseWaitMs + SAFETY_NET_MARGIN_MS);
  await context.queue.enqueue(tx, 'settle-purchase', { orderId: order.id }, safetyNetAt);
  if (number.trialExpiresAt) await context.queue.enqueue(tx, 'end-trials', {}, number.trialExpiresAt);
  return order;
}

/** Somebody has the number. Which other team does is nobody's business. */
async function taken(tx: Db, caller: Caller, phoneNumber: string): Promise<Refusal> {
  const holder = await findLiveNumber(tx, caller.mode, phoneNumber);
  return holder?.teamId === caller.teamId
    ? new Refusal(
        'number_already_owned',
        `Your team has ${phoneNumber} already (${holder.status}). It is in the list of numbers; there is nothing to buy.`,
      )
    : new Refusal(
        'number_unavailable',
        `${phoneNumber} is not available any more. Search again and choose another number.`,
      );
}

function newOrder(
  context: Context,
  caller: Caller,
  request: PurchaseRequest,
  phoneNumberId: string,
  now: Date,
): NumberOrder {
  return {
    id: context.newId('ord'),
    teamId: caller.teamId,
    mode: caller.mode,
    phoneNumberId,
    phoneNumber: request.phoneNumber,
    connectionId: request.connectionId ?? null,
    maxMonthlyPrice: request.maxMonthlyPrice ?? null,
    state: 'reserved',
    version: 0,
    carrierOrderId: null,
    orderAttempts: 0,
    orderingAt: null,
    checks: 0,
    nextStepAt: now,
    failureCode: null,
    failureDetail: null,
    createdAt: now,
    updatedAt: now,
  };
}

function hashRequest({ phoneNumber, connectionId, maxMonthlyPrice }: PurchaseRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([phoneNumber, connectionId, maxMonthlyPrice]))
    .digest('hex');
}
