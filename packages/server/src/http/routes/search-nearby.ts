import { Type } from 'typebox';
import { type AreaCodeFilters, type NearbyStock, searchNearby } from '../../usecases/search-nearby.ts';
import { callerOf } from '../access.ts';
import { failures, OfferView, strictObject } from '../schemas.ts';
import { AreaCode, DEFAULT_LIMIT, filterFields, Limit } from '../search-filters.ts';
import type { App, RouteContext } from '../server.ts';

/** Offers shown of each area code: enough to see what is there. */
const SAMPLES = 3;

const Filters = strictObject(
  { ...filterFields, areaCode: AreaCode, limit: Limit },
  'an object with at least countryCode and areaCode',
);

const schema = {
  summary: 'Search area codes near one without stock',
  description:
    'For when a search by area code finds nothing: up to ten other area codes with stock, nearest first. Overlays of the same city are at distance 0. Buys and reserves nothing.',
  tags: ['Phone numbers'],
  body: strictObject(
    { filters: Filters },
    'a JSON object with filters, like {"filters":{"countryCode":"US","areaCode":"415"}}',
  ),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      area_code: Type.String(),
      nearby: Type.Array(
        Type.Object({
          area_code: Type.String(),
          place: Type.String({ description: 'the main city and its state' }),
          distance_km: Type.Integer({ description: 'between the main cities, about' }),
          count: Type.Integer({ description: 'at least so many are on offer; never more than limit' }),
          numbers: Type.Array(OfferView),
        }),
      ),
      provider: Type.String(),
    }),
    ...failures(400, 401, 403, 502, 503),
  },
};

export function searchNearbyRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/phone-numbers/search/nearby',
    { schema, config: { access: 'numbers:read', limit: 'search' } },
    async (request) => {
      const { filters } = request.body;
      const asked = {
        ...filters,
        numberType: filters.numberType ?? 'local',
        limit: filters.limit ?? DEFAULT_LIMIT,
      } as AreaCodeFilters;
      const { provider, nearby } = await searchNearby(context, callerOf(request), asked);
      return {
        success: true as const,
        area_code: filters.areaCode,
        nearby: nearby.map(present),
        provider,
      };
    },
  );
}

function present({ areaCode, place, distanceKm, offers }: NearbyStock) {
  return {
    area_code: areaCode,
    place: `${place.city}, ${place.state}`,
    distance_km: distanceKm,
    count: offers.length,
    numbers: offers.slice(0, SAMPLES),
  };
}
