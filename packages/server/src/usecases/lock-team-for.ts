import type { Db } from '../db/database.ts';
import { findMember } from '../db/members.ts';
import { lockTeam, type TeamWithRole } from '../db/teams.ts';
import { Refusal } from '../domain/refusal.ts';
import { isAtLeast } from '../domain/roles.ts';
import { ROLE_FOR_SCOPE, type Scope } from '../domain/scopes.ts';
import type { Caller } from './context.ts';

/**
 * Locks the caller's team, and asks again what the caller is in it: since access was checked they may have become
 * less, and who changes members and keys must not have been removed meanwhile.
 * @throws Refusal `forbidden`
 */
export async function lockTeamFor(tx: Db, caller: Caller, scope: Scope): Promise<TeamWithRole> {
  const team = await lockTeam(tx, caller.teamId);
  if (!team) throw new Error(`team ${caller.teamId} has vanished`);
  // A key in nobody's name is the operator's, and stays what it is.
  const role =
    caller.userId === null ? caller.role : (await findMember(tx, caller.teamId, caller.userId))?.role;
  if (role && isAtLeast(role, ROLE_FOR_SCOPE[scope])) return { team, role };
  throw new Refusal('forbidden', 'Your role in the team has changed a moment ago. Ask an owner or admin.');
}
