import { renamePerson } from '../../usecases/rename-person.ts';
import { personOf } from '../access.ts';
import { Done, Email, failures, Name, Password, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { describePerson, letIn, SignedIn } from '../signed-in.ts';

const tags = ['People'];

const signIn = {
  summary: 'Sign in',
  description: 'Sets the session cookie.',
  tags,
  security: [],
  body: strictObject({ email: Email, password: Password }),
  response: { 200: SignedIn, ...failures(400, 401, 403) },
};

const signOut = {
  summary: 'Sign out',
  description: 'Ends the session and clears the cookie. Without a session nothing happens.',
  tags,
  security: [],
  response: { 200: Done, ...failures(403) },
};

const session = {
  summary: 'Who is signed in, and in which teams',
  tags,
  response: { 200: SignedIn, ...failures(401, 403) },
};

const rename = {
  summary: 'Change your name',
  tags,
  body: strictObject({ name: Name }),
  response: { 200: SignedIn, ...failures(400, 401, 403) },
};

export function signInRoutes(app: App, { context, people }: RouteContext): void {
  app.post(
    '/api/auth/sign-in',
    { schema: signIn, config: { access: 'public', limit: 'address' } },
    async (request, reply) => letIn(context, reply, await people.signIn(request.body, request)),
  );

  app.post(
    '/api/auth/sign-out',
    { schema: signOut, config: { access: 'public' } },
    async (request, reply) => {
      reply.header('set-cookie', await people.signOut(request));
      return { success: true as const, message: 'You are signed out.' };
    },
  );

  app.get('/api/auth/session', { schema: session, config: { access: 'person' } }, async (request) =>
    describePerson(personOf(request)),
  );

  app.patch('/api/auth/user', { schema: rename, config: { access: 'person' } }, async (request) =>
    describePerson(await renamePerson(context, personOf(request), request.body.name)),
  );
}
