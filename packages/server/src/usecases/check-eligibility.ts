import { CarrierError, type Offer } from '../carriers/carrier.ts';
import { countUsage, findLiveNumber } from '../db/phone-numbers.ts';
import { findTeam } from '../db/teams.ts';
import { decide, type Eligibility, eligibilityOf } from '../domain/eligibility.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import { Refusal, type RefusalCode } from '../domain/refusal.ts';
import { type Caller, type Context, carrierOf } from './context.ts';

/** A reason why the purchase would be refused now; the sentence says what to do. */
export interface Obstacle {
  code: RefusalCode;
  error: string;
}

export interface Preflight {
  /** Whether a purchase would be tried: no obstacle is known. */
  eligible: boolean;
  mode: Mode;
  /** Whether the number would be a trial. */
  asTrial: boolean;
  eligibility: Eligibility;
  /** What the carrier asks for the number; null where none was named, or it is not on offer. */
  offer: Offer | null;
  obstacles: Obstacle[];
}

/**
 * What would become of a purchase now: quota, trial, mode, stock and price in one answer. It promises nothing:
 * only the purchase itself decides, under a lock.
 * @param phoneNumber E.164, checked; without it only the plan is looked at
 */
export async function checkEligibility(
  context: Context,
  caller: Caller,
  phoneNumber: string | undefined,
): Promise<Preflight> {
  const team = await findTeam(context.db, caller.teamId);
  if (!team) throw new Error(`${caller.actor.id} acts for a team that is not there`);
  const usage = {
    plan: planOf(team.plan, team.maxNumbers),
    ...(await countUsage(context.db, caller.teamId, caller.mode)),
  };
  const decision = decide(usage);
  const obstacles: Obstacle[] = decision.allowed ? [] : [{ code: decision.code, error: decision.sentence }];
  let offer: Offer | null = null;
  try {
    const carrier = carrierOf(context, caller.mode);
    if (phoneNumber !== undefined) {
      offer = await carrier.findOffer(phoneNumber, { fresh: true });
      obstacles.push(...(await stockObstacles(context, caller, phoneNumber, offer)));
    }
  } catch (error) {
    obstacles.push(carrierObstacle(error));
  }
  return {
    eligible: obstacles.length === 0,
    mode: caller.mode,
    asTrial: !usage.plan.hasSubscription,
    eligibility: eligibilityOf(usage),
    offer,
    obstacles,
  };
}

async function stockObstacles(
  context: Context,
  caller: Caller,
  phoneNumber: string,
  offer: Offer | null,
): Promise<Obstacle[]> {
  const holder = await findLiveNumber(context.db, caller.mode, phoneNumber);
  if (holder?.teamId === caller.teamId) {
    return [
      {
        code: 'number_already_owned',
        error: `Your team has ${phoneNumber} already (${holder.status}). It is in the list of numbers; there is nothing to buy.`,
      },
    ];
  }
  if (holder || !offer) {
    return [
      {
        code: 'number_unavailable',
        error: `${phoneNumber} is not on offer. Search again and choose another number.`,
      },
    ];
  }
  return [];
}

function carrierObstacle(error: unknown): Obstacle {
  if (error instanceof Refusal) return { code: error.code, error: error.message };
  if (!(error instanceof CarrierError)) throw error;
  return { code: 'carrier_unavailable', error: 'The carrier cannot answer just now. Try again in a moment.' };
}
