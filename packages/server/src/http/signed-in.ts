import type { FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Session } from '../people/people.ts';
import type { Context, Person } from '../usecases/context.ts';
import { identifyPerson } from '../usecases/identify-person.ts';

/** Who is signed in, and the teams that they may work in. */
export const SignedIn = Type.Object({
  success: Type.Literal(true),
  user: Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() }),
  teams: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      role: Type.String({ description: 'owner, admin or member' }),
    }),
    { description: 'empty for who is in no team yet' },
  ),
});

/** The answer to somebody who has just signed in, with the cookies. */
export async function letIn(
  context: Context,
  reply: FastifyReply,
  { userId, setCookie }: Session,
): Promise<Static<typeof SignedIn>> {
  const person = await identifyPerson(context, userId);
  if (!person) throw new Error(`${userId} is gone right after signing in`);
  reply.header('set-cookie', setCookie);
  return describePerson(person);
}

export function describePerson({ userId, email, name, memberships }: Person): Static<typeof SignedIn> {
  const teams = memberships.map(({ teamId, teamName, role }) => ({ id: teamId, name: teamName, role }));
  return { success: true, user: { id: userId, email, name }, teams };
}
