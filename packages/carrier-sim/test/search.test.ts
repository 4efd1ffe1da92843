import { expect, test } from 'vitest';
import { codeOf, startSim } from './support.ts';

test('the first offer in 415', async () => {
  const { search } = await startSim();
  const { status, body } = await search({ country_code: 'US', national_destination_code: '415', limit: '2' });
  expect(status).toBe(200);
  expect(body.meta).toEqual({ total_results: 2, best_effort_results: 0 });
  expect(body.data[0]).toEqual({
    record_type: 'available_phone_number',
    phone_number: '+14155550101',
    vanity_format: '',
    best_effort: false,
    quickship: true,
    reservable: true,
    region_information: [
      { region_type: 'location', region_name: 'San Francisco' },
      { region_type: 'rate_center', region_name: 'SAN FRANCISCO' },
      { region_type: 'state', region_name: 'CA' },
      { region_type: 'country_code', region_name: 'US' },
    ],
    cost_information: { upfront_cost: '1.00', monthly_cost: '1.00', currency: 'USD' },
    features: [{ name: 'voice' }, { name: 'sms' }],
  });
});

test('features comma-joined and repeated mean the same', async () => {
  const { call } = await startSim();
  const base = '/available_phone_numbers?filter[country_code]=US&filter[limit]=5';
  const joined = await call('GET', `${base}&filter[features]=sms,mms`);
  const repeated = await call('GET', `${base}&filter[features]=sms&filter[features]=mms`);
  const bracketed = await call('GET', `${base}&filter[features][]=sms&filter[features][]=mms`);
  expect(joined.body.data[0].features).toContainEqual({ name: 'mms' });
  expect(repeated.body).toEqual(joined.body);
  expect(bracketed.body).toEqual(joined.body);
});

test('a sold number is no longer offered, the search goes on behind it', async () => {
  const { search, buy } = await startSim();
  for (let line = 101; line <= 199; line++) await buy(`+14155550${line}`, `ref-${line}`);
  const { body } = await search({ national_destination_code: '415', limit: '1' });
  expect(body.data[0].phone_number).toBe('+14155550200');
});

test('best effort adds near matches and marks them', async () => {
  const { search } = await startSim();
  const filters = {
    country_code: 'US',
    national_destination_code: '415',
    'phone_number.starts_with': '5550101',
  };
  expect((await search(filters)).body.data).toHaveLength(1);
  const { body } = await search({ ...filters, best_effort: 'true', limit: '3' });
  expect(body.meta).toEqual({ total_results: 3, best_effort_results: 2 });
  expect(body.data.map((offer: { best_effort: boolean }) => offer.best_effort)).toEqual([false, true, true]);
  expect(body.data[1].region_information).toContainEqual({ region_type: 'state', region_name: 'CA' });
});

test('place filters', async () => {
  const { search } = await startSim();
  const boston = await search({ country_code: 'US', locality: 'boston', limit: '1' });
  expect(boston.body.data[0].phone_number).toBe('+16175550101');
  const ontario = await search({ country_code: 'CA', administrative_area: 'ON', limit: '1' });
  expect(ontario.body.data[0].phone_number).toBe('+14165550101');
  const center = await search({ rate_center: 'SEATTLE', limit: '1' });
  expect(center.body.data[0].phone_number).toBe('+12065550101');
  const london = await search({ country_code: 'GB', locality: 'London', limit: '1' });
  expect(london.body.data[0].phone_number).toBe('+442079460000');
});

test('nothing where there is no stock; a bad filter is refused', async () => {
  const { search } = await startSim();
  expect((await search({ country_code: 'JP' })).body.data).toEqual([]);
  expect((await search({ country_code: 'DE', phone_number_type: 'mobile' })).body.data).toEqual([]);
  for (const filters of [
    { limit: '0' },
    { limit: 'x' },
    { phone_number_type: 'pager' },
    { best_effort: 'yes' },
  ]) {
    const answer = await search(filters as unknown as Record<string, string>);
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('10015');
  }
});

test('the limit is 100 by default and capped at 1000', async () => {
  const { search } = await startSim();
  expect((await search({ country_code: 'US' })).body.data).toHaveLength(100);
  expect((await search({ country_code: 'US', limit: '5000' })).body.data).toHaveLength(1000);
});
