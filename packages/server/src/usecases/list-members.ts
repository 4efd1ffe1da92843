import { listMembers as list, type Member } from '../db/members.ts';
import type { Caller, Context } from './context.ts';

/** Everybody in the caller's team, the first joined first. */
export async function listMembers({ db }: Context, { teamId }: Caller): Promise<Member[]> {
  return list(db, teamId);
}
