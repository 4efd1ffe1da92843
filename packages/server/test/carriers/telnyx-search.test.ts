import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CarrierError, type SearchFilters } from '../../src/carriers/carrier.ts';
import { exactPrice } from '../../src/carriers/telnyx/offers.ts';
import { telnyxCarrier } from '../../src/carriers/telnyx/telnyx-carrier.ts';
import { failure, type ScriptedTelnyx, startScriptedTelnyx } from './scripted-telnyx.ts';
import { availableNumber, FILTERS, REQUEST } from './telnyx-records.ts';

const SEARCH = 'GET /v2/available_phone_numbers';

let telnyx: ScriptedTelnyx;
let now: number;
beforeAll(async () => {
  telnyx = await startScriptedTelnyx();
});
beforeEach(() => {
  telnyx.reset();
  now = Date.parse('2026-11-20T12:00:00Z');
});
afterAll(() => telnyx.stop());

function newCarrier() {
  return telnyxCarrier({
    apiKey: 'KEY',
    baseUrl: telnyx.url,
    timeouts: { readMs: 2000 },
    now: () => new Date(now),
  });
}

async function searched(records: unknown[], filters: Partial<SearchFilters> = {}) {
  telnyx.on(SEARCH, { json: { data: records } });
  return await newCarrier().searchNumbers({ ...FILTERS, ...filters });
}

describe('the query', () => {
  it('has everything under filter', async () => {
    await searched([], {
      contains: '55',
      startsWith: '5',
      endsWith: '01',
      locality: 'San Francisco',
      administrativeArea: 'CA',
      features: ['voice', 'sms'],
    });
    expect(telnyx.requests[0]?.query).toEqual({
      'filter[country_code]': 'US',
      'filter[exclude_held_numbers]': 'true',
      'filter[best_effort]': 'false',
      'filter[phone_number_type]': 'local',
      'filter[limit]': '10',
      'filter[national_destination_code]': '415',
      'filter[locality]': 'San Francisco',
      'filter[administrative_area]': 'CA',
      'filter[features]': 'voice,sms',
      'filter[phone_number][contains]': '55',
      'filter[phone_number][starts_with]': '5',
      'filter[phone_number][ends_with]': '01',
    });
  });

  it('names no filter that was not asked for', async () => {
    telnyx.on(SEARCH, { json: { data: [] } });
    await newCarrier().searchNumbers({ countryCode: 'GB', numberType: 'toll-free', limit: 3 });
    expect(telnyx.requests[0]?.query).toEqual({
      'filter[country_code]': 'GB',
      'filter[exclude_held_numbers]': 'true',
      'filter[phone_number_type]': 'toll_free',
      'filter[limit]': '3',
    });
  });
});

