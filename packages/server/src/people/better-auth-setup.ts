import type { BetterAuthOptions } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import type { Db } from '../db/database.ts';
import { confirmAddressByReset } from '../db/people.ts';
import { accounts, sessions, users, verifications } from '../db/schema.ts';
import type { Clock } from '../domain/clock.ts';
import type { IdPrefix, NewId } from '../domain/ids.ts';
import type { SendMail } from '../mail/mail.ts';
import { withHashedTokens } from './hashed-tokens.ts';
import { letIn } from './let-in.ts';
import { chooseNewPassword, confirmAddress } from './mails.ts';

export interface PeopleOptions {
  db: Db;
  clock: Clock;
  newId: NewId;
  sendMail: SendMail;
  /** Starts what no answer may wait for; `what` is for the log where it fails. */
  inBackground: (what: string, work: () => Promise<unknown>) => void;
  /** Told of failures inside better-auth. */
  onError: (error: Error | undefined, message: string) => void;
  /** Where people reach this server, without a slash at the end; with https, cookies are for https only. */
  publicUrl: string;
  /** Signs cookies and the links that confirm addresses. */
  secret: string;
}

const DAY_SECONDS = 24 * 3600;

/** How long somebody stays signed in who does not come back; whoever does, starts anew once a day. */
const SESSION_SECONDS = 30 * DAY_SECONDS;

/** How long the link of a confirmation works. */
export const CONFIRMATION_SECONDS = DAY_SECONDS;

/** How long the token for a new password works. */
const RESET_SECONDS = 3600;

/** Any that our own schemas let through: they count characters, better-auth counts UTF-16 units. */
const MAX_PASSWORD_LENGTH = 64 * 1024;

/** A header of our own between us and better-auth, which would otherwise believe any X-Forwarded-For. */
export const ADDRESS_HEADER = 'x-address-of-visitor';

const ID_PREFIXES: Record<string, IdPrefix> = {
  user: 'usr',
  session: 'ses',
  account: 'acc',
  verification: 'ver',
};

/** better-auth as it is set up here. */
export function createAuth({
  db,
  clock,
  newId,
  sendMail,
  inBackground,
  onError,
  publicUrl,
  secret,
}: PeopleOptions) {
  const database = drizzleAdapter(db, {
    provider: 'pg',
    schema: { user: users, session: sessions, account: accounts, verification: verifications },
    transaction: true,
  });
  return betterAuth({
    appName: 'Talkturo Numbers',
    baseURL: publicUrl,
    // The list, because it goes before what the environment says to better-auth itself.
    secrets: [{ version: 1, value: secret }],
    database: (auth: BetterAuthOptions) => withHashedTokens(database(auth)),
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: 1,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) =>
        sendMail(chooseNewPassword({ email: user.email, publicUrl, token })),
      onPasswordReset: ({ user }) => confirmAddressByReset(db, user.id, clock.now()),
    },
    emailVerification: {
      sendOnSignIn: true,
      autoSignInAfterVerification: true,
      expiresIn: CONFIRMATION_SECONDS,
      sendVerificationEmail: async ({ user, token }) =>
        inBackground('a mail was not sent', () =>
          sendMail(confirmAddress({ email: user.email, publicUrl, token })),
        ),
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY_SECONDS },
    verification: { storeIdentifier: 'hashed' },
    advanced: {
      cookiePrefix: 'talkturo',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: ({ model }) => newId(prefixOf(model)) },
    },
    // Its messages name addresses, except those about errors.
    logger: {
      level: 'error',
      log: (_level, message, ...details) =>
        onError(
          details.find((detail) => detail instanceof Error),
          message,
        ),
    },
    plugins: [letIn],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  });
}

function prefixOf(model: string): IdPrefix {
  const prefix = ID_PREFIXES[model];
  if (!prefix) throw new Error(`no ids are known for ${model}`);
  return prefix;
}
