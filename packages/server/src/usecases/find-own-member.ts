import type { Db } from '../db/database.ts';
import { findMember, type Member } from '../db/members.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * A member of the caller's team.
 * @throws Refusal `not_found`, the same for people of other teams and for nobody
 */
export async function findOwnMember(db: Db, caller: Caller, userId: string): Promise<Member> {
  const member = await findMember(db, caller.teamId, userId);
  if (member) return member;
  throw new Refusal(
    'not_found',
    `Your team has no member ${userId}. The list of members shows who is in it.`,
  );
}
