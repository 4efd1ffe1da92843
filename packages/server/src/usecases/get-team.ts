import { countUsage } from '../db/phone-numbers.ts';
import { findTeam, type TeamWithRole } from '../db/teams.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import type { Caller, Context } from './context.ts';

export interface TeamDetails extends TeamWithRole {
  /** Numbers that hold a slot, and how many may. */
  numbers: Record<Mode, { held: number; limit: number }>;
  /** How long a released number can be restored. */
  releaseGraceDays: number;
}

/** The caller's team, and how much of its plan is used. */
export async function getTeam({ db, settings }: Context, { teamId, role }: Caller): Promise<TeamDetails> {
  const [team, live, test] = await Promise.all([
    findTeam(db, teamId),
    countUsage(db, teamId, 'live'),
    countUsage(db, teamId, 'test'),
  ]);
  if (!team) throw new Error(`team ${teamId} has vanished`);
  const { maxNumbers: limit } = planOf(team.plan, team.maxNumbers);
  return {
    team,
    role,
    numbers: { live: { held: live.currentCount, limit }, test: { held: test.currentCount, limit } },
    releaseGraceDays: settings.releaseGraceDays,
  };
}
