import { type Static, type TObject, type TProperties, Type } from 'typebox';
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

/** An object or null, in a form that is fast to serialise. */
export function nullableObject<Properties extends TProperties>(properties: Properties) {
  const object = Type.Object(properties);
  return Type.Unsafe<Static<TObject<Properties>> | null>({ ...object, type: ['object', 'null'] });
}

export const TeamId = Type.String({
  minLength: 1,
  maxLength: 100,
  description: "the id of the key's team, like team_01j…",
});

/** Where the key or the header says it too. */
export const OptionalTeamId = Type.Optional(TeamId);

/** How a list comes in pages. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: 'a whole number from 1 to 100' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'next_cursor of the page before' }),
  ),
};

/** What a list says of itself. */
export const pageView = {
  count: Type.Integer({ description: 'all that there are, not only this page' }),
  limit: Type.Optional(Type.Integer()),
  next_cursor: Type.Optional(nullableText({ description: 'null on the last page' })),
};

/** One of the carrier's connections. */
export const CONNECTION_ID = {
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: "the id of one of the carrier's connections, 1 to 64 letters, digits, - and _",
};

export const NumberId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "a number's id, like pn_01j…, or the number in E.164 form",
});

/** What people call a thing. */
export const Name = Type.String({
  pattern: '\\S',
  minLength: 1,
  maxLength: 100,
  description: 'a name of 1 to 100 characters',
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
  issues: Type.Optional(
    Type.Array(
      Type.Object({
        path: Type.String(),
        message: Type.String(),
        code: Type.Optional(Type.String()),
        assistant: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
      }),
    ),
  ),
  eligibility: Type.Optional(EligibilityView),
  decision: Type.Optional(Type.Array(Type.String())),
  phone_numbers: Type.Optional(Type.Array(Type.Object({ id: Type.String(), phone_number: Type.String() }))),
  campaigns: Type.Optional(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
});

/** The failures of a route, for its response schemas; any route can fail by a mistake of ours, or for lack of the database. */
export function failures(...statuses: number[]): Record<number, typeof Failure> {
  return Object.fromEntries([...statuses, 500, 503].map((status) => [status, Failure]));
}
