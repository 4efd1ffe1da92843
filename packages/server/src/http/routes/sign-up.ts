import { Refusal } from '../../domain/refusal.ts';
import { Done, Email, failures, MailToken, Name, NewPassword, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { letIn, SignedIn } from '../signed-in.ts';

const tags = ['People'];
const security: [] = [];

const signUp = {
  summary: 'Make an account',
  description: 'The answer is the same whether the address is known or not; a mail to the address says it.',
  tags,
  security,
  body: strictObject({ email: Email, password: NewPassword, name: Name }),
  response: { 201: Done, ...failures(400, 403) },
};

const verify = {
  summary: 'Confirm an address',
  description: 'With the token from the mail. Signs in.',
  tags,
  security,
  body: strictObject({ token: MailToken }),
  response: { 200: SignedIn, ...failures(400, 403, 409) },
};

const openLink = {
  summary: 'Confirm an address by the link in the mail',
  description: 'Signs in. Browsers are sent on to the start page, with 303.',
  tags,
  security,
  querystring: strictObject({ token: MailToken }),
  response: { 200: SignedIn, ...failures(400, 409, 429) },
};

const resend = {
  summary: 'Send the link again',
  description: 'The answer is the same whether somebody waits for a link or not.',
  tags,
  security,
  body: strictObject({ email: Email }),
  response: { 200: Done, ...failures(400, 403) },
};

export function signUpRoutes(app: App, { context, people }: RouteContext): void {
  // A token and a mail are things to try out, with or without success.
  const config = { access: 'public', limit: 'address' } as const;

  app.post('/api/auth/sign-up', { schema: signUp, config }, async (request, reply) => {
    await people.signUp(request.body);
    reply.code(201);
    return {
      success: true as const,
      message:
        'A mail is on its way to this address. Open the link in it to confirm the address and sign in.',
    };
  });

  app.post('/api/auth/verify-email', { schema: verify, config }, async (request, reply) =>
    letIn(context, reply, await people.verifyEmail(request.body.token, request)),
  );

  // HEAD would use up the link: mail programs send it to see where links lead.
  app.get(
    '/api/auth/verify-email',
    { schema: openLink, config, exposeHeadRoute: false },
    async (request, reply) => {
      const isBrowser = request.headers.accept?.includes('text/html') ?? false;
      try {
        const answer = await letIn(context, reply, await people.verifyEmail(request.query.token, request));
        return isBrowser ? reply.redirect('/', 303) : answer;
      } catch (error) {
        if (isBrowser && error instanceof Refusal && error.code === 'already_verified')
          return reply.redirect('/', 303);
        if (isBrowser && error instanceof Refusal && error.code === 'invalid_token')
          return reply.redirect('/verify-email?problem=invalid_token', 303);
        throw error;
      }
    },
  );

  app.post('/api/auth/resend-verification', { schema: resend, config }, async (request) => {
    await people.resendVerification(request.body.email);
    return {
      success: true as const,
      message: 'If this address waits for being confirmed, a new mail is on its way to it.',
    };
  });
}
