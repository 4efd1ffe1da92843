import { CarrierError } from './errors.ts';
import {
  featuresOf,
  nearMatches,
  priceOf,
  rateCenterOf,
  type StockNumber,
  type StockQuery,
  stockMatching,
} from './inventory.ts';
import { booleanParameter, listParameter, type Query, textParameter } from './query-parameters.ts';
import type { SimContext } from './sim-context.ts';

/** How long a search entitles to an order. */
const SEARCH_VALID_MS = 30 * 60_000;
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Numbers of the inventory that are looked up in the store at once. */
const CHUNK = 200;

const TYPES = ['local', 'toll_free', 'mobile', 'national', 'shared_cost'];

interface Offer {
  number: StockNumber;
  bestEffort: boolean;
}

/** GET /available_phone_numbers: offers what is not held, and remembers what it has offered. */
export async function searchAvailableNumbers(ctx: SimContext, query: Query) {
  const stockQuery = stockQueryOf(query);
  const limit = limitOf(query);
  const bestEffort = booleanParameter(query, 'filter[best_effort]') ?? false;
  for (const name of ['quickship', 'reservable', 'exclude_held_numbers'])
    booleanParameter(query, `filter[${name}]`);
  const offers = ctx.faults.draw('no_stock', 'search', numbersSearched(query))
    ? []
    : await findOffers(ctx, stockQuery, limit, bestEffort);
  const at = ctx.now().toISOString();
  const searched = offers.map(({ number }) => ({ id: number.phoneNumber, record: { at } }));
  if (searched.length > 0) await ctx.store.putMany('searched_numbers', searched);
  const nearCount = offers.filter((offer) => offer.bestEffort).length;
  return {
    data: offers.map((offer) => toWire(offer, stockQuery.country)),
    meta: { total_results: offers.length, best_effort_results: nearCount },
  };
}

/** How the numbers begin that a search in an area code is about. */
export function numbersSearched(query: Query): string[] {
  const areaCode = textParameter(query, 'filter[national_destination_code]');
  return areaCode === undefined ? [] : [`+1${areaCode}`];
}

function stockQueryOf(query: Query): StockQuery {
  const type = textParameter(query, 'filter[phone_number_type]');
  if (type !== undefined && !TYPES.includes(type)) {
    const parameter = 'filter[phone_number_type]';
    throw new CarrierError('10015', {
      detail: `${parameter} must be one of ${TYPES.join(', ')}.`,
      parameter,
    });
  }
  const stockQuery: StockQuery = { features: listParameter(query, 'filter[features]') };
  const texts = {
    country: textParameter(query, 'filter[country_code]'),
    type,
    ndc: textParameter(query, 'filter[national_destination_code]'),
    locality: textParameter(query, 'filter[locality]'),
    administrativeArea: textParameter(query, 'filter[administrative_area]'),
    rateCenter: textParameter(query, 'filter[rate_center]'),
    startsWith: digitsParameter(query, 'filter[phone_number][starts_with]'),
    endsWith: digitsParameter(query, 'filter[phone_number][ends_with]'),
    contains: digitsParameter(query, 'filter[phone_number][contains]'),
  };
  for (const [name, text] of Object.entries(texts))
    if (text !== undefined) Object.assign(stockQuery, { [name]: text });
  return stockQuery;
}

function digitsParameter(query: Query, name: string): string | undefined {
  return textParameter(query, name)?.replaceAll(/\D/g, '');
}

function limitOf(query: Query): number {
  const parameter = 'filter[limit]';
  const value = textParameter(query, parameter) ?? String(DEFAULT_LIMIT);
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) {
    throw new CarrierError('10015', {
      detail: `${parameter} must be a whole number of at least 1.`,
      parameter,
    });
  }
  return Math.min(Number(value), MAX_LIMIT);
}

async function findOffers(
  ctx: SimContext,
  query: StockQuery,
  limit: number,
  bestEffort: boolean,
): Promise<Offer[]> {
  const found = new Map<string, Offer>();
  await addUnsold(ctx, found, stockMatching(query), limit, false);
  if (bestEffort && found.size < limit) await addUnsold(ctx, found, nearMatches(query), limit, true);
  return [...found.values()];
}

// Not Iterator.take, which closes the generator after the first chunk.
function nextFew(candidates: Generator<StockNumber>, count: number): StockNumber[] {
  const chunk: StockNumber[] = [];
  while (chunk.length < count) {
    const { value, done } = candidates.next();
    if (done) break;
    chunk.push(value);
  }
  return chunk;
}

async function addUnsold(
  ctx: SimContext,
  found: Map<string, Offer>,
  candidates: Generator<StockNumber>,
  limit: number,
  bestEffort: boolean,
): Promise<void> {
  while (found.size < limit) {
    const chunk = nextFew(candidates, Math.min(CHUNK, limit));
    if (chunk.length === 0) return;
    const claims = await ctx.store.getMany(
      'held_numbers',
      chunk.map(({ phoneNumber }) => phoneNumber),
    );
    for (const [index, number] of chunk.entries()) {
      if (claims[index] || found.has(number.phoneNumber) || found.size >= limit) continue;
      found.set(number.phoneNumber, { number, bestEffort });
    }
  }
}

function toWire({ number, bestEffort }: Offer, country: string | undefined) {
  const { block, phoneNumber } = number;
  const { upfrontCost, monthlyCost } = priceOf(number);
  // Toll-free numbers are shared by the countries of +1: each offer says the country that was asked for.
  const soldIn = block.type === 'toll_free' ? (country?.toUpperCase() ?? block.country) : block.country;
  return {
    record_type: 'available_phone_number',
    phone_number: phoneNumber,
    vanity_format: '',
    best_effort: bestEffort,
    quickship: true,
    reservable: true,
    region_information: regionsOf(number, soldIn),
    cost_information: { upfront_cost: upfrontCost, monthly_cost: monthlyCost, currency: 'USD' },
    features: featuresOf(number).map((name) => ({ name })),
  };
}

function regionsOf({ block }: StockNumber, country: string) {
  const regions = [
    ['location', block.locality],
    ['rate_center', rateCenterOf(block)],
    ['state', block.administrativeArea],
    ['country_code', country],
  ] as const;
  return regions.flatMap(([region_type, region_name]) => (region_name ? [{ region_type, region_name }] : []));
}

/** Whether a search has answered this number recently enough for an order. */
export async function wasSearched(ctx: SimContext, phoneNumber: string): Promise<boolean> {
  const searched = await ctx.store.get('searched_numbers', phoneNumber);
  if (!searched) return false;
  return Date.parse(String(searched.at)) + SEARCH_VALID_MS >= ctx.now().getTime();
}
