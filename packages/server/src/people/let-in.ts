import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';

/** A session without a password, for better-auth. Only this server calls it: better-auth's routes are not mounted. */
export const letIn = {
  id: 'let-in',
  endpoints: {
    letIn: createAuthEndpoint(
      '/let-in',
      { method: 'POST', metadata: { SERVER_ONLY: true, $Infer: { body: {} as { userId: string } } } },
      async (call) => {
        const { internalAdapter } = call.context;
        const user = await internalAdapter.findUserById(call.body.userId);
        if (!user) throw new Error(`${call.body.userId} is to be let in and is not there`);
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(call, { session, user });
        return { userId: user.id };
      },
    ),
  },
} as const;
