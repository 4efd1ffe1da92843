import type { IncomingHttpHeaders } from 'node:http';
import { createEmailVerificationToken } from 'better-auth/api';
import { deleteSession, findPersonByEmail, insertPerson } from '../db/people.ts';
import { hashToken } from '../domain/api-token.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Mail } from '../mail/mail.ts';
import { refuse } from './better-auth-refusals.ts';
import { ADDRESS_HEADER, CONFIRMATION_SECONDS, createAuth, type PeopleOptions } from './better-auth-setup.ts';
import { addressIsKnown, confirmAddress } from './mails.ts';
import type { FindSession, People, Visitor } from './people.ts';

/** How much is kept of what a browser calls itself, in characters. */
const USER_AGENT_LENGTH = 300;

/**
 * People by better-auth, on our own tables. Its own routes are not mounted: it is called from ours, so every answer
 * has the form of the contract. It goes by the system's time, not by the clock that everything else goes by.
 */
export async function betterAuthPeople(options: PeopleOptions): Promise<People> {
  const { db, clock, newId, publicUrl, secret } = options;
  const auth = createAuth(options);
  const { password } = await auth.$context;

  const mailLater = (mail: Mail) => options.inBackground('a mail was not sent', () => options.sendMail(mail));

  const mailConfirmation = async (person: { id: string; email: string }) => {
    const token = await createEmailVerificationToken(secret, person.email, undefined, CONFIRMATION_SECONDS, {
      userId: person.id,
    });
    mailLater(confirmAddress({ email: person.email, publicUrl, token }));
  };

  const findSession: FindSession = async (headers) => {
    const { headers: cookies, response } = await auth.api
      .getSession({ headers: cookiesOf(headers), returnHeaders: true })
      .catch(refuse);
    return response && { userId: response.user.id, setCookie: cookies.getSetCookie() };
  };

  return {
    findSession,

    async signUp({ email, name, password: chosen }) {
      // First of all, and for known addresses too: it is what takes the time.
      const passwordHash = await password.hash(chosen);
      const person = { id: newId('usr'), email: email.toLowerCase() };
      const isNew = await insertPerson(db, {
        userId: person.id,
        accountId: newId('acc'),
        email: person.email,
        name,
        passwordHash,
        createdAt: clock.now(),
      });
      if (isNew) await mailConfirmation(person);
      else mailLater(addressIsKnown({ email: person.email, publicUrl }));
    },

    async verifyEmail(token, visitor) {
      const { headers } = await auth.api
        .verifyEmail({ query: { token }, headers: headersOf(visitor), returnHeaders: true })
        .catch(refuse);
      const setCookie = headers.getSetCookie();
      const session = await findSession({ cookie: asSent(setCookie) });
      if (session) return { userId: session.userId, setCookie };
      throw new Refusal('already_verified', 'This address is confirmed already. Sign in with your password.');
    },

    async resendVerification(email) {
      const person = await findPersonByEmail(db, email.toLowerCase());
      if (person && !person.emailVerified) await mailConfirmation(person);
    },

    async signIn(credentials, visitor) {
      const { headers, response } = await auth.api
        .signInEmail({ body: credentials, headers: headersOf(visitor), returnHeaders: true })
        .catch(refuse);
      return { userId: response.user.id, setCookie: headers.getSetCookie() };
    },

    async letIn(userId, visitor) {
      const { headers } = await auth.api.letIn({
        body: { userId },
        headers: headersOf(visitor),
        returnHeaders: true,
      });
      return { userId, setCookie: headers.getSetCookie() };
    },

    async signOut({ headers }) {
      const session = await auth.api.getSession({ headers: cookiesOf(headers) }).catch(refuse);
      // Ours, because better-auth's own goes on where the database does not answer, and the session would live on.
      if (session) await deleteSession(db, hashToken(session.session.token));
      const cleared = await auth.api.signOut({ headers: cookiesOf(headers), returnHeaders: true });
      return cleared.headers.getSetCookie();
    },

    async forgotPassword(email) {
      const person = await findPersonByEmail(db, email.toLowerCase());
      if (!person) return;
      options.inBackground('no mail for a new password was sent', () =>
        auth.api.requestPasswordReset({ body: { email: person.email } }),
      );
    },

    async resetPassword(token, newPassword) {
      await auth.api.resetPassword({ body: { token, newPassword } }).catch(refuse);
    },

    async changePassword(passwords, visitor) {
      const { headers } = await auth.api
        .changePassword({
          body: { ...passwords, revokeOtherSessions: true },
          headers: headersOf(visitor),
          returnHeaders: true,
        })
        .catch(refuse);
      return headers.getSetCookie();
    },
  };
}

/** What better-auth may see of a request. */
function headersOf({ headers, ip }: Visitor): Headers {
  const seen = cookiesOf(headers);
  seen.set(ADDRESS_HEADER, ip);
  seen.set('user-agent', headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? '');
  return seen;
}

function cookiesOf({ cookie }: IncomingHttpHeaders): Headers {
  return new Headers(cookie === undefined ? {} : { cookie });
}

/** Cookies that are being set, as a browser would send them with its next request. */
function asSent(setCookie: string[]): string {
  return setCookie.map((cookie) => cookie.split(';')[0]).join('; ');
}
