import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  call,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

let service: Service;
let team: TeamWithKey;

beforeAll(async () => {
  service = await startService({ kind: 'postgres' });
  team = await newTeam(service);
});
afterEach(() => {
  service.sim.faults.clear();
  // Past the time for which equal searches share an answer.
  service.clock.advance(60_000);
});
afterAll(() => service.stop());

function search(body: unknown, token = team.token, on: Service = service): Promise<Answer> {
  return call(on, 'POST', '/api/phone-numbers/search', { token, body });
}

function find(filters: object): Promise<Answer> {
  return search({ filters: { countryCode: 'US', ...filters } });
}

const numbersOf = ({ body }: Answer): string[] =>
  body.numbers.map(({ phoneNumber }: { phoneNumber: string }) => phoneNumber);

/** Counts the searches that reach the carrier from here on. */
function countSearches(): () => number {
  const { id } = service.sim.faults.add({ kind: 'latency', on: 'search', ms: 0, times: null });
  return () => service.sim.faults.list().find((fault) => fault.id === id)?.injected ?? Number.NaN;
}

describe('a search', () => {
  it('answers exactly as the contract says', async () => {
    const answer = await search({
      filters: { countryCode: 'US', areaCode: '415', numberType: 'local', limit: 2 },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      numbers: [
        { phoneNumber: '+14155550101', monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice', 'sms'] },
        { phoneNumber: '+14155550102', monthlyPrice: '1.00', setupPrice: '1.00', features: ['voice', 'sms'] },
      ],
      provider: 'telnyx',
      count: 2,
    });
    expect(answer.headers['x-request-id']).toMatch(/^req_/);
  });

  it('gives 20 where nobody says how many, and up to 100', async () => {
    for (const [limit, count] of [
      [undefined, 20],
      [1, 1],
      [7, 7],
      [100, 100],
    ]) {
      const answer = await find({ areaCode: '212', ...(limit !== undefined && { limit }) });
      expect(answer.body.numbers).toHaveLength(count as number);
      expect(answer.body.count).toBe(count);
      expect(new Set(numbersOf(answer)).size).toBe(count);
    }
  });

  it('answers an empty list where there is no stock', async () => {
    const nothing = { success: true, numbers: [], provider: 'telnyx', count: 0 };
    expect(await search({ filters: { countryCode: 'JP' } })).toMatchObject({ status: 200, body: nothing });
    service.sim.faults.add({ kind: 'no_stock' });
    const answer = await find({ areaCode: '415' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(nothing);
  });

  it('finds local numbers unless toll-free ones are asked for', async () => {
    const tollFree = /^\+18(00|33|44|55|66|77|88)/;
    const local = numbersOf(await find({}));
    expect(local.length).toBeGreaterThan(0);
    expect(local.filter((number) => tollFree.test(number))).toEqual([]);
    expect(numbersOf(await find({ numberType: 'local' }))).toEqual(local);
    const free = await find({ numberType: 'toll-free', limit: 100 });
    expect(free.body.count).toBe(100);
    expect(numbersOf(free).every((number) => tollFree.test(number))).toBe(true);
    expect(free.body.numbers[0].monthlyPrice).toBe('2.00');
    const of833 = numbersOf(await find({ numberType: 'toll-free', areaCode: '833' }));
    expect(of833.length).toBe(20);
    expect(of833.every((number) => number.startsWith('+1833'))).toBe(true);
  });

  it.each([
    [{ areaCode: '415' }, /^\+1415/],
    [{ contains: '0177' }, /0177/],
    [{ startsWith: '4155550' }, /^\+14155550/],
    [{ areaCode: '415', startsWith: '5550' }, /^\+14155550/],
    [{ endsWith: '0123' }, /0123$/],
    [{ contains: '55501', endsWith: '42', areaCode: '212' }, /^\+121255501.*42$/],
    [{ locality: 'San Francisco' }, /^\+1415/],
    [{ administrativeArea: 'WA' }, /^\+1(206|253)/],
    [{ countryCode: 'CA', areaCode: '416' }, /^\+1416/],
    [{ countryCode: 'GB', locality: 'London' }, /^\+4420/],
    [{ countryCode: 'DE', startsWith: '30' }, /^\+4930/],
    [{ limit: 10.0 }, /^\+1/],
  ])('finds by %j', async (filters, pattern) => {
    const numbers = numbersOf(await find(filters));
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => !pattern.test(number))).toEqual([]);
  });

  it('finds what has all the features', async () => {
    const answer = await find({ features: ['mms', 'sms'], limit: 50 });
    expect(answer.body.count).toBe(50);
    for (const { features } of answer.body.numbers)
      expect(features).toEqual(expect.arrayContaining(['mms', 'sms']));
    expect((await find({ features: [] })).body.count).toBe(20);
    expect((await find({ features: ['teleport'] })).body.numbers).toEqual([]);
  });

  it('shows prices as text with at least two decimals', async () => {
    for (const countryCode of ['US', 'CA', 'GB', 'DE', 'FR', 'AT', 'CH']) {
      const { body } = await search({ filters: { countryCode, limit: 5 } });
      expect(body.count, countryCode).toBe(5);
      for (const offer of body.numbers) {
        expect(Object.keys(offer)).toEqual(['phoneNumber', 'monthlyPrice', 'setupPrice', 'features']);
        expect(`${offer.monthlyPrice} ${offer.setupPrice}`).toMatch(/^\d+\.\d{2,4} \d+\.\d{2,4}$/);
      }
    }
  });

  it('does not offer what was sold', async () => {
    const body = { phoneNumber: '+16175550101', teamId: team.teamId };
    const bought = await call(service, 'POST', '/api/phone-numbers/purchase', { token: team.token, body });
    expect(bought.status).toBe(200);
    expect(numbersOf(await find({ areaCode: '617' }))[0]).toBe('+16175550102');
    const test = await newKey(service, team.teamId, { mode: 'test' });
    const inTest = await search({ filters: { countryCode: 'US', areaCode: '617' } }, test.token);
    expect(numbersOf(inTest)[0]).toBe('+16175550101');
  });

  it('orders nothing and stores nothing', async () => {
    const ledger = await service.sim.ledger();
    const numbers = `/api/phone-numbers/purchase?teamId=${team.teamId}`;
    const before = (await call(service, 'GET', numbers, { token: team.token })).body;
    await find({ areaCode: '305' });
    expect(await service.sim.ledger()).toEqual(ledger);
    expect((await call(service, 'GET', numbers, { token: team.token })).body).toEqual(before);
  });
});

describe('equal searches', () => {
  it('reach the carrier once in five seconds', async () => {
    const searches = countSearches();
    const other = await newTeam(service);
    const body = { filters: { countryCode: 'US', areaCode: '305', features: ['sms', 'voice'], limit: 3 } };
    const same = { filters: { limit: 3, features: ['voice', 'sms'], areaCode: '305', countryCode: 'US' } };
    const atOnce = await Promise.all([search(body), search(same), search(body, other.token)]);
    service.clock.advance(5_000);
    const later = await search(same);
    expect(searches()).toBe(1);
    expect(new Set([...atOnce, later].map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    service.clock.advance(1);
    await search(body);
    expect(searches()).toBe(2);
  });

  it('are equal where what is left out is the default', async () => {
    const searches = countSearches();
    await find({ areaCode: '305' });
    await find({ areaCode: '305', limit: 20, numberType: 'local' });
    expect(searches()).toBe(1);
    await find({ areaCode: '305', limit: 21 });
    await find({ areaCode: '305', numberType: 'toll-free' });
    expect(searches()).toBe(3);
  });

  it('do not meet across modes', async () => {
    const searches = countSearches();
    const test = await newKey(service, team.teamId, { mode: 'test' });
    const body = { filters: { countryCode: 'US', areaCode: '305' } };
    expect((await search(body, test.token)).status).toBe(200);
    expect(searches()).toBe(0);
    await search(body);
    expect(searches()).toBe(1);
  });
});

describe('bad filters', () => {
  it.each([
    ['no filters', {}, 'filters', /^is required/],
    ['filters that are a list', { filters: [] }, 'filters', /^must be an object/],
    ['filters that are null', { filters: null }, 'filters', /^must be an object/],
    ['filters beside filters', { filters: { countryCode: 'US' }, limit: 1 }, 'limit', /not a field/],
  ])('%s', async (_what, body, path, message) => {
    expectInvalid(await search(body), path, message);
  });

  it('no country', async () => {
    expectInvalid(
      await search({ filters: {} }),
      'filters.countryCode',
      /^is required: an ISO 3166-1 alpha-2/,
    );
  });

  it.each([
    ['countryCode', 'ZZ', /^"ZZ" is not a country.+like US$/],
    ['countryCode', 'us', /capitals, like US$/],
    ['countryCode', 'USA', /alpha-2/],
    ['countryCode', '', /alpha-2/],
    ['countryCode', ' US', /alpha-2/],
    ['countryCode', 'US\n', /alpha-2/],
    ['countryCode', null, /alpha-2/],
    ['countryCode', 1, /alpha-2/],
    ['countryCode', ['US'], /alpha-2/],
    ['areaCode', '41', /three digits, like 415, for US and CA only/],
    ['areaCode', '4155', /three digits/],
    ['areaCode', 'abc', /three digits/],
    ['areaCode', '４１５', /three digits/],
    ['areaCode', '', /three digits/],
    ['areaCode', 415, /three digits/],
    ['areaCode', null, /three digits/],
    ['numberType', 'mobile', /local or toll-free/],
    ['numberType', 'toll_free', /local or toll-free/],
    ['numberType', null, /local or toll-free/],
    ['limit', 0, /a whole number from 1 to 100/],
    ['limit', -1, /a whole number from 1 to 100/],
    ['limit', 101, /a whole number from 1 to 100/],
    ['limit', 1.5, /a whole number from 1 to 100/],
    ['limit', '10', /a whole number from 1 to 100/],
    ['limit', true, /a whole number from 1 to 100/],
    ['limit', null, /a whole number from 1 to 100/],
    ['limit', 1e21, /a whole number from 1 to 100/],
    ['contains', '12a', /the digits that the number contains/],
    ['contains', '', /the digits/],
    ['contains', '+1415', /the digits/],
    ['contains', '5'.repeat(16), /the digits/],
    ['startsWith', '(415)', /the digits that the number starts with/],
    ['endsWith', 1234, /the digits that the number ends with/],
    ['locality', '', /the name of a city/],
    ['locality', 'x'.repeat(101), /at most 100 characters/],
    ['locality', 'a\u0000b', /U\+0000/],
    ['administrativeArea', '', /state, province or region/],
    ['features', 'sms', /a list of at most 10 features/],
    ['features', Array(11).fill('sms'), /a list of at most 10 features/],
    ['features.0', ['SMS'], /the name of a feature, like sms/],
    ['features.1', ['sms', 1], /the name of a feature, like sms/],
    ['features.0', [''], /the name of a feature, like sms/],
    ['toString', 1, /^is not a field of this request/],
    ['CountryCode', 'US', /^is not a field of this request/],
    ['phoneNumberType', 'local', /^is not a field of this request/],
  ])('%s: %j', async (path, value, message) => {
    const field = path.split('.')[0] as string;
    const counted = countSearches();
    expectInvalid(await find({ [field]: value }), `filters.${path}`, message);
    expect(counted()).toBe(0);
  });

  it.each(['GB', 'DE', 'JM'])('an area code for %s', async (countryCode) => {
    const answer = await search({ filters: { countryCode, areaCode: '415' } });
    expectInvalid(
      answer,
      'filters.areaCode',
      new RegExp(`is for US and CA only; for ${countryCode} use locality`),
    );
  });

  it('names everything that is wrong, the first in the sentence', async () => {
    const { body, ...answer } = await search({
      filters: { areaCode: '41', limit: 0, features: ['sms', 'X'], surprise: 1 },
      more: 1,
    });
    const { issues, ...rest } = body;
    expectRefusal({ ...answer, body: rest }, 400, 'invalid_request');
    expect(issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'filters.areaCode',
      'filters.countryCode',
      'filters.features.1',
      'filters.limit',
      'filters.surprise',
      'more',
    ]);
    expect(body.error).toBe(`${issues[0].path}: ${issues[0].message}`);
  });

  it('names no more than anybody reads', async () => {
    expectInvalid(await find({ 'p/q~1': 1 }), 'filters.p/q~1', /^is not a field/);
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, 1]));
    const { body } = await find(fields);
    expect(body.issues).toHaveLength(20);
    expect(body.error).toBe(`filters.f0: ${body.issues[0].message}`);
    expect((await find({ ['x'.repeat(10_000)]: 1 })).body.error.length).toBeLessThan(300);
  });
});

