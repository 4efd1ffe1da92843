import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { PLAN_IDS } from '../domain/plans.ts';
import { ROLES } from '../domain/roles.ts';

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
  description: 'the id of your team, like team_01j…',
});

/** The form that whoever keeps people accepts; narrower than what mail knows (RFC 5322). */
export const Email = Type.String({
  maxLength: 254,
  pattern:
    "^([A-Za-z0-9_'+-]+\\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}$",
  description: 'an e-mail address',
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

/** The name of something, 1 to 100 characters that are not all blank. */
export function nameOf(what: string) {
  return Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    description: `${what}, 1 to 100 characters`,
  });
}

/** The id of a record in an address. */
export function idOf(what: string) {
  return Type.String({ minLength: 1, maxLength: 100, description: `the id of ${what}` });
}

/** How many rows a page has where the client does not say. */
export const PAGE_SIZE = 50;

/**
 * The fields of a query that asks for a list in pages. What a cursor is, the list itself knows.
 * @param most rows of a page
 * @param options `default`: how many rows where the client does not say; without it the list comes all at once
 */
export function pageFields(most: number, options: { default?: number } = {}) {
  return {
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: most,
        ...options,
        description: `a whole number from 1 to ${most}`,
      }),
    ),
    cursor: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'the next_cursor of the page before, as it is',
      }),
    ),
  };
}

/** Those of a list whose cursor is the id of the last row. */
export const paging = {
  ...pageFields(100, { default: PAGE_SIZE }),
  cursor: Type.Optional(
    Type.String({
      pattern: '^[a-z]+_[0-9a-z]{26}$',
      description: 'the next_cursor of the page before, as it is',
    }),
  ),
};

export const RoleName = Type.Union(
  ROLES.map((role) => Type.Literal(role)),
  { description: `one of ${ROLES.join(', ')}` },
);

/** A person as records name them; null where nobody stands behind it. */
export const PersonView = Type.Unsafe<{ id: string; email: string; name: string } | null>({
  type: ['object', 'null'],
  properties: { id: { type: 'string' }, email: { type: 'string' }, name: { type: 'string' } },
});

/** Done, where there is nothing to say but that. */
export const Success = Type.Object({ success: Type.Literal(true) });

export const NumberId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "a number's id, like pn_01j…, or the number in E.164 form",
});

export const EndpointId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'the id of a webhook endpoint, like whe_01j…',
});

/** Where the key or the header says it too. */
export const OptionalTeamId = Type.Optional(TeamId);

/** What a list says of itself. */
export const pageView = {
  count: Type.Integer({ description: 'all that there are, not only this page' }),
  limit: Type.Optional(Type.Integer()),
  next_cursor: Type.Optional(nullableText({ description: 'null on the last page' })),
};

/** Where a list came in pages, the two fields that say so; none where it came all at once. */
export function pagingOf(page: { limit: number; nextCursor: string | null } | null) {
  return page && { limit: page.limit, next_cursor: page.nextCursor };
}

/** One of the carrier's connections. */
export const CONNECTION_ID = {
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: "the id of one of the carrier's connections, 1 to 64 letters, digits, - and _",
};

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

/**
 * The failures of a route, for its response schemas; any route can fail by a mistake of ours, or for lack of the
 * database, and where it matters who or where from, they can ask too often.
 */
export function failures(...statuses: number[]): Record<number, typeof Failure> {
  const limited = statuses.includes(401) || statuses.includes(403) ? [429] : [];
  return Object.fromEntries([...statuses, ...limited, 500, 503].map((status) => [status, Failure]));
}
