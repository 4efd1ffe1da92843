import { Done, Email, failures, MailToken, NewPassword, Password, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const tags = ['People'];

const forgot = {
  summary: 'Ask for a new password',
  description: 'Mails a token. The answer is the same whether the address is known or not.',
  tags,
  security: [],
  body: strictObject({ email: Email }),
  response: { 200: Done, ...failures(400, 403) },
};

const reset = {
  summary: 'Set a new password with the token from the mail',
  description: 'Also the first one. Ends all sessions, and confirms the address.',
  tags,
  security: [],
  body: strictObject({ token: MailToken, newPassword: NewPassword }),
  response: { 200: Done, ...failures(400, 403) },
};

const change = {
  summary: 'Change your password',
  description: 'Ends your other sessions.',
  tags,
  body: strictObject({ currentPassword: Password, newPassword: NewPassword }),
  response: { 200: Done, ...failures(400, 401, 403) },
};

export function passwordRoutes(app: App, { people }: RouteContext): void {
  app.post(
    '/api/auth/forgot-password',
    { schema: forgot, config: { access: 'public', limit: 'address' } },
    async (request) => {
      await people.forgotPassword(request.body.email);
      return {
        success: true as const,
        message: 'If this address has an account, a mail is on its way to it.',
      };
    },
  );

  app.post(
    '/api/auth/reset-password',
    { schema: reset, config: { access: 'public', limit: 'address' } },
    async (request) => {
      await people.resetPassword(request.body.token, request.body.newPassword);
      return { success: true as const, message: 'The new password is set. Sign in with it.' };
    },
  );

  app.post(
    '/api/auth/change-password',
    { schema: change, config: { access: 'person' } },
    async (request, reply) => {
      reply.header('set-cookie', await people.changePassword(request.body, request));
      return {
        success: true as const,
        message: 'The new password is set, and your other sessions have ended.',
      };
    },
  );
}
