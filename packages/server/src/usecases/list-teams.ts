import { findTeam, listTeamsOf, type TeamWithRole } from '../db/teams.ts';
import type { Caller, Context, Person } from './context.ts';

/** The teams that a person is in, the first joined first. */
export async function listTeams({ db }: Context, { userId }: Person): Promise<TeamWithRole[]> {
  return listTeamsOf(db, userId);
}

/** The one team of a key, and what the person in whose name it acts is in it. */
export async function listTeamOfKey({ db }: Context, caller: Caller): Promise<TeamWithRole[]> {
  const team = await findTeam(db, caller.teamId);
  return team ? [{ team, role: caller.role }] : [];
}
