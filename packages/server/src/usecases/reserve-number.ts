import type { Db } from '../db/database.ts';
import { insertNumberOrder, type NumberOrder } from '../db/number-orders.ts';
import { countUsage, findLiveNumber, insertPhoneNumber, type PhoneNumber } from '../db/phone-numbers.ts';
import { pipelined } from '../db/pipelined.ts';
import { lockTeam } from '../db/teams.ts';
import { decide, eligibilityOf, type Usage } from '../domain/eligibility.ts';
import { planOf } from '../domain/plans.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime, later } from '../domain/time.ts';
import { trialEnd } from '../domain/trial.ts';
import type { Caller, Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** What is to be bought. */
export interface WantedNumber {
  /** E.164, checked. */
  phoneNumber: string;
  connectionId?: string | undefined;
  /** USD a month, decimal. */
  maxMonthlyPrice?: string | undefined;
}

/** The safety net looks after the request's own wait is over: as long as the request lives, it settles the order itself. */
const SAFETY_NET_MARGIN_MS = 2_000;

/**
 * Takes a slot of the team's plan and the number, and writes down the order, its event and the job that will see
 * it through: part of the caller's transaction. The team's row is locked from the count on.
 * @returns the order, or the refusal; then nothing was written
 */
export async function reserveNumber(
  context: Context,
  tx: Db,
  caller: Caller,
  request: WantedNumber,
  provider: string,
): Promise<NumberOrder | Refusal> {
  const usage = await lockUsage(tx, caller);
  const decision = decide(usage);
  if (!decision.allowed) {
    return new Refusal(decision.code, decision.sentence, { eligibility: eligibilityOf(usage) });
  }

  const now = context.clock.now();
  const number: PhoneNumber = {
    id: context.newId('pn'),
    teamId: caller.teamId,
    mode: caller.mode,
    phoneNumber: request.phoneNumber,
    provider,
    carrierNumberId: null,
    connectionId: request.connectionId ?? null,
    routingStatus: 'in_sync',
    routingAttempts: 0,
    routingNextAt: null,
    status: 'purchasing',
    isTrial: decision.asTrial,
    trialExpiresAt: decision.asTrial ? trialEnd(now) : null,
    boughtAsTrial: decision.asTrial,
    assistantId: null,
    label: null,
    restingUntil: null,
    lastCallAt: null,
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
  };
  if (!(await insertPhoneNumber(tx, number))) return taken(tx, caller, request.phoneNumber);

  const order = newOrder(context, caller, request, number.id, now);
  const safetyNetAt = later(now, context.settings.purchaseWaitMs + SAFETY_NET_MARGIN_MS);
  // None waits for another: they go to the database together.
  await pipelined([
    insertNumberOrder(tx, order),
    recordEvent(context, tx, {
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
    }),
    context.queue.enqueue(tx, 'settle-purchase', { orderId: order.id }, safetyNetAt),
  ]);
  if (number.trialExpiresAt) await context.queue.enqueue(tx, 'end-trials', {}, number.trialExpiresAt);
  return order;
}

/** What the team's plan allows and what is used of it, the team's row locked until the transaction ends. */
export async function lockUsage(tx: Db, caller: Caller): Promise<Usage> {
  // Asked for together and answered in this order: the count sees what the lock has waited for.
  const [team, usage] = await pipelined([
    lockTeam(tx, caller.teamId),
    countUsage(tx, caller.teamId, caller.mode),
  ]);
  if (!team) throw new Error(`${caller.actor.id} acts for a team that is not there`);
  return { plan: planOf(team.plan, team.maxNumbers), ...usage };
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
  request: WantedNumber,
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
