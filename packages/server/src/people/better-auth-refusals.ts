import { APIError } from 'better-auth/api';
import { Refusal, type RefusalCode } from '../domain/refusal.ts';

type Reason = readonly [code: RefusalCode, sentence: string];

const WRONG_CREDENTIALS: Reason = [
  'invalid_credentials',
  'The address or the password is not right. Try again, or ask for a new password with POST /api/auth/forgot-password.',
];
const INVALID_TOKEN: Reason = [
  'invalid_token',
  'This token is unknown, too old, or was used before. Ask for a new mail.',
];

/** What better-auth refuses with, in our words; the codes that are missing here cannot happen to our requests. */
const REFUSALS: Record<string, Reason> = {
  INVALID_EMAIL_OR_PASSWORD: WRONG_CREDENTIALS,
  INVALID_EMAIL: WRONG_CREDENTIALS,
  INVALID_PASSWORD: ['invalid_credentials', 'The current password is not right. Try again.'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: [
    'invalid_credentials',
    'This account has no password yet. Set the first one with POST /api/auth/forgot-password.',
  ],
  EMAIL_NOT_VERIFIED: [
    'email_not_verified',
    'The address is not confirmed yet. Open the link in the mail that was just sent to it.',
  ],
  INVALID_TOKEN,
  TOKEN_EXPIRED: INVALID_TOKEN,
  USER_NOT_FOUND: INVALID_TOKEN,
};

/**
 * Throws a failed call of better-auth again.
 * @throws Refusal for what better-auth refuses; whatever else went wrong, as it is
 */
export function refuse(error: unknown): never {
  if (!(error instanceof APIError)) throw error;
  const refusal = REFUSALS[error.body?.code ?? ''];
  if (refusal) throw new Refusal(...refusal);
  // What failed underneath tells an overload from a mistake.
  throw error.body?.cause ?? error.cause ?? error;
}
