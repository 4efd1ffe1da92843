import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier } from '../../src/carriers/carrier.ts';
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
  service = await startService();
  team = await newTeam(service);
});
// Searches are shared for five seconds.
afterEach(() => {
  service.sim.faults.clear();
  service.clock.advance(6_000);
});
afterAll(() => service.stop());

const near = (filters: object, token = team.token) =>
  call(service, 'POST', '/api/phone-numbers/search/nearby', { token, body: { filters } });

const nearUs = (areaCode: string, more: object = {}) => near({ countryCode: 'US', areaCode, ...more });

const codesOf = (answer: Answer): string[] =>
  answer.body.nearby.map(({ area_code }: { area_code: string }) => area_code);

/** Empties an area code at the carrier. */
const sellOut = (...areaCodes: string[]) => {
  for (const areaCode of areaCodes) service.sim.faults.add({ kind: 'no_stock', areaCode, times: null });
};

/** The live carrier with its searches watched. */
async function watching<Result>(
  watch: (search: Carrier['searchNumbers']) => Carrier['searchNumbers'],
  work: () => Promise<Result>,
): Promise<Result> {
  const { carriers } = service.app.context;
  const { live } = carriers;
  if (!live) throw new Error('live mode is off');
  carriers.live = { ...live, searchNumbers: watch((filters) => live.searchNumbers(filters)) };
  try {
    return await work();
  } finally {
    carriers.live = live;
  }
}

describe('POST /api/phone-numbers/search/nearby', () => {
  it('finds what is near where a search finds nothing', async () => {
    const search = { token: team.token, body: { filters: { countryCode: 'US', areaCode: '628' } } };
    const nothing = await call(service, 'POST', '/api/phone-numbers/search', search);
    expect(nothing.body).toEqual({ success: true, numbers: [], provider: 'telnyx', count: 0 });

    const answer = await nearUs('628');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      area_code: '628',
      nearby: expect.any(Array),
      provider: 'telnyx',
    });
    expect(answer.body.nearby[0]).toEqual({
      area_code: '415',
      place: 'San Francisco, CA',
      distance_km: 0,
      count: 20,
      numbers: ['+14155550101', '+14155550102', '+14155550103'].map((phoneNumber) => ({
        phoneNumber,
        monthlyPrice: '1.00',
        setupPrice: '1.00',
        features: ['voice', 'sms'],
      })),
    });
    expect(codesOf(answer)).toEqual(['415', '510', '650', '925', '408', '707']);
  });

  it('leaves out what has no stock, and asks for what else was asked for', async () => {
    sellOut('415', '510');
    const answer = await nearUs('628', { limit: 2, features: ['mms'], endsWith: '50' });
    expect(codesOf(answer)[0]).toBe('650');
    expect(answer.body.nearby[0]).toMatchObject({ count: 2, distance_km: 21 });
    for (const { numbers } of answer.body.nearby)
      for (const { phoneNumber, features } of numbers) {
        expect(phoneNumber).toMatch(/50$/);
        expect(features).toContain('mms');
      }
  });

  it('is an empty list where nothing near has stock', async () => {
    service.sim.faults.add({ kind: 'no_stock', times: null });
    expect(await nearUs('415')).toMatchObject({ status: 200, body: { success: true, nearby: [] } });
    service.sim.faults.clear();
    expect(await nearUs('808')).toMatchObject({ status: 200, body: { nearby: [], provider: 'telnyx' } });
  });

  it('stays in the country', async () => {
    const answer = await near({ countryCode: 'CA', areaCode: '437' });
    expect(answer.body.nearby[0]).toMatchObject({ area_code: '416', place: 'Toronto, ON' });
    expect(codesOf(answer)).toEqual(expect.arrayContaining(['647', '905', '519']));
  });

  it('asks the carrier for ten area codes, four at once', async () => {
    const asked: string[] = [];
    let [atOnce, most] = [0, 0];
    const watch =
      (search: Carrier['searchNumbers']): Carrier['searchNumbers'] =>
      async (filters) => {
        asked.push(filters.areaCode ?? '');
        atOnce += 1;
        most = Math.max(most, atOnce);
        try {
          return await search(filters);
        } finally {
          atOnce -= 1;
        }
      };
    await watching(watch, () => nearUs('212'));
    expect(asked).toEqual(['332', '347', '465', '646', '718', '917', '929', '201', '551', '862']);
    expect(most).toBe(4);
  });

  it('asks in the mode of the key', async () => {
    sellOut('415');
    const test = await newKey(service, team.teamId, { mode: 'test' });
    expect(codesOf(await near({ countryCode: 'US', areaCode: '628' }, test.token))[0]).toBe('415');
    expect(codesOf(await nearUs('628'))[0]).toBe('510');
  });
});

describe('a carrier that does not answer', () => {
  it('for one area code: it is left out', async () => {
    const fault = { kind: 'error_before', on: 'search', status: 503, times: null } as const;
    service.sim.faults.add({ ...fault, areaCode: '415' });
    expect(codesOf(await nearUs('628'))).toEqual(['510', '650', '925', '408', '707']);
  });

  it('for none: the refusal of the search', async () => {
    service.sim.faults.add({ kind: 'rate_limit', on: 'search', times: null, retryAfterSeconds: 7 });
    const answer = await nearUs('628');
    expectRefusal(answer, 503, 'carrier_unavailable');
    expect(answer.headers['retry-after']).toBe('7');
  });
});

describe('what cannot be asked for', () => {
  it.each([
    [{ countryCode: 'US', areaCode: '999' }, 'filters.areaCode', /^"999" is not an area code of US/],
    [{ countryCode: 'US', areaCode: '800' }, 'filters.areaCode', /^"800" is not an area code of US/],
    [{ countryCode: 'CA', areaCode: '415' }, 'filters.areaCode', /^"415" is not an area code of CA/],
    [{ countryCode: 'US', areaCode: '416' }, 'filters.areaCode', /^"416" is not an area code of US/],
    [{ countryCode: 'US', areaCode: '41' }, 'filters.areaCode', /three digits/],
    [{ countryCode: 'US' }, 'filters.areaCode', /^is required: three digits/],
    [{ areaCode: '415' }, 'filters.countryCode', /^is required/],
    [{ countryCode: 'GB', areaCode: '415' }, 'filters.areaCode', /is for US and CA only/],
    [{ countryCode: 'ZZ', areaCode: '415' }, 'filters.countryCode', /is not a country/],
    [{ countryCode: 'US', areaCode: '415', numberType: 'toll-free' }, 'filters.numberType', /must be local/],
    [{ countryCode: 'US', areaCode: '415', limit: 101 }, 'filters.limit', /1 to 100/],
    [{ countryCode: 'US', areaCode: '415', surprise: 1 }, 'filters.surprise', /not a field/],
  ])('%j', async (filters, path, message) => {
    expectInvalid(await near(filters), path, message);
  });

  it('live mode that is off', async () => {
    const offline = await startService({ kind: 'postgres', environment: { TELNYX_API_KEY: '' } });
    try {
      const { token } = await newTeam(offline);
      const body = { filters: { countryCode: 'US', areaCode: '628' } };
      const answer = await call(offline, 'POST', '/api/phone-numbers/search/nearby', { token, body });
      expectRefusal(answer, 503, 'carrier_unavailable');
    } finally {
      await offline.stop();
    }
  });
});
