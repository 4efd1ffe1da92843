import { Type } from 'typebox';
import type { SearchFilters } from '../../carriers/carrier.ts';
import { searchNumbers } from '../../usecases/search-numbers.ts';
import { callerOf } from '../access.ts';
import { failures, OfferView, strictObject } from '../schemas.ts';
import { DEFAULT_LIMIT, filterFields, Limit } from '../search-filters.ts';
import type { App, RouteContext } from '../server.ts';

const Filters = strictObject({ ...filterFields, limit: Limit }, 'an object with at least countryCode');

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
