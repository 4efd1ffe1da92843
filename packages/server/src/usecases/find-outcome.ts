import type { NumberOrder } from '../db/number-orders.ts';
import { type BoughtNumber, countUsage, findBoughtNumber } from '../db/phone-numbers.ts';
import { findTeam } from '../db/teams.ts';
import { type Eligibility, eligibilityOf } from '../domain/eligibility.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import { type PurchaseFailure, refusalOf } from '../domain/purchase-failure.ts';
import {
  type NumberOutcome,
  type PurchasedNumber,
  type PurchaseOutcome,
  refusedOutcome,
} from '../domain/purchase-outcome.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from './context.ts';

/** What became of the number that was ordered, as far as it is known. */
export async function findOutcome(context: Context, order: NumberOrder): Promise<NumberOutcome> {
  const outcome = await findPurchaseOutcome(context, order);
  return outcome.kind === 'refused' ? outcome : { kind: outcome.kind, number: outcome.number };
}

/** The same, with the team's plan and what is used of it now. */
export async function findPurchaseOutcome(context: Context, order: NumberOrder): Promise<PurchaseOutcome> {
  if (order.failureCode !== null) {
    return refusedOutcome(refusalOf(order.failureCode as PurchaseFailure, order.phoneNumber));
  }
  const bought = await findBoughtNumber(context.db, order.phoneNumberId);
  if (!bought) throw new Error(`order ${order.id} has lost its number`);
  const plan = planOf(bought.plan, bought.maxNumbers);
  return {
    kind: 'bought',
    number: present(bought),
    eligibility: eligibilityOf({ plan, currentCount: bought.currentCount }),
  };
}

/** The team's plan and what is used of it now. */
export async function findEligibility(
  context: Context,
  { teamId, mode }: { teamId: string; mode: Mode },
): Promise<Eligibility> {
  const [team, usage] = await Promise.all([
    findTeam(context.db, teamId),
    countUsage(context.db, teamId, mode),
  ]);
  if (!team) throw new Error(`team ${teamId} is not there`);
  return eligibilityOf({ plan: planOf(team.plan, team.maxNumbers), ...usage });
}

function present(number: BoughtNumber): PurchasedNumber {
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
