import type { Plan } from './plans.ts';

/** What a team's plan allows and how much of it is used, as clients see it. */
export interface Eligibility {
  currentCount: number;
  maxAllowed: number;
  hasSubscription: boolean;
  planName: string;
}

/** The facts that decide, read while the team's row is locked. */
export interface Usage {
  plan: Plan;
  /** Numbers that hold a slot now, see {@link holdsSlot}. */
  currentCount: number;
  /** The team has, or has had, a trial number that worked. */
  trialUsed: boolean;
}

export type Decision =
  | { allowed: true; asTrial: boolean }
  | { allowed: false; code: 'plan_limit_reached' | 'trial_already_used'; sentence: string };

/** The usage in the form in which clients get it. */
export function eligibilityOf({ plan, currentCount }: Pick<Usage, 'plan' | 'currentCount'>): Eligibility {
  return {
    currentCount,
    maxAllowed: plan.maxNumbers,
    hasSubscription: plan.hasSubscription,
    planName: plan.name,
  };
}

/** Whether a team may buy one more number, or so many at once, and whether they would be trials. */
export function decide(usage: Usage, wanted = 1): Decision {
  const { plan, trialUsed } = usage;
  if (!plan.hasSubscription && trialUsed) {
    return {
      allowed: false,
      code: 'trial_already_used',
      sentence: `The ${plan.name} plan has one trial number, and this team has had it. Choose a paid plan to buy numbers.`,
    };
  }
  return hasRoom(usage, wanted) ? { allowed: true, asTrial: !plan.hasSubscription } : full(usage, wanted);
}

/** Whether a number that the team has released may come back: it needs a slot, and no new trial. */
export function decideRestore(usage: Usage): Decision {
  return hasRoom(usage, 1) ? { allowed: true, asTrial: false } : full(usage, 1);
}

function hasRoom({ plan, currentCount }: Usage, wanted: number): boolean {
  return currentCount + wanted <= plan.maxNumbers;
}

function full({ plan, currentCount }: Usage, wanted: number): Decision {
  return {
    allowed: false,
    code: 'plan_limit_reached',
    sentence: `The ${plan.name} plan allows ${plan.maxNumbers} number${plan.maxNumbers === 1 ? '' : 's'}, and this team has ${currentCount}. ${wanted === 1 ? 'Release a number' : `${wanted} more do not fit: ask for fewer, release some`} or choose a larger plan.`,
  };
}
