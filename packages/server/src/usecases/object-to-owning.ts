import type { Db } from '../db/database.ts';
import { countFreeTeamsLocked } from '../db/members.ts';
import { objectionToFreeTeam, type PlanId } from '../domain/plans.ts';
import type { Objection } from '../domain/refusal.ts';

/**
 * Whether somebody may become the owner of a team on this plan, however they come to it: by making it, by an
 * invitation, or by a new role. The person's row is locked from the count on.
 */
export async function objectionToOwning(tx: Db, plan: PlanId, userId: string): Promise<Objection | null> {
  return plan === 'free' ? objectionToFreeTeam(await countFreeTeamsLocked(tx, userId)) : null;
}
