import { expect, test } from 'vitest';
import { codeOf, listed, slowStore, startSim } from './support.ts';

const NUMBER = '+14155550101';

test('PATCH changes what it may, and filters find it', async () => {
  const sim = await startSim();
  await sim.buy(NUMBER, 'before');
  const { id } = await listed(sim, NUMBER);
  const changes = {
    connection_id: '42',
    tags: ['trial', 'team-7'],
    customer_reference: 'after',
    external_pin: '1234',
  };
  const { status, body } = await sim.call('PATCH', `/phone_numbers/${id}`, changes);
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ ...changes, id, phone_number: NUMBER });
  expect((await sim.call('GET', `/phone_numbers/${id}`)).body).toEqual(body);
  const found = async (filter: string) =>
    (await sim.call('GET', `/phone_numbers?${filter}`)).body.meta.total_results;
  expect(await found('filter[tag]=team-7')).toBe(1);
  expect(await found('filter[tag]=team')).toBe(0);
  expect(await found('filter[connection_id]=42')).toBe(1);
  expect(await found('filter[customer_reference]=before')).toBe(0);
  expect(await found('filter[customer_reference]=after')).toBe(1);
  expect(await found('filter[status]=active')).toBe(1);
  expect(await found('filter[status]=deleted')).toBe(0);
  expect(await found('filter[country_iso_alpha2]=US')).toBe(1);
});

test('PATCH refuses what is wrong and changes nothing then', async () => {
  const sim = await startSim();
  await sim.buy(NUMBER);
  const { id } = await listed(sim, NUMBER);
  const attempt = async (body: unknown) => codeOf(await sim.call('PATCH', `/phone_numbers/${id}`, body));
  expect(await attempt({ connection_id: 'unknown' })).toBe('85004');
  expect(await attempt({ connection_id: 7 })).toBe('10015');
  expect(await attempt({ tags: 'a' })).toBe('10015');
  expect(await attempt([])).toBe('10015');
  expect((await sim.call('GET', `/phone_numbers/${id}`)).body.data).toMatchObject({ tags: [] });
});

test('the phone number filter takes three digits or more, and nothing but digits', async () => {
  const sim = await startSim();
  await sim.buy(NUMBER);
  await sim.buy('+14155550102');
  const found = async (value: string) =>
    (await sim.call('GET', `/phone_numbers?filter[phone_number]=${encodeURIComponent(value)}`)).body.data
      .length;
  expect(await found('14155550101')).toBe(1);
  expect(await found('555')).toBe(2);
  expect(await found('55')).toBe(0);
  expect(await found('+14155550101')).toBe(0);
});

test('a deleted number answers deleted, is gone, and can be bought again', async () => {
  const sim = await startSim();
  await sim.buy(NUMBER, 'first');
  const { id } = await listed(sim, NUMBER);
  const { status, body } = await sim.call('DELETE', `/phone_numbers/${id}`);
  expect([status, body.data.status, body.data.id]).toEqual([200, 'deleted', id]);
  expect(codeOf(await sim.call('GET', `/phone_numbers/${id}`))).toBe('10005');
  expect(codeOf(await sim.call('DELETE', `/phone_numbers/${id}`))).toBe('10005');
  expect(codeOf(await sim.call('PATCH', `/phone_numbers/${id}`, {}))).toBe('10005');
  expect((await sim.buy(NUMBER, 'second')).status).toBe(200);
  expect((await listed(sim, NUMBER)).id).not.toBe(id);
  const { totals } = await sim.sim.ledger({ phoneNumber: NUMBER });
  expect(totals).toMatchObject({ orders: 2, releases: 1, numbers_held: 1, most_orders_of_one_reference: 1 });
});

test('two releases at once count as one', async () => {
  const sim = await startSim({ store: slowStore() });
  await sim.buy(NUMBER);
  const { id } = await listed(sim, NUMBER);
  await Promise.all([1, 2, 3].map(() => sim.call('DELETE', `/phone_numbers/${id}`)));
  expect((await sim.sim.ledger()).totals.releases).toBe(1);
});

test('a change that races with a release does not bring the number back', async () => {
  const sim = await startSim({ store: slowStore() });
  for (const line of ['0101', '0102', '0103', '0104', '0105']) {
    await sim.buy(`+1415555${line}`);
    const path = `/phone_numbers/${(await listed(sim, `+1415555${line}`)).id}`;
    await Promise.all([
      sim.call('PATCH', path, { tags: ['a'] }),
      sim.call('DELETE', path),
      sim.call('PATCH', path, { tags: ['b'] }),
    ]);
  }
  expect((await sim.call('GET', '/phone_numbers')).body.data).toEqual([]);
});

test('a deletion lock holds', async () => {
  const sim = await startSim();
  await sim.control('POST', '/owned-numbers', { count: 1, deletionLockEnabled: true });
  const { data } = (await sim.call('GET', '/phone_numbers')).body;
  const refused = await sim.call('DELETE', `/phone_numbers/${data[0].id}`);
  expect([refused.status, codeOf(refused)]).toEqual([422, '10027']);
  expect((await sim.call('GET', '/phone_numbers')).body.meta.total_results).toBe(1);
  expect((await sim.sim.ledger()).data.at(-1)).toMatchObject({ action: 'release_refused', outcome: '10027' });
});

test('100,000 foreign numbers, read through in pages of 250', async () => {
  const sim = await startSim();
  await sim.buy(NUMBER, 'ours');
  const { body } = await sim.control('POST', '/owned-numbers', {
    count: 100_000,
    customerReference: 'foreign',
  });
  expect(body.data.count).toBe(100_000);
  const page = async (number: number) =>
    (await sim.call('GET', `/phone_numbers?page[size]=250&page[number]=${number}`)).body;
  expect((await page(1)).meta).toEqual({
    page_number: 1,
    page_size: 250,
    total_pages: 401,
    total_results: 100_001,
  });
  expect((await page(401)).data.map((record: { phone_number: string }) => record.phone_number)).toEqual([
    NUMBER,
  ]);
  const seen = new Set<string>();
  for (let number = 1; number <= 401; number += 40) {
    for (const record of (await page(number)).data) seen.add(record.id);
  }
  expect(seen.size).toBe(250 * 10 + 1);
  const started = performance.now();
  expect(
    (await sim.call('GET', '/phone_numbers?filter[customer_reference]=ours')).body.meta.total_results,
  ).toBe(1);
  expect((await listed(sim, NUMBER)).customer_reference).toBe('ours');
  expect(performance.now() - started).toBeLessThan(500);
  expect((await sim.sim.ledger()).totals).toMatchObject({ numbers_held: 100_001, monthly_cost: '100001.00' });
  expect((await sim.search({ national_destination_code: '415', limit: '1' })).body.data[0].phone_number).toBe(
    '+14155550102',
  );
}, 15_000);
