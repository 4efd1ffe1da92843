import { Type } from 'typebox';
import type { KeyWithCreator } from '../db/api-keys.ts';
import { MODES } from '../domain/mode.ts';
import { invalidRequest } from '../domain/refusal.ts';
import { GRANTABLE_SCOPES } from '../domain/scopes.ts';
import { isoTime } from '../domain/time.ts';
import type { KeyWish, MadeApiKey } from '../usecases/create-api-key.ts';
import { nameOf, nullableText, PersonView } from './schemas.ts';

/*
 * API keys as the operator's routes and the team's own have them.
 */

/** Later ones have five-digit years, which not every client reads. */
const LAST_TIME = Date.UTC(9999, 0, 1);

const A_TIME = 'a time in ISO 8601, like 2030-01-31T12:00:00Z';

export const KeyName = nameOf('a name for the key');

export const RateLimitPerHour = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  description: 'a whole number of requests an hour, from 1 to 1000000',
});

export const ExpiresAtOrNever = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  format: 'date-time',
  description: `${A_TIME}, or null for none`,
});

/** The body that asks for a key. */
export const keyWish = {
  mode: Type.Union(
    MODES.map((mode) => Type.Literal(mode)),
    { description: 'live or test' },
  ),
  name: KeyName,
  scopes: Type.Optional(
    Type.Array(
      Type.Union(
        GRANTABLE_SCOPES.map((scope) => Type.Literal(scope)),
        { description: `one of ${GRANTABLE_SCOPES.join(', ')}` },
      ),
      { minItems: 1, maxItems: 20, description: `a list of ${GRANTABLE_SCOPES.join(', ')}` },
    ),
  ),
  expiresAt: Type.Optional(Type.String({ format: 'date-time', description: A_TIME })),
  rateLimitPerHour: Type.Optional(RateLimitPerHour),
};

/** The body as the use case wants it. */
export function readWish<Body extends { expiresAt?: string }>(
  body: Body,
): Omit<Body, 'expiresAt'> & Pick<KeyWish, 'expiresAt'> {
  const { expiresAt, ...wish } = body;
  return { ...wish, ...(expiresAt !== undefined && { expiresAt: readTime(expiresAt) }) };
}

/** The schema knows the form of a time; whether there is such a time is another question (a 60th second, a year 10000). */
export function readTime(text: string): Date {
  const time = new Date(text);
  if (time.getTime() < LAST_TIME) return time;
  throw invalidRequest([{ path: 'expiresAt', message: 'must be a time before the year 9999 in ISO 8601' }]);
}

/** The one answer with the whole key in it. */
export const MadeKeyAnswer = Type.Object({
  success: Type.Literal(true),
  apiKey: Type.Object({
    id: Type.String(),
    fullKey: Type.String(),
    prefix: Type.String(),
    name: Type.String(),
    mode: Type.String(),
    scopes: Type.Array(Type.String()),
    team_id: Type.String(),
    rate_limit_per_hour: nullableLimit(),
    expires_at: nullableText(),
    created_at: Type.String(),
  }),
});

export function presentMade({ key, token }: MadeApiKey) {
  return {
    success: true as const,
    apiKey: {
      id: key.id,
      fullKey: token,
      prefix: key.prefix,
      name: key.name,
      mode: key.mode,
      scopes: key.scopes,
      team_id: key.teamId,
      rate_limit_per_hour: key.rateLimitPerHour,
      expires_at: key.expiresAt && isoTime(key.expiresAt),
      created_at: isoTime(key.createdAt),
    },
  };
}

/** A key as its team sees it afterwards. */
export const KeyView = Type.Object({
  id: Type.String(),
  prefix: Type.String({ description: 'the first characters of the key' }),
  name: Type.String(),
  mode: Type.String({ description: 'live or test' }),
  scopes: Type.Array(Type.String()),
  rate_limit_per_hour: nullableLimit(),
  last_used_at: nullableText({ description: 'to the minute' }),
  expires_at: nullableText(),
  revoked_at: nullableText(),
  created_by: PersonView,
  created_at: Type.String(),
});

export function presentKey({ key, creator }: KeyWithCreator) {
  return {
    id: key.id,
    prefix: key.prefix,
    name: key.name,
    mode: key.mode,
    scopes: key.scopes,
    rate_limit_per_hour: key.rateLimitPerHour,
    last_used_at: key.lastUsedAt && isoTime(key.lastUsedAt),
    expires_at: key.expiresAt && isoTime(key.expiresAt),
    revoked_at: key.revokedAt && isoTime(key.revokedAt),
    created_by: creator,
    created_at: isoTime(key.createdAt),
  };
}

function nullableLimit() {
  return Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: "requests an hour; null: the server's default",
  });
}
