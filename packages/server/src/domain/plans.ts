import type { Objection } from './refusal.ts';

export const PLAN_IDS = ['free', 'starter', 'growth', 'business', 'enterprise'] as const;

export type PlanId = (typeof PLAN_IDS)[number];

export interface Plan {
  id: PlanId;
  /** As people see it. */
  name: string;
  /** Numbers a team may hold at a time; enterprise teams have a figure of their own. */
  maxNumbers: number;
  /** Numbers of a plan without a subscription are trials. */
  hasSubscription: boolean;
}

const PLANS: Record<PlanId, Plan> = {
  free: { id: 'free', name: 'Free', maxNumbers: 1, hasSubscription: false },
  starter: { id: 'starter', name: 'Starter', maxNumbers: 3, hasSubscription: true },
  growth: { id: 'growth', name: 'Growth', maxNumbers: 10, hasSubscription: true },
  business: { id: 'business', name: 'Business', maxNumbers: 50, hasSubscription: true },
  enterprise: { id: 'enterprise', name: 'Enterprise', maxNumbers: 500, hasSubscription: true },
};

/** All plans, the smallest first. */
export const ALL_PLANS: readonly Plan[] = Object.values(PLANS);

/**
 * The plan as it holds for one team.
 * @param maxNumbers the team's own figure; only enterprise teams have one, null means the plan's default
 */
export function planOf(id: PlanId, maxNumbers: number | null): Plan {
  const plan = PLANS[id];
  return maxNumbers === null ? plan : { ...plan, maxNumbers };
}

/** How many teams on the Free plan a person may own: each has a trial number, which costs money. */
const MAX_FREE_TEAMS = 3;

/** Somebody becomes the owner of one more team on the Free plan. */
export function objectionToFreeTeam(owned: number): Objection | null {
  if (owned < MAX_FREE_TEAMS) return null;
  return {
    code: 'team_limit_reached',
    sentence: `A person may own ${MAX_FREE_TEAMS} teams on the Free plan. Put one of them on a paid plan, or make somebody else its owner.`,
  };
}
