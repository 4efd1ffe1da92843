import { Type } from 'typebox';
import type { SearchFilters } from '../../carriers/carrier.ts';
import { searchNumbers } from '../../usecases/search-numbers.ts';
import { callerOf } from '../access.ts';
import { failures, OfferView, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

/** How many offers a search gives where nobody says. */
const DEFAULT_LIMIT = 20;

const Digits = (where: string) =>
  Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: `the digits that the number ${where}` }),
  );

const Place = (what: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: what }));

const Filters = strictObject(
  {
    countryCode: Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'an ISO 3166-1 alpha-2 country code in capitals, like US',
    }),
    areaCode: Type.Optional(
      Type.String({ pattern: '^[0-9]{3}$', description: 'three digits, like 415, for US and CA only' }),
    ),
    numberType: Type.Optional(
      Type.Union([Type.Literal('local'), Type.Literal('toll-free')], { description: 'local or toll-free' }),
    ),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        default: DEFAULT_LIMIT,
        description: 'a whole number from 1 to 100',
      }),
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
  },
  'an object with at least countryCode',
);

const schema = {
  summary: 'Search numbers that could be bought',
  description: "Asks the carrier of the key's mode. Buys and reserves nothing. No stock is an empty list.",
  tags: ['Phone numbers'],
  body: strictObject(
    { filters: Filters },
    'a JSON object with filters, like {"filters":{"countryCode":"US"}}',
  ),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      numbers: Type.Array(OfferView),
      provider: Type.String(),
      count: Type.Integer(),
    }),
    ...failures(400, 401, 403, 502, 503),
  },
};

export function searchNumbersRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/phone-numbers/search',
    { schema, config: { access: 'numbers:read', limit: 'search' } },
    async (request) => {
      const { filters } = request.body;
      const asked = {
        ...filters,
        numberType: filters.numberType ?? 'local',
        limit: filters.limit ?? DEFAULT_LIMIT,
      };
      const { provider, offers } = await searchNumbers(context, callerOf(request), asked as SearchFilters);
      return { success: true as const, numbers: offers, provider, count: offers.length };
    },
  );
}
