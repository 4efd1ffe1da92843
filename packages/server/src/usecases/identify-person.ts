import { findPersonWithTeams } from '../db/members.ts';
import type { Context, Person } from './context.ts';

/** Who is signed in under a user id, with the teams that they are in; nobody where the account is gone. */
export async function identifyPerson({ db }: Context, userId: string): Promise<Person | undefined> {
  const found = await findPersonWithTeams(db, userId);
  return found && { userId, ...found };
}
