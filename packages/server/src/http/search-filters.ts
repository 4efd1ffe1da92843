import { Type } from 'typebox';

/** How many offers a search gives where nobody says. */
export const DEFAULT_LIMIT = 20;

const Digits = (where: string) =>
  Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: `the digits that the number ${where}` }),
  );

const Place = (what: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: what }));

export const AreaCode = Type.String({
  pattern: '^[0-9]{3}$',
  description: 'three digits, like 415, for US and CA only',
});

/** What numbers can be searched by, whatever the search is for. */
export const filterFields = {
  countryCode: Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'an ISO 3166-1 alpha-2 country code in capitals, like US',
  }),
  areaCode: Type.Optional(AreaCode),
  numberType: Type.Optional(
    Type.Union([Type.Literal('local'), Type.Literal('toll-free')], { description: 'local or toll-free' }),
  ),
  contains: Digits('contains'),
  startsWith: Digits('starts with, after the country code'),
  endsWith: Digits('ends with'),
  locality: Place('the name of a city, at most 100 characters'),
  administrativeArea: Place('the name or code of a state, province or region, at most 100 characters'),
  features: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z_]{1,40}$', description: 'the name of a feature, like sms' }), {
      maxItems: 10,
      description: 'a list of at most 10 features, like ["voice", "sms"]',
    }),
  ),
};

export const Limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 100,
    default: DEFAULT_LIMIT,
    description: 'a whole number from 1 to 100',
  }),
);
