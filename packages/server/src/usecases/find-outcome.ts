import type { NumberOrder } from '../db/number-orders.ts';
import { countUsage, findPhoneNumberById, type PhoneNumber } from '../db/phone-numbers.ts';
import { findTeam } from '../db/teams.ts';
import { type Eligibility, eligibilityOf } from '../domain/eligibility.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import { type PurchaseFailure, refusalOf } from '../domain/purchase-failure.ts';
import { type NumberOutcome, type PurchasedNumber, refusedOutcome } from '../domain/purchase-outcome.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from './context.ts';

/** What became of the number that was ordered, as far as it is known. */
export async function findOutcome(context: Context, order: NumberOrder): Promise<NumberOutcome> {
  if (order.failureCode !== null) {
    return refusedOutcome(refusalOf(order.failureCode as PurchaseFailure, order.phoneNumber));
  }
  const number = await findPhoneNumberById(context.db, order.phoneNumberId);
  if (!number) throw new Error(`order ${order.id} has lost its number`);
  return { kind: 'bought', number: present(number) };
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
