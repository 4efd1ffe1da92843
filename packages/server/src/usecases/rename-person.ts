import { setName } from '../db/people.ts';
import type { Context, Person } from './context.ts';

/** Changes the name of the person who asks. */
export async function renamePerson(context: Context, person: Person, name: string): Promise<Person> {
  await setName(context.db, person.userId, { name, now: context.clock.now() });
  return { ...person, name };
}
