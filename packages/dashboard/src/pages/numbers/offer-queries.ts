import type { Offer } from '@talkturo/client';
import { queryOptions } from '@tanstack/react-query';
import { areaCodeProblem } from '../../format/area-codes.ts';
import type { Workspace } from '../../session/workspace.tsx';
import type { BuySearch, NumberType } from './search-params.ts';

export type { Offer };

/** What is looked for, ready to be asked. */
export interface OfferWish {
  country: string;
  type: NumberType;
  areaCode: string;
  /** Digits. */
  contains: string;
}

export const DEFAULT_COUNTRY = 'US';

/** Countries in which numbers have area codes that can be asked for. */
export const WITH_AREA_CODES = ['US', 'CA'];

/** As many as fit a page that is looked through. */
const OFFERS_SHOWN = 50;

/**
 * The wish that an address stands for.
 * @returns null where something in it cannot be asked, which the form says
 */
export function wishOf(search: BuySearch, dialled: (word: string) => string | null): OfferWish | null {
  const country = search.country ?? DEFAULT_COUNTRY;
  const type = search.type ?? 'local';
  const areaCode = WITH_AREA_CODES.includes(country) ? (search.areaCode ?? '') : '';
  const contains = dialled(search.contains ?? '');
  if (contains === null || areaCodeProblem(areaCode, { country, type })) return null;
  return { country, type, areaCode, contains };
}

function filtersOf({ country, type, areaCode, contains }: OfferWish) {
  return {
    countryCode: country,
    numberType: type,
    ...(areaCode !== '' && { areaCode }),
    ...(contains !== '' && { contains }),
  };
}

export function offersQuery({ client, scope }: Pick<Workspace, 'client' | 'scope'>, wish: OfferWish) {
  return queryOptions({
    queryKey: [...scope, 'offers', wish],
    queryFn: async ({ signal }) =>
      (await client.phoneNumbers.search({ ...filtersOf(wish), limit: OFFERS_SHOWN }, { signal })).numbers,
    // Each look counts as a search; what is gone by then, the purchase says.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

/** Area codes near by that have stock. */
export function nearbyQuery({ client, scope }: Pick<Workspace, 'client' | 'scope'>, wish: OfferWish) {
  const { areaCode, contains, country } = wish;
  return queryOptions({
    queryKey: [...scope, 'nearby', wish],
    queryFn: async ({ signal }) => {
      const filters = { countryCode: country, areaCode, ...(contains !== '' && { contains }) };
      return (await client.phoneNumbers.searchNearby(filters, { signal })).nearby;
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}