describe('a carrier that cannot answer', () => {
  it('is 503 while it is down, with a wait, and nothing of it is kept', async () => {
    service.sim.faults.add({ kind: 'error_before', on: 'search', status: 503, times: null });
    const answer = await find({ areaCode: '206' });
    expectRefusal(answer, 503, 'carrier_unavailable');
    expect(answer.headers['retry-after']).toBe('5');
    expect(JSON.stringify(answer)).not.toMatch(/KEY_test|127\.0\.0\.1|10007|telnyx/i);
    service.sim.faults.clear();
    expect((await find({ areaCode: '206' })).status).toBe(200);
  });

  it('is 503 where it limits the rate, with the wait that it names', async () => {
    service.sim.faults.add({ kind: 'rate_limit', on: 'search', retryAfterSeconds: 7 });
    const answer = await find({ areaCode: '206' });
    expectRefusal(answer, 503, 'carrier_unavailable');
    expect(answer.headers['retry-after']).toBe('7');
  });

  it('is 502 where it does not take our key, which nobody gets to see', async () => {
    const locked = await startService({
      kind: 'postgres',
      simulator: { apiKey: 'KEY_of_somebody_else' },
      environment: { TELNYX_API_KEY: 'KEY0123456789abcdef_secret' },
    });
    try {
      const { token } = await newTeam(locked);
      const answer = await search({ filters: { countryCode: 'US' } }, token, locked);
      expectRefusal(answer, 502, 'carrier_error');
      expect(JSON.stringify(answer)).not.toMatch(/KEY0123|secret|127\.0\.0\.1|10009|telnyx/i);
    } finally {
      await locked.stop();
    }
  });
});
