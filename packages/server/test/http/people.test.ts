import { createEmailVerificationToken } from 'better-auth/api';
import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { accounts, serverSecrets, sessions, users, verifications } from '../../src/db/schema.ts';
import { hashToken } from '../../src/domain/api-token.ts';
import { ownCookieSecret } from '../../src/people/cookie-secret.ts';
import { createTeam } from '../../src/usecases/create-team.ts';
import { forgetSessions } from '../../src/usecases/forget-sessions.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  cookieOf,
  join,
  lastMail,
  mailsOut,
  type SignedInPerson,
  setCookiesOf,
  signUp,
  tokenIn,
} from '../support/people.ts';
import { type Answer, call, newTeam, startService } from '../support/service.ts';
import { anonymous, expectInvalid, expectRefusal } from './expectations.ts';

const PASSWORD = 'correct horse battery';
const DAY_MS = 24 * 3600_000;

describe.each(DATABASE_KINDS)('people on %s', async (kind) => {
  const service = await startService({ kind, environment: { ALLOWED_ORIGINS: 'https://app.example.com' } });
  const { db } = service.app.context;
  const forCookies = eq(serverSecrets.name, 'cookies');
  const [secret] = await db.select().from(serverSecrets).where(forCookies);
  afterAll(() => service.stop());

  const post = (path: string, body?: object, headers: Record<string, string> = {}) =>
    call(service, 'POST', `/api/auth/${path}`, { ...(body && { body }), headers });
  const session = (cookie: string) => call(service, 'GET', '/api/auth/session', { headers: { cookie } });
  const signIn = ({ email, password }: Pick<SignedInPerson, 'email' | 'password'>) =>
    post('sign-in', { email, password });
  const sessionsOf = ({ userId }: SignedInPerson) =>
    db.select().from(sessions).where(eq(sessions.userId, userId));

  /** Asks for a new password and returns the token from the mail. */
  const forgot = async (email: string) => {
    expect((await post('forgot-password', { email })).status).toBe(200);
    return tokenIn(await lastMail(service, email));
  };

  describe('an account', () => {
    it('is made, confirmed by the link, used and left', async () => {
      const email = `Zoe-${kind}@Example.com`;
      const made = await post('sign-up', { email, name: 'Zoë', password: PASSWORD });
      expect(made.status).toBe(201);
      expect(made.body).toEqual({ success: true, message: expect.stringMatching(/mail/) });
      expect(setCookiesOf(made)).toEqual([]);

      const mail = await lastMail(service);
      expect(mail.to).toBe(email.toLowerCase());
      expect(mail.text).not.toContain('Zoë');
      expect(mail.text).toContain('http://127.0.0.1:3000/api/auth/verify-email?token=');

      const early = await signIn({ email, password: PASSWORD });
      expectRefusal(early, 403, 'email_not_verified');
      expect(setCookiesOf(early)).toEqual([]);
      const again = await lastMail(service);
      expect(again).not.toBe(mail);

      const verified = await post('verify-email', { token: tokenIn(again) });
      const user = { id: expect.stringMatching(/^usr_/), email: email.toLowerCase(), name: 'Zoë' };
      expect(verified.body).toEqual({ success: true, user, teams: [] });
      expect((await session(cookieOf(verified))).body).toEqual(verified.body);

      const signedIn = await signIn({ email: email.toUpperCase(), password: PASSWORD });
      expect(signedIn.status).toBe(200);
      expect(signedIn.body).toEqual(verified.body);
      expect(cookieOf(signedIn)).not.toBe(cookieOf(verified));

      const left = await post('sign-out', undefined, { cookie: cookieOf(signedIn) });
      expect(left.body).toEqual({ success: true, message: 'You are signed out.' });
      expect(setCookiesOf(left)).toContainEqual(
        expect.stringMatching(/^talkturo\.session_token=;.*Max-Age=0/),
      );
      expectRefusal(await session(cookieOf(signedIn)), 401, 'unauthorized');
      expect((await session(cookieOf(verified))).status).toBe(200);
      expect(await db.$count(sessions, eq(sessions.userId, verified.body.user.id))).toBe(1);
    });

    it('is confirmed once; later the same token says so and signs nobody in', async () => {
      await post('sign-up', { email: `once-${kind}@example.com`, name: 'Once', password: PASSWORD });
      const token = tokenIn(await lastMail(service));
      expect((await post('verify-email', { token })).status).toBe(200);
      const again = await post('verify-email', { token });
      expectRefusal(again, 409, 'already_verified');
      expect(setCookiesOf(again)).toEqual([]);
    });

    it.each(['nonsense', 'a.b.c', 'e'.repeat(2_000)])(
      'is not confirmed by the token %.20s',
      async (token) => {
        expectRefusal(await post('verify-email', { token }), 400, 'invalid_token');
        expectRefusal(
          await call(service, 'GET', `/api/auth/verify-email?token=${token}`),
          400,
          'invalid_token',
        );
      },
    );

    it('is not confirmed by a link that is too old, or was signed with another secret', async () => {
      const email = `late-${kind}@example.com`;
      await post('sign-up', { email, name: 'Late', password: PASSWORD });
      const token = (signedWith: string, seconds: number) =>
        createEmailVerificationToken(signedWith, email, undefined, seconds);
      const key = secret?.value ?? '';
      for (const bad of [await token(key, -1), await token('x'.repeat(43), 60)]) {
        expectRefusal(await post('verify-email', { token: bad }), 400, 'invalid_token');
      }
      expect((await post('verify-email', { token: await token(key, 60) })).status).toBe(200);
    });

    it('is confirmed in a browser, which goes on to the start page', async () => {
      await post('sign-up', { email: `browser-${kind}@example.com`, name: 'B', password: PASSWORD });
      const url = `/api/auth/verify-email?token=${tokenIn(await lastMail(service))}`;
      const headers = { accept: 'text/html,application/xhtml+xml' };
      const broken = await call(service, 'GET', url.replace(/.{3}$/, 'AAA'), { headers });
      expect([broken.status, broken.headers.location]).toEqual([303, '/verify-email?problem=invalid_token']);
      const head = await service.app.server.inject({ method: 'HEAD', url });
      expect(head.statusCode).toBe(404);

      const opened = await call(service, 'GET', url, { headers });
      expect([opened.status, opened.headers.location]).toEqual([303, '/']);
      expect((await session(cookieOf(opened))).status).toBe(200);

      const again = await call(service, 'GET', url, { headers });
      expect([again.status, again.headers.location]).toEqual([303, '/']);
      expect(setCookiesOf(again)).toEqual([]);
      expectRefusal(await call(service, 'GET', url), 409, 'already_verified');
    });

    it('is made once where two ask at the same time', async () => {
      const email = `race-${kind}@example.com`;
      const answers = await Promise.all(
        [1, 2, 3].map((each) => post('sign-up', { email, name: `N${each}`, password: PASSWORD })),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      const [only, ...others] = await db.select().from(users).where(eq(users.email, email));
      expect(others).toEqual([]);
      expect(await db.$count(accounts, eq(accounts.userId, only?.id ?? ''))).toBe(1);
      await mailsOut(service);
      const subjects = service.mails.filter(({ to }) => to === email).map(({ subject }) => subject);
      expect(subjects.sort()).toEqual([
        'Confirm your e-mail address',
        'You have an account already',
        'You have an account already',
      ]);
    });

    it('changes its name', async () => {
      const person = await signUp(service);
      const headers = { cookie: person.cookie };
      const renamed = await call(service, 'PATCH', '/api/auth/user', { body: { name: 'Ada' }, headers });
      expect(renamed.body.user).toEqual({ id: person.userId, email: person.email, name: 'Ada' });
      expect((await session(person.cookie)).body).toEqual(renamed.body);
      const nobody = await call(service, 'PATCH', '/api/auth/user', { body: { name: 'Eve' } });
      expectRefusal(nobody, 401, 'unauthorized');
    });
  });

  describe('strangers', () => {
    it('do not learn by signing up whether an address is known', async () => {
      const known = await signUp(service);
      const ofKnown = await post('sign-up', {
        email: known.email,
        name: 'Eve',
        password: 'another password',
      });
      expect((await lastMail(service)).text).toContain('/api/auth/forgot-password');
      expect((await lastMail(service)).to).toBe(known.email);
      const ofUnknown = await post('sign-up', {
        email: `unknown-${kind}@example.com`,
        name: 'Eve',
        password: 'another password',
      });
      expect([ofKnown.status, ofKnown.body]).toEqual([ofUnknown.status, ofUnknown.body]);
      expect(Object.keys(ofKnown.headers)).toEqual(Object.keys(ofUnknown.headers));
      // Nothing of the account was changed.
      expect((await signIn(known)).body.user.name).toBe(known.name);
      expect((await signIn({ ...known, password: 'another password' })).status).toBe(401);
    });

    it('do not learn by signing in whether an address is known', async () => {
      const known = await signUp(service);
      await post('sign-up', { email: `waits-${kind}@example.com`, name: 'W', password: PASSWORD });
      await mailsOut(service);
      const count = service.mails.length;
      const answers = [
        await signIn({ email: known.email, password: 'wrong' }),
        await signIn({ email: `nobody-${kind}@example.com`, password: 'wrong' }),
        await signIn({ email: `waits-${kind}@example.com`, password: 'wrong' }),
      ];
      for (const answer of answers) {
        expectRefusal(answer, 401, 'invalid_credentials');
        expect(anonymous(answer)).toEqual(anonymous(answers[0] as Answer));
        expect(setCookiesOf(answer)).toEqual([]);
      }
      await mailsOut(service);
      expect(service.mails).toHaveLength(count);
    });

    it.each(['forgot-password', 'resend-verification'])(
      'do not learn by %s whether an address is known',
      async (path) => {
        const waiting = `${path}-${kind}@example.com`;
        await post('sign-up', { email: waiting, name: 'W', password: PASSWORD });
        const known = await signUp(service);
        const bodies = [];
        for (const email of [waiting, known.email, `nobody-${kind}@example.com`]) {
          const answer = await post(path, { email });
          expect(answer.status).toBe(200);
          bodies.push(answer.body);
        }
        expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
        await mailsOut(service);
        expect(service.mails.some(({ to }) => to === `nobody-${kind}@example.com`)).toBe(false);
      },
    );

    it('get no new link for an address that is confirmed', async () => {
      const known = await signUp(service);
      const count = service.mails.length;
      await post('resend-verification', { email: known.email });
      await mailsOut(service);
      expect(service.mails).toHaveLength(count);
    });

    it.each([
      ['nine chars', { password: '123456789' }, 'password'],
      ['129 characters', { password: 'x'.repeat(129) }, 'password'],
      ['no address', { email: 'zoe' }, 'email'],
      ['two addresses', { email: 'a@example.com,b@example.com' }, 'email'],
      ['a line break', { email: 'a@example.com\nBcc: b@example.com' }, 'email'],
      ['a blank name', { name: ' ' }, 'name'],
    ])('do not sign up with %s', async (_what, part, path) => {
      const body = { email: 'new@example.com', name: 'New', password: PASSWORD, ...part };
      expectInvalid(await post('sign-up', body), path);
    });
  });

  describe('a session', () => {
    it('is a cookie that scripts and other sites do not see', async () => {
      const person = await signUp(service);
      const [cookie, ...others] = setCookiesOf(await signIn(person));
      expect(others).toEqual([]);
      const [value, ...attributes] = (cookie ?? '').split('; ');
      expect(value).toMatch(/^talkturo\.session_token=\w{32}\.\S+$/);
      expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${30 * 24 * 3600}`, 'Path=/', 'SameSite=Lax']);
    });

    it('is not opened by a cookie that was changed', async () => {
      const { cookie } = await signUp(service);
      const [name, value = ''] = cookie.split('=');
      const [token = '', signature = ''] = decodeURIComponent(value).split('.');
      const [row] = await db
        .select()
        .from(sessions)
        .where(eq(sessions.token, hashToken(token)));
      const changed = [
        `${token.slice(0, -1)}${token.endsWith('x') ? 'y' : 'x'}.${signature}`,
        `${token}.${signature.slice(1)}`,
        `${token}.`,
        token,
        `${row?.token}.${signature}`,
        '',
      ];
      expect((await session(cookie)).status).toBe(200);
      for (const each of changed) {
        expectRefusal(await session(`${name}=${encodeURIComponent(each)}`), 401, 'unauthorized');
      }
    });

    it('is over after its time, and prolonged by who comes back a day later', async () => {
      const person = await signUp(service);
      const prolong = (days: number) =>
        db
          .update(sessions)
          .set({ expiresAt: new Date(Date.now() + days * DAY_MS) })
          .where(eq(sessions.userId, person.userId));

      await prolong(29.5);
      expect(setCookiesOf(await session(person.cookie))).toEqual([]);
      await prolong(28.5);
      const [renewed] = setCookiesOf(await session(person.cookie));
      expect(renewed?.split(';')[0]).toBe(person.cookie);
      const [row] = await sessionsOf(person);
      expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29.9 * DAY_MS);

      await prolong(-0.001);
      expectRefusal(await session(person.cookie), 401, 'unauthorized');
      expect(await sessionsOf(person)).toEqual([]);
    });

    it('is ended by signing out, and signing out without one does no harm', async () => {
      const person = await signUp(service);
      for (const cookie of [person.cookie, person.cookie, 'talkturo.session_token=x', 'other=1']) {
        expect((await post('sign-out', undefined, { cookie })).status).toBe(200);
        expect(await sessionsOf(person)).toEqual([]);
      }
      expect((await post('sign-out')).status).toBe(200);
    });

    it('is not said to have ended where the database did not end it', async () => {
      const person = await signUp(service);
      await db.execute(sql`
        create function keep_row() returns trigger language plpgsql as $$ begin raise 'not now'; end $$`);
      await db.execute(
        sql`create trigger keep_sessions before delete on sessions for each row execute function keep_row()`,
      );
      const answer = await post('sign-out', undefined, { cookie: person.cookie });
      await db.execute(sql`drop function keep_row cascade`);
      expectRefusal(answer, 500, 'internal');
      expect(setCookiesOf(answer)).toEqual([]);
      expect((await session(person.cookie)).status).toBe(200);
    });

    it('remembers the browser and the address that the connection is from', async () => {
      const person = await signUp(service);
      await post('sign-out', undefined, { cookie: person.cookie });
      const forged = { 'x-forwarded-for': '203.0.113.9', 'x-address-of-visitor': '203.0.113.9' };
      await service.app.server.inject({
        method: 'POST',
        url: '/api/auth/sign-in',
        remoteAddress: '192.0.2.7',
        headers: { ...forged, 'user-agent': 'b'.repeat(400) },
        payload: { email: person.email, password: person.password },
      });
      const [row] = await sessionsOf(person);
      expect(row).toMatchObject({ ipAddress: '192.0.2.7', userAgent: 'b'.repeat(300) });
    });

    it('is forgotten with its time, like tokens from mails', async () => {
      const person = await signUp(service);
      const lasting = await signUp(service);
      await forgot(person.email);
      await forgot(lasting.email);
      const expiresAt = new Date(service.clock.now().getTime() - 1);
      await db.update(sessions).set({ expiresAt }).where(eq(sessions.userId, person.userId));
      await db.update(verifications).set({ expiresAt }).where(eq(verifications.value, person.userId));
      await forgetSessions(service.app.context);
      expect(await sessionsOf(person)).toEqual([]);
      expect(await sessionsOf(lasting)).toHaveLength(1);
      expect(await db.$count(verifications, eq(verifications.value, person.userId))).toBe(0);
      expect(await db.$count(verifications, eq(verifications.value, lasting.userId))).toBe(1);
    });
  });

  describe('what is stored', () => {
    it('has our ids, and of tokens and passwords only hashes', async () => {
      const person = await signUp(service);
      const token = await forgot(person.email);
      const sessionToken = decodeURIComponent(person.cookie.split('=')[1] ?? '').split('.')[0] ?? '';
      const [row] = await sessionsOf(person);
      expect(row).toMatchObject({ id: expect.stringMatching(/^ses_/), token: hashToken(sessionToken) });
      const [account] = await db.select().from(accounts).where(eq(accounts.userId, person.userId));
      expect(account?.id).toMatch(/^acc_/);
      expect(account?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
      const [waiting] = await db.select().from(verifications).where(eq(verifications.value, person.userId));
      expect(waiting?.id).toMatch(/^ver_/);

      const everything = JSON.stringify([
        await db.select().from(users),
        await db.select().from(sessions),
        await db.select().from(accounts),
        await db.select().from(verifications),
      ]);
      expect(everything).toContain(hashToken(sessionToken));
      for (const secret of [sessionToken, token, person.password]) expect(everything).not.toContain(secret);
    });

    it('has one secret for the cookies, whoever starts first', async () => {
      await db.delete(serverSecrets).where(forCookies);
      const made = await Promise.all([1, 2, 3, 4].map(() => ownCookieSecret(db, new Date(0))));
      expect(new Set(made).size).toBe(1);
      const secrets = await db.select().from(serverSecrets).where(forCookies);
      expect(made[0]).toMatch(/^[\w-]{43}$/);
      expect(secrets).toEqual([{ name: 'cookies', value: made[0], createdAt: new Date(0) }]);
    });
  });

  describe('a new password', () => {
    it('ends all sessions, and its token works once', async () => {
      const person = await signUp(service);
      const other = await signUp(service);
      const second = cookieOf(await signIn(person));
      const unused = await forgot(person.email);
      const token = await forgot(person.email);
      expect((await session(second)).status).toBe(200);

      const newPassword = 'a quite new password';
      expectInvalid(await post('reset-password', { token, newPassword: 'too short' }), 'newPassword');
      const reset = await post('reset-password', { token, newPassword });
      expect(reset.body).toEqual({ success: true, message: expect.stringMatching(/Sign in/) });
      expect(setCookiesOf(reset)).toEqual([]);

      for (const cookie of [person.cookie, second]) {
        expectRefusal(await session(cookie), 401, 'unauthorized');
      }
      expect((await session(other.cookie)).status).toBe(200);
      expectRefusal(await signIn(person), 401, 'invalid_credentials');
      expect((await signIn({ ...person, password: newPassword })).status).toBe(200);

      for (const used of [token, unused, 'nonsense']) {
        const again = await post('reset-password', { token: used, newPassword: 'yet another one' });
        expectRefusal(again, 400, 'invalid_token');
      }
    });

    it('is not set with a token that is too old', async () => {
      const person = await signUp(service);
      const token = await forgot(person.email);
      await db
        .update(verifications)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(verifications.value, person.userId));
      const answer = await post('reset-password', { token, newPassword: 'a quite new password' });
      expectRefusal(answer, 400, 'invalid_token');
      expect((await signIn(person)).status).toBe(200);
    });

    it('is set once where two use the token at the same time', async () => {
      const person = await signUp(service);
      const token = await forgot(person.email);
      const chosen = ['first new password', 'second new password'];
      const answers = await Promise.all(
        chosen.map((newPassword) => post('reset-password', { token, newPassword })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      const winner = chosen[answers.findIndex(({ status }) => status === 200)] ?? '';
      expect((await signIn({ ...person, password: winner })).status).toBe(200);
    });

    it('is the first one of an owner whom the operator entered, and confirms the address', async () => {
      const email = `owner-${kind}@example.com`;
      const team = await createTeam(service.app.context, {
        name: 'Acme',
        plan: 'growth',
        owner: { email, name: 'Olga' },
      });
      const password = 'my very first password';
      expectRefusal(await signIn({ email, password }), 401, 'invalid_credentials');
      await post('sign-up', { email, name: 'Eve', password: 'a password of Eve' });
      expectRefusal(await signIn({ email, password: 'a password of Eve' }), 401, 'invalid_credentials');

      await post('reset-password', { token: await forgot(email), newPassword: password });
      const { body } = await signIn({ email, password });
      expect(body.user).toMatchObject({ email, name: 'Olga' });
      expect(body.teams).toEqual([{ id: team.id, name: 'Acme', role: 'owner' }]);
    });

    it('is not the one of a stranger who signed up first with the address of an owner', async () => {
      const email = `waited-for-${kind}@example.com`;
      const password = 'a password of Eve';
      await post('sign-up', { email, name: 'Eve', password });
      const token = tokenIn(await lastMail(service, email));
      const owner = { email, name: 'Olga' };
      const team = await createTeam(service.app.context, { name: 'Acme', plan: 'growth', owner });
      // Olga waits for a mail just then, and opens the stranger's link.
      const opened = await post('verify-email', { token });
      expect(opened.body.teams).toMatchObject([{ id: team.id }]);
      expectRefusal(await signIn({ email, password }), 401, 'invalid_credentials');
    });

    it('is changed by who knows the old one, and ends the other sessions', async () => {
      const person = await signUp(service);
      const elsewhere = cookieOf(await signIn(person));
      const change = (currentPassword: string, cookie = person.cookie) =>
        post('change-password', { currentPassword, newPassword: 'a quite new password' }, { cookie });

      expectRefusal(await change('a wrong password'), 401, 'invalid_credentials');
      expectRefusal(await change(person.password, 'other=1'), 401, 'unauthorized');
      expect((await session(elsewhere)).status).toBe(200);

      const changed = await change(person.password);
      expect(changed.status).toBe(200);
      expect((await session(cookieOf(changed))).status).toBe(200);
      expect((await session(elsewhere)).status).toBe(401);
      expect((await session(person.cookie)).status).toBe(401);
      expect(await sessionsOf(person)).toHaveLength(1);
      expect((await signIn({ ...person, password: 'a quite new password' })).status).toBe(200);
    });
  });

  describe('mail that does not go out', () => {
    it('shows in the log, and not in the answer', async () => {
      const known = await signUp(service);
      const logged: object[] = [];
      const { context } = service.app;
      const { push } = service.mails;
      const { error } = context.log;
      service.mails.push = () => {
        throw new Error('no mail today');
      };
      context.log.error = (fields) => void logged.push(fields);
      try {
        const answers = [
          await post('sign-up', { email: `no-mail-${kind}@example.com`, name: 'N', password: PASSWORD }),
          await post('sign-up', { email: known.email, name: 'N', password: PASSWORD }),
          await post('forgot-password', { email: known.email }),
          await post('resend-verification', { email: `no-mail-${kind}@example.com` }),
        ];
        await mailsOut(service);
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200]);
      } finally {
        service.mails.push = push;
        context.log.error = error;
      }
      expect(logged).toHaveLength(4);
      expect(JSON.stringify(logged)).not.toContain('@example.com');
    });
  });

  describe('pages of other sites', () => {
    const OTHER = 'https://evil.example';
    const own = { host: 'numbers.local:3000' };
    const refused: [string, Record<string, string>][] = [
      ['another origin', { origin: OTHER }],
      ['another port', { ...own, origin: 'http://numbers.local:4000' }],
      ['a longer host', { ...own, origin: 'http://numbers.local:3000.evil.example' }],
      ['no origin to speak of', { origin: 'null' }],
      ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
      ['a neighbour that hides its origin', { 'sec-fetch-site': 'same-site' }],
      ['another origin that claims the same site', { origin: OTHER, 'sec-fetch-site': 'same-origin' }],
    ];
    const allowed: [string, Record<string, string>][] = [
      ['nobody', {}],
      ['its own host', { ...own, origin: 'http://numbers.local:3000' }],
      ['its own host behind TLS', { ...own, origin: 'https://numbers.local:3000' }],
      ['its public address', { origin: 'http://127.0.0.1:3000' }],
      ['an allowed origin', { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' }],
      ['the same origin by its own word', { 'sec-fetch-site': 'same-origin' }],
      ['the address bar', { 'sec-fetch-site': 'none' }],
    ];

    it.each(refused)('do not sign anybody in or out, nor change anything: %s', async (_who, headers) => {
      const person = await signUp(service);
      const body = { email: person.email, password: person.password };
      expectRefusal(await post('sign-in', body, headers), 403, 'forbidden_origin');
      const withCookie = { ...headers, cookie: person.cookie };
      expectRefusal(await post('sign-out', undefined, withCookie), 403, 'forbidden_origin');
      expectRefusal(
        await call(service, 'PATCH', '/api/auth/user', { body: { name: 'Eve' }, headers: withCookie }),
        403,
        'forbidden_origin',
      );
      const { teamId, token } = await newTeam(service);
      await join(service, person, teamId, 'owner');
      const purchase = { body: { phoneNumber: '+14155550199', teamId } };
      const bought = await call(service, 'POST', '/api/phone-numbers/purchase', {
        ...purchase,
        headers: withCookie,
      });
      expectRefusal(bought, 403, 'forbidden_origin');
      // Reading is the browser's to forbid; and a key speaks for itself, wherever it comes from.
      const list = `/api/phone-numbers/purchase?teamId=${teamId}`;
      expect((await call(service, 'GET', list, { headers: withCookie })).status).toBe(200);
      const check = await call(service, 'POST', '/api/phone-numbers/eligibility', {
        token,
        body: { teamId },
        headers: withCookie,
      });
      expect(check.status).toBe(200);
    });

    it.each(allowed)('are not %s', async (_who, headers) => {
      const person = await signUp(service);
      const body = { email: person.email, password: person.password };
      expect((await post('sign-in', body, headers)).status).toBe(200);
      expect((await post('sign-out', undefined, { ...headers, cookie: person.cookie })).status).toBe(200);
    });
  });

  describe('a person at work', () => {
    const list = (cookie: string, query = '', headers: Record<string, string> = {}) =>
      call(service, 'GET', `/api/phone-numbers/purchase${query}`, { headers: { cookie, ...headers } });
    const eligibility = (cookie: string, teamId: string) =>
      call(service, 'POST', '/api/phone-numbers/eligibility', { body: { teamId }, headers: { cookie } });

    it('in no team is told to make one', async () => {
      const { cookie } = await signUp(service);
      const answer = await list(cookie);
      expectRefusal(answer, 403, 'forbidden');
      expect(answer.body.error).toContain('POST /api/teams');
    });

    it('names the team in the header, the query or the body, in one team not even that', async () => {
      const person = await signUp(service);
      const [first, second, foreign] = [
        await newTeam(service),
        await newTeam(service),
        await newTeam(service),
      ];
      await join(service, person, first.teamId);
      expect((await list(person.cookie, `?teamId=${first.teamId}`)).status).toBe(200);
      expect((await eligibility(person.cookie, first.teamId)).status).toBe(200);

      await join(service, person, second.teamId, 'admin');
      const { cookie } = person;
      expect(
        (await session(cookie)).body.teams.map(({ id, role }: { id: string; role: string }) => [id, role]),
      ).toEqual(
        expect.arrayContaining([
          [first.teamId, 'member'],
          [second.teamId, 'admin'],
        ]),
      );
      for (const { teamId } of [first, second]) {
        expect((await list(cookie, `?teamId=${teamId}`, { 'x-team-id': teamId })).status).toBe(200);
        expect((await eligibility(cookie, teamId)).status).toBe(200);
      }
      const one = '/api/phone-numbers/pn_unknown';
      const unnamed = await call(service, 'GET', one, { headers: { cookie } });
      expectInvalid(unnamed, 'x-team-id', /is required of people in several teams/);
      const named = await call(service, 'GET', one, { headers: { cookie, 'x-team-id': first.teamId } });
      expectRefusal(named, 404, 'not_found');

      const torn = await call(service, 'POST', '/api/phone-numbers/eligibility', {
        headers: { cookie, 'x-team-id': first.teamId },
        body: { teamId: second.teamId },
      });
      expectInvalid(torn, 'x-team-id', /must be the team that the body names/);

      expectRefusal(await list(cookie, `?teamId=${foreign.teamId}`), 403, 'forbidden');
      expectRefusal(await eligibility(cookie, foreign.teamId), 403, 'forbidden');
      const header = { cookie, 'x-team-id': foreign.teamId };
      expectRefusal(await call(service, 'GET', one, { headers: header }), 403, 'forbidden');
    });

    it('works in test mode unless x-mode says live', async () => {
      const person = await signUp(service);
      const { teamId } = await newTeam(service);
      await join(service, person, teamId, 'owner');
      const check = (headers: Record<string, string>) =>
        call(service, 'POST', '/api/phone-numbers/eligibility', {
          body: { teamId },
          headers: { cookie: person.cookie, ...headers },
        });
      expect((await check({})).body.mode).toBe('test');
      expect((await check({ 'x-mode': 'test' })).body.mode).toBe('test');
      expect((await check({ 'x-mode': 'live' })).body.mode).toBe('live');
      expectInvalid(await check({ 'x-mode': 'LIVE' }), 'x-mode', /live or test/);
    });

    it('buys as themselves', async () => {
      const person = await signUp(service);
      const { teamId } = await newTeam(service);
      await join(service, person, teamId, 'admin');
      const bought = await call(service, 'POST', '/api/phone-numbers/purchase', {
        body: { phoneNumber: '+14155550101', teamId },
        headers: { cookie: person.cookie },
      });
      expect(bought.status).toBe(200);
      const { body } = await list(person.cookie, `?teamId=${teamId}`);
      expect(body.numbers).toMatchObject([{ created_by_email: person.email, created_by_name: person.name }]);
    });

    it('is not who the key is of: a key goes before a cookie', async () => {
      const person = await signUp(service);
      const { teamId, token } = await newTeam(service);
      const headers = { cookie: person.cookie };
      expect((await call(service, 'GET', '/api/auth/session', { token, headers })).status).toBe(403);
      const asKey = await call(service, 'GET', `/api/phone-numbers/purchase?teamId=${teamId}`, {
        token,
        headers,
      });
      expect(asKey.status).toBe(200);
      const bad = await call(service, 'GET', '/api/auth/session', { token: 'tk_live_x', headers });
      expectRefusal(bad, 401, 'unauthorized');
    });
  });
});

describe('a server that people reach by https', () => {
  it('sets cookies for https only, and mails its own address', async () => {
    const secure = await startService({
      kind: 'postgres',
      environment: { PUBLIC_URL: 'https://numbers.example.com' },
    });
    const { email, password } = await signUp(secure);
    const answer = await call(secure, 'POST', '/api/auth/sign-in', { body: { email, password } });
    expect(setCookiesOf(answer)).toEqual([
      expect.stringMatching(/^__Secure-talkturo\.session_token=.*; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await lastMail(secure)).text).toContain('https://numbers.example.com/api/auth/verify-email?');
    await secure.stop();
  });
});

describe('several servers on one database', () => {
  it('make one secret, and each knows who signed in at another', async () => {
    const first = await startService({ kind: 'postgres' });
    const others = await Promise.all(
      [1, 2].map(() => startService({ database: first.database, sharedSimulator: first.simulator })),
    );
    const { cookie } = await signUp(first);
    for (const each of others) {
      const answer = await call(each, 'GET', '/api/auth/session', { headers: { cookie } });
      expect(answer.status).toBe(200);
      await each.stop();
    }
    const withSecret = await startService({
      database: first.database,
      sharedSimulator: first.simulator,
      environment: { AUTH_SECRET: 'another-secret-of-32-characters!' },
    });
    const answer = await call(withSecret, 'GET', '/api/auth/session', { headers: { cookie } });
    expectRefusal(answer, 401, 'unauthorized');
    await withSecret.stop();
    await first.stop();
  });
});
