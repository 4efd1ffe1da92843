import { addMember, findOrInsertUser } from '../../src/db/teams.ts';
import type { Role } from '../../src/domain/roles.ts';
import type { FindSession } from '../../src/people/people.ts';
import type { Service } from './service.ts';

/** In the place of real sessions: whoever the cookie names is signed in. */
export const sessionsByCookie: FindSession = async ({ cookie }) => {
  const userId = /^user=(usr_[0-9a-z]{26})$/.exec(cookie ?? '')?.[1];
  return userId === undefined ? null : { userId, setCookie: [] };
};

export interface SignedIn {
  userId: string;
  email: string;
  headers: { cookie: string };
}

let people = 0;

/** Somebody with an account, in no team, as {@link sessionsByCookie} knows them. */
export async function newPerson({ app }: Pick<Service, 'app'>): Promise<SignedIn> {
  people += 1;
  const { db, newId, clock } = app.context;
  const { id, email } = await findOrInsertUser(db, {
    id: newId('usr'),
    email: `person${people}@example.com`,
    name: `Person ${people}`,
    createdAt: clock.now(),
  });
  return { userId: id, email, headers: { cookie: `user=${id}` } };
}

/** Somebody new, who is this in the team. */
export async function newMember(
  service: Pick<Service, 'app'>,
  teamId: string,
  role: Role,
): Promise<SignedIn> {
  const person = await newPerson(service);
  const { db, clock } = service.app.context;
  await addMember(db, { teamId, userId: person.userId, role, createdAt: clock.now() });
  return person;
}
