import { bulkhead } from 'cockatiel';
import type { Offer, SearchFilters } from '../carriers/carrier.ts';
import { placesOf } from '../domain/area-code-places.ts';
import { type NearbyAreaCode, nearbyAreaCodes } from '../domain/nearby-area-codes.ts';
import { type Issue, invalidRequest, Refusal } from '../domain/refusal.ts';
import { type Caller, type Context, carrierOf } from './context.ts';
import { checkFilters, searchNumbers } from './search-numbers.ts';

/** Search filters that name an area code. */
export type AreaCodeFilters = SearchFilters & { areaCode: string };

/** An area code with numbers on offer. */
export interface NearbyStock extends NearbyAreaCode {
  offers: Offer[];
}

/** How many area codes the carrier is asked for, the nearest ones. */
const MAX_ASKED = 10;

/** How many of them at once. */
const MAX_AT_ONCE = 4;

/**
 * Where there is stock near an area code that has none: each area code with its offers, nearest first. An area code
 * for which the carrier does not answer is left out, unless it answers for none.
 * @throws Refusal `invalid_request`, `carrier_error`, `carrier_unavailable`
 */
export async function searchNearby(
  context: Context,
  caller: Pick<Caller, 'mode'>,
  filters: AreaCodeFilters,
): Promise<{ provider: string; nearby: NearbyStock[] }> {
  const issues = [...checkFilters(filters), ...checkPlace(filters)];
  if (issues.length > 0) throw invalidRequest(issues.slice(0, 1));
  const provider = carrierOf(context, caller.mode).name;

  const turns = bulkhead(MAX_AT_ONCE, MAX_ASKED);
  const asked = nearbyAreaCodes(filters.areaCode).slice(0, MAX_ASKED);
  const answers = await Promise.all(
    asked.map((near) => turns.execute(() => askFor(context, caller, filters, near))),
  );
  const stock = answers.filter((answer): answer is NearbyStock => !(answer instanceof Refusal));
  const [refusal] = answers.filter((answer) => answer instanceof Refusal);
  if (refusal && stock.length === 0) throw refusal;
  return { provider, nearby: stock.filter(({ offers }) => offers.length > 0) };
}

async function askFor(
  context: Context,
  caller: Pick<Caller, 'mode'>,
  filters: AreaCodeFilters,
  near: NearbyAreaCode,
): Promise<NearbyStock | Refusal> {
  try {
    const { offers } = await searchNumbers(context, caller, { ...filters, areaCode: near.areaCode });
    return { ...near, offers };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function checkPlace({ countryCode, areaCode, numberType }: AreaCodeFilters): Issue[] {
  if (numberType !== 'local') {
    return [{ path: 'filters.numberType', message: 'must be local: toll-free numbers are of no place' }];
  }
  if (placesOf(areaCode).some(({ country }) => country === countryCode)) return [];
  return [
    {
      path: 'filters.areaCode',
      message: `"${areaCode}" is not an area code of ${countryCode}; check it and the country`,
    },
  ];
}
