import { type TProperties, Type } from 'typebox';
import { PLAN_IDS } from '../domain/plans.ts';

/*
 * Schemas that several routes share. A description is a noun phrase: it stands in the API reference, and after
 * "must be" in the message about a value that does not fit.
 */

/** An object with these fields and no others. */
export function strictObject<Properties extends TProperties>(
  properties: Properties,
  description = 'a JSON object',
) {
  return Type.Object(properties, { additionalProperties: false, description });
}

/** Text or null, in a form that is fast to serialise. */
export function nullableText(options: { description?: string } = {}) {
  return Type.Unsafe<string | null>({ type: ['string', 'null'], ...options });
}

export const TeamId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: "the id of the key's team, like team_01j…",
});

/** The form that whoever keeps people accepts; narrower than what mail knows (RFC 5322). */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^([A-Za-z0-9_'+-]+\\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}$",
  description: 'an e-mail address',
});

export const PersonName = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '\\S',
  description: 'a name of 1 to 100 characters',
});

/** One that is there already: nothing is said about what it must be like. */
export const Password = Type.String({ minLength: 1, maxLength: 128, description: 'a password' });

export const NewPassword = Type.String({
  minLength: 10,
  maxLength: 128,
  description: 'a password of 10 to 128 characters',
});

export const MailToken = Type.String({
  minLength: 1,
  maxLength: 2_000,
  description: 'the token from the mail',
});

export const PlanId = Type.Union(
  PLAN_IDS.map((id) => Type.Literal(id)),
  { description: `one of ${PLAN_IDS.join(', ')}` },
);

export const MaxNumbers = Type.Integer({
  minimum: 1,
  maximum: 100_000,
  description: 'a whole number from 1 to 100000, for the enterprise plan only',
});

/** Done, in a sentence for people. */
export const Done = Type.Object({ success: Type.Literal(true), message: Type.String() });

export const EligibilityView = Type.Object({
  currentCount: Type.Integer(),
  maxAllowed: Type.Integer(),
  hasSubscription: Type.Boolean(),
  planName: Type.String(),
});

/** A number on offer. */
export const OfferView = Type.Object({
  phoneNumber: Type.String({ description: 'E.164' }),
  monthlyPrice: Type.String({ description: 'USD, at least two decimals' }),
  setupPrice: Type.String({ description: 'USD, at least two decimals' }),
  features: Type.Array(Type.String()),
});

/** The contract's error, as the API reference shows it; the error handler writes it. */
export const Failure = Type.Object({
  success: Type.Literal(false),
  error: Type.String({ description: 'one sentence: what happened, and what to do' }),
  code: Type.String({ description: 'a stable code to branch on' }),
  request_id: Type.String(),
  issues: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
  eligibility: Type.Optional(EligibilityView),
});

/** The failures of a route, for its response schemas; any route can fail by a mistake of ours, or for lack of the database. */
export function failures(...statuses: number[]): Record<number, typeof Failure> {
  return Object.fromEntries([...statuses, 500, 503].map((status) => [status, Failure]));
}
