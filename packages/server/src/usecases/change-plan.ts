import type { Db } from '../db/database.ts';
import { OPERATOR, SYSTEM } from '../db/events.ts';
import { endTrialsAsPaid } from '../db/phone-numbers.ts';
import { lockTeam, setPlan, type Team } from '../db/teams.ts';
import { MODES } from '../domain/mode.ts';
import { type PlanId, planOf } from '../domain/plans.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';
import { limitGrace } from './release-number.ts';
import { reactivateWithinLimit, suspendOverLimit } from './suspend-numbers.ts';

export interface PlanChange {
  plan: PlanId;
  /** Enterprise only: the team's own figure. */
  maxNumbers?: number;
}

/**
 * Puts a team on a plan, in the name of the operator. A paid plan turns the team's trial number into a paid one and brings suspended numbers
 * back; a smaller one keeps the numbers and stops buying; without a subscription the numbers over the limit are
 * suspended.
 * @throws Refusal `not_found`, or `invalid_request` for a figure of its own outside enterprise
 */
export async function changePlan(context: Context, teamId: string, change: PlanChange): Promise<Team> {
  checkOwnFigure(change.plan, change.maxNumbers);
  const now = context.clock.now();
  return context.db.transaction(async (tx) => {
    const before = await lockTeam(tx, teamId);
    const team = await setPlan(tx, teamId, { plan: change.plan, maxNumbers: change.maxNumbers ?? null, now });
    if (!before || !team) throw new Refusal('not_found', `There is no team ${teamId}.`);
    await recordPlanChange(context, tx, before, team);
    if (planOf(team.plan, team.maxNumbers).hasSubscription) await startSubscription(context, tx, team);
    else for (const mode of MODES) await suspendOverLimit(context, tx, team, mode);
    for (const mode of MODES) await limitGrace(context, tx, team, mode);
    return team;
  });
}

async function recordPlanChange(context: Context, tx: Db, before: Team, after: Team): Promise<void> {
  if (before.plan === after.plan && before.maxNumbers === after.maxNumbers) return;
  await recordEvent(context, tx, {
    teamId: after.id,
    mode: null,
    type: 'team.plan_changed',
    subject: after.id,
    actor: OPERATOR,
    before: { plan: before.plan, max_numbers: before.maxNumbers },
    after: { plan: after.plan, max_numbers: after.maxNumbers },
    data: {},
  });
}

/** Trials become paid numbers, and suspended numbers come back. */
async function startSubscription(context: Context, tx: Db, team: Team): Promise<void> {
  for (const number of await endTrialsAsPaid(tx, team.id, context.clock.now())) {
    await recordEvent(context, tx, {
      teamId: team.id,
      mode: number.mode,
      type: 'phone_number.trial_converted',
      subject: number.id,
      actor: SYSTEM,
      before: { is_trial: true, trial_expires_at: number.trialExpiresAt && isoTime(number.trialExpiresAt) },
      after: { is_trial: false, trial_expires_at: null },
      data: { phone_number: number.phoneNumber, plan: team.plan },
    });
  }
  for (const mode of MODES) await reactivateWithinLimit(context, tx, team, mode);
}

/** Only the enterprise plan is sized per team. */
export function checkOwnFigure(plan: PlanId, maxNumbers: number | undefined): void {
  if (maxNumbers === undefined || plan === 'enterprise') return;
  throw invalidRequest([
    { path: 'maxNumbers', message: `is for the enterprise plan only; the ${plan} plan has a fixed size` },
  ]);
}
