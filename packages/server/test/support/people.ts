import { addMember } from '../../src/db/teams.ts';
import type { Role } from '../../src/domain/roles.ts';
import type { Mail } from '../../src/mail/mail.ts';
import { type Answer, call, type Service } from './service.ts';

export interface SignedInPerson {
  userId: string;
  email: string;
  name: string;
  password: string;
  /** What a browser sends from now on. */
  cookie: string;
}

let personNumber = 0;

/** Somebody with an account, signed in through the real routes, and in no team yet. */
export async function signUp(
  service: Service,
  options: { email?: string; name?: string; password?: string } = {},
): Promise<SignedInPerson> {
  personNumber += 1;
  const person = {
    email: options.email ?? `person${personNumber}@example.com`,
    name: options.name ?? `Person ${personNumber}`,
    password: options.password ?? 'correct horse battery',
  };
  const { status } = await call(service, 'POST', '/api/auth/sign-up', { body: person });
  const token = tokenIn(await lastMail(service, person.email));
  const verified = await call(service, 'POST', '/api/auth/verify-email', { body: { token } });
  if (status !== 201 || verified.status !== 200) {
    throw new Error(`${person.email} could not sign up: ${status}, ${JSON.stringify(verified.body)}`);
  }
  return { ...person, userId: verified.body.user.id, cookie: cookieOf(verified) };
}

/** Puts a person into a team. */
export async function join(
  { app }: Service,
  { userId }: Pick<SignedInPerson, 'userId'>,
  teamId: string,
  role: Role = 'member',
): Promise<void> {
  const { db, clock } = app.context;
  await addMember(db, { teamId, userId, role, createdAt: clock.now() });
}

/** Resolves when everything has been sent that was to be sent after the answers. */
export async function mailsOut({ app }: Service): Promise<void> {
  while (app.context.background.size > 0) await Promise.all(app.context.background);
}

/** The latest mail to an address, or to anybody. */
export async function lastMail(service: Service, email?: string): Promise<Mail> {
  await mailsOut(service);
  const mail = service.mails.findLast(({ to }) => email === undefined || to === email);
  if (!mail) throw new Error(`no mail was sent to ${email ?? 'anybody'}`);
  return mail;
}

/** The token in a mail's link. */
export function tokenIn({ text }: Mail): string {
  const token = /[?&]token=([\w.-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`no token in: ${text}`);
  return token;
}

/** The lines of an answer that set cookies. */
export function setCookiesOf({ headers }: Pick<Answer, 'headers'>): string[] {
  return [headers['set-cookie'] ?? []].flat() as string[];
}

/** The cookies that an answer sets, as a browser sends them with its next request. */
export function cookieOf(answer: Pick<Answer, 'headers'>): string {
  return setCookiesOf(answer)
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