describe('the answers', () => {
  it('become offers', async () => {
    expect(await searched([availableNumber('+14155550101')])).toEqual([
      { phoneNumber: '+14155550101', monthlyPrice: '1.50', setupPrice: '1.00', features: ['voice', 'sms'] },
    ]);
  });

  it('are empty where there is no stock', async () => {
    expect(await searched([])).toEqual([]);
  });

  const usd = { upfront_cost: '1', monthly_cost: '1', currency: 'USD' };
  it.each<[string, unknown, Partial<SearchFilters>]>([
    ['a near match', availableNumber('+14155550101', { best_effort: true }), {}],
    ['no E.164', availableNumber('14155550101'), {}],
    ['no number', availableNumber('', { phone_number: null }), {}],
    ['no record', null, {}],
    ['another area code', availableNumber('+14085550101'), {}],
    ['another calling code', availableNumber('+442079460123'), { areaCode: '' }],
    [
      'the country beside',
      availableNumber('+14155550101', {
        region_information: [{ region_type: 'country_code', region_name: 'CA' }],
      }),
      {},
    ],
    ['a toll-free number among local ones', availableNumber('+18005550101'), { areaCode: '' }],
    ['a local number among toll-free ones', availableNumber('+14155550101'), { numberType: 'toll-free' }],
    ['another beginning', availableNumber('+14155550101'), { startsWith: '9' }],
    ['another end', availableNumber('+14155550101'), { endsWith: '02' }],
    ['other digits', availableNumber('+14155550101'), { contains: '777' }],
    ['a missing feature', availableNumber('+14155550101'), { features: ['voice', 'mms'] }],
    [
      'another currency',
      availableNumber('+14155550101', { cost_information: { ...usd, currency: 'EUR' } }),
      {},
    ],
    [
      'no currency',
      availableNumber('+14155550101', { cost_information: { ...usd, currency: undefined } }),
      {},
    ],
    [
      'no monthly price',
      availableNumber('+14155550101', { cost_information: { ...usd, monthly_cost: undefined } }),
      {},
    ],
    [
      'an empty setup price',
      availableNumber('+14155550101', { cost_information: { ...usd, upfront_cost: '' } }),
      {},
    ],
    ['no prices', availableNumber('+14155550101', { cost_information: undefined }), {}],
  ])('are left out: %s', async (_, record, filters) => {
    expect(await searched([record, record], filters)).toEqual([]);
  });

  it('are kept where they match every pattern', async () => {
    const filters = { startsWith: '555', endsWith: '0101', contains: '5501', features: ['sms'] };
    expect(await searched([availableNumber('+14155550101')], filters)).toHaveLength(1);
    expect(await searched([availableNumber('+14155550101')], { startsWith: '415555' })).toHaveLength(1);
    const tollFree = { numberType: 'toll-free', areaCode: '800' } as const;
    expect(await searched([availableNumber('+18005550101')], tollFree)).toHaveLength(1);
  });

  it('are at most as many as asked for, each once', async () => {
    const records = ['01', '01', '02', '03'].map((end) => availableNumber(`+141555501${end}`));
    const offers = await searched(records, { limit: 2 });
    expect(offers.map((offer) => offer.phoneNumber)).toEqual(['+14155550101', '+14155550102']);
  });

  it.each([
    ['1', '1.00'],
    ['1.5', '1.50'],
    ['1.00000', '1.00'],
    ['0.0500', '0.05'],
    ['0.0525', '0.0525'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['007.10', '7.10'],
    ['0', '0.00'],
    [3.21, '3.21'],
    ['', null],
    ['-1.00', null],
    ['1,50', null],
    ['1e3', null],
    [null, null],
    [Number.NaN, null],
  ])('price %j → %j', (cost, price) => {
    expect(exactPrice(cost)).toBe(price);
  });
});

describe('the offer of one number', () => {
  it.each<[string, Record<string, string>]>([
    [
      '+14155550101',
      {
        'filter[country_code]': 'US',
        'filter[national_destination_code]': '415',
        'filter[phone_number][starts_with]': '5550101',
      },
    ],
    [
      '+14165550101',
      {
        'filter[country_code]': 'CA',
        'filter[national_destination_code]': '416',
        'filter[phone_number][starts_with]': '5550101',
      },
    ],
    [
      '+18005550101',
      {
        'filter[country_code]': 'US',
        'filter[phone_number_type]': 'toll_free',
        'filter[national_destination_code]': '800',
      },
    ],
    ['+442079460123', { 'filter[country_code]': 'GB', 'filter[phone_number][starts_with]': '2079460123' }],
  ])('asks for %s by its country and digits', async (phoneNumber, query) => {
    telnyx.on(SEARCH, {
      json: { data: [availableNumber(`${phoneNumber.slice(0, -1)}9`), availableNumber(phoneNumber)] },
    });
    expect(await newCarrier().findOffer(phoneNumber, { fresh: true })).toMatchObject({ phoneNumber });
    expect(telnyx.requests[0]?.query).toMatchObject(query);
  });

  it('is null where only others are on offer, and for what is no number', async () => {
    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550102')] } });
    expect(await newCarrier().findOffer('+14155550101', { fresh: true })).toBeNull();
    expect(await newCarrier().findOffer('4155550101', { fresh: true })).toBeNull();
    expect(telnyx.requests).toHaveLength(1);
  });

  it('is remembered from a search for ten minutes, unless it must be fresh', async () => {
    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550101')] } });
    const carrier = newCarrier();
    await carrier.searchNumbers(FILTERS);
    now += 599_000;
    expect(await carrier.findOffer('+14155550101', { fresh: false })).toMatchObject({ monthlyPrice: '1.50' });
    expect(telnyx.requests).toHaveLength(1);
    await carrier.findOffer('+14155550101', { fresh: true });
    expect(telnyx.requests).toHaveLength(2);
    now += 600_001;
    await carrier.findOffer('+14155550101', { fresh: false });
    expect(telnyx.requests).toHaveLength(3);
  });

  it('is forgotten when the carrier no longer has it, and when it was ordered', async () => {
    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550101')] } }, { json: { data: [] } });
    const carrier = newCarrier();
    await carrier.searchNumbers(FILTERS);
    expect(await carrier.findOffer('+14155550101', { fresh: true })).toBeNull();
    expect(await carrier.findOffer('+14155550101', { fresh: false })).toBeNull();

    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550101')] } }, { json: { data: [] } });
    telnyx.on('POST /v2/number_orders', { json: { data: { id: '1' } } });
    const other = newCarrier();
    expect(await other.searchNumbers(FILTERS)).toHaveLength(1);
    await other.order(REQUEST);
    expect(await other.findOffer('+14155550101', { fresh: false })).toBeNull();
    expect(await other.searchNumbers(FILTERS)).toEqual([]);
  });
});

describe('equal searches', () => {
  it('share a call while it is under way and for five seconds after', async () => {
    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550101')] } });
    const carrier = newCarrier();
    const reordered = {
      limit: 10,
      numberType: 'local',
      areaCode: '415',
      countryCode: 'US',
      features: ['sms', 'voice'],
    } as const;
    const first = carrier.searchNumbers({ ...FILTERS, features: ['voice', 'sms'] });
    now += 60_000;
    await Promise.all([first, carrier.searchNumbers(reordered)]);
    now += 4999;
    await carrier.searchNumbers(reordered);
    expect(telnyx.requests).toHaveLength(1);
    now += 2;
    await carrier.searchNumbers(reordered);
    expect(telnyx.requests).toHaveLength(2);
  });

  it('do not share with others', async () => {
    telnyx.on(SEARCH, { json: { data: [] } });
    const carrier = newCarrier();
    await carrier.searchNumbers(FILTERS);
    await carrier.searchNumbers({ ...FILTERS, areaCode: '408' });
    await carrier.searchNumbers({ ...FILTERS, contains: '415' });
    expect(telnyx.requests).toHaveLength(3);
  });

  it('do not share a failure', async () => {
    telnyx.on(SEARCH, { status: 400, json: failure('10015') }, { json: { data: [] } });
    const carrier = newCarrier();
    await expect(carrier.searchNumbers(FILTERS)).rejects.toMatchObject({ kind: 'invalid_request' });
    expect(await carrier.searchNumbers(FILTERS)).toEqual([]);
  });

  it('give every caller offers of its own', async () => {
    telnyx.on(SEARCH, { json: { data: [availableNumber('+14155550101')] } });
    const carrier = newCarrier();
    const [offer] = await carrier.searchNumbers(FILTERS);
    offer?.features.push('changed');
    expect((await carrier.searchNumbers(FILTERS))[0]?.features).toEqual(['voice', 'sms']);
  });
});

describe('a search that fails', () => {
  const quick = { 'retry-after': '3' };
  it.each<[string, Parameters<ScriptedTelnyx['on']>[1], Partial<CarrierError>]>([
    ['401', { status: 401, json: failure('10009') }, { kind: 'unauthorised' }],
    ['403 for the account', { status: 403, json: failure('20012') }, { kind: 'unauthorised' }],
    ['422', { status: 422, json: failure('10027') }, { kind: 'invalid_request' }],
    ['429', { status: 429, headers: quick }, { kind: 'rate_limited', retryAfterMs: 3000 }],
    ['503', { status: 503, headers: quick }, { kind: 'unavailable', retryAfterMs: 3000 }],
    ['no JSON', { text: '<html>' }, { kind: 'unavailable' }],
    ['no list', { json: { data: {} } }, { kind: 'unavailable' }],
  ])('says so: %s', async (_, reply, error) => {
    telnyx.on(SEARCH, reply);
    const search = newCarrier().searchNumbers(FILTERS);
    await expect(search).rejects.toBeInstanceOf(CarrierError);
    await expect(search).rejects.toMatchObject(error);
    expect(telnyx.requests).toHaveLength(1);
  });

  it('is repeated where the carrier stumbles once', async () => {
    telnyx.on(SEARCH, { status: 502 }, { json: { data: [] } });
    expect(await newCarrier().searchNumbers(FILTERS)).toEqual([]);
    expect(telnyx.requests).toHaveLength(2);
  });

  it('ends in time, retries and all', async () => {
    telnyx.on(SEARCH, { fault: 'hang' });
    const carrier = telnyxCarrier({ apiKey: 'KEY', baseUrl: telnyx.url, timeouts: { readMs: 100 } });
    await expect(carrier.searchNumbers(FILTERS)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'timed out',
    });
    expect(telnyx.requests).toHaveLength(1);
  });
});
