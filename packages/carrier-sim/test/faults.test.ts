import { expect, test } from 'vitest';
import type { FaultSpec } from '../src/index.ts';
import { codeOf, listed, startSim } from './support.ts';

const NUMBER = '+14155550101';

async function startWith(...faults: FaultSpec[]) {
  const sim = await startSim({ requireSearch: false });
  for (const fault of faults) expect((await sim.control('POST', '/faults', fault)).status).toBe(201);
  return sim;
}

test('error_before: nothing is stored, once, and it is counted', async () => {
  const sim = await startWith({ kind: 'error_before', on: 'create_order', status: 503 });
  expect((await sim.order(NUMBER)).status).toBe(503);
  expect((await sim.order(NUMBER)).status).toBe(200);
  const { body } = await sim.control('GET', '/faults');
  expect(body.data).toMatchObject([{ kind: 'error_before', times: 1, injected: 1 }]);
  expect((await sim.sim.ledger()).data.map(({ outcome }) => outcome)).toEqual(['error_503', 'success']);
});

test('error_after and lost_answer: the order stands', async () => {
  const sim = await startWith(
    { kind: 'error_after', status: 502 },
    { kind: 'lost_answer', phoneNumber: '+14155550102' },
  );
  expect((await sim.order(NUMBER)).status).toBe(502);
  await expect(sim.order('+14155550102')).rejects.toThrow();
  expect((await sim.order('+14155550103')).status).toBe(200);
  expect((await sim.sim.ledger()).totals.orders_succeeded).toBe(3);
});

test('rate_limit says when to come back', async () => {
  const sim = await startWith({ kind: 'rate_limit', on: 'search', retryAfterSeconds: 2, resetSeconds: 3 });
  expect((await sim.order(NUMBER)).status).toBe(200);
  const limited = await sim.search({ country_code: 'US' });
  expect([limited.status, codeOf(limited)]).toEqual([429, '10011']);
  expect(limited.headers.get('retry-after')).toBe('2');
  expect(limited.headers.get('x-ratelimit-reset')).toBe('3');
});

test('no_stock, for ever until the faults are cleared', async () => {
  const sim = await startWith({ kind: 'no_stock', times: null });
  expect((await sim.search({ country_code: 'US' })).body.data).toEqual([]);
  expect((await sim.search({ country_code: 'US' })).body.data).toEqual([]);
  await sim.control('DELETE', '/faults');
  expect((await sim.search({ country_code: 'US' })).body.data).toHaveLength(100);
});

test('no_stock in one area code', async () => {
  const sim = await startWith({ kind: 'no_stock', areaCode: '415', times: null });
  expect((await sim.search({ country_code: 'US', national_destination_code: '415' })).body.data).toEqual([]);
  expect((await sim.search({ country_code: 'US', national_destination_code: '628' })).body.data).toEqual([]);
  for (const elsewhere of [
    { country_code: 'US', national_destination_code: '212' },
    { country_code: 'US' },
  ]) {
    expect((await sim.search(elsewhere)).body.data).toHaveLength(100);
  }
});

test('a fault in one area code strikes its numbers too', async () => {
  const sim = await startWith({ kind: 'error_before', on: 'any', areaCode: '415', times: null });
  expect((await sim.search({ country_code: 'US', national_destination_code: '415' })).status).toBe(500);
  expect((await sim.order('+14155550101')).status).toBe(500);
  expect((await sim.order('+12125550101')).status).toBe(200);
});

test('pending, order_fails and must_search_first', async () => {
  const sim = await startWith({ kind: 'must_search_first' });
  expect(codeOf(await sim.order(NUMBER))).toBe('85000');
  sim.sim.faults.add({ kind: 'pending', ms: 1_000 });
  sim.sim.faults.add({ kind: 'order_fails' });
  const { body } = await sim.order(NUMBER);
  expect(body.data.status).toBe('pending');
  sim.clock.advance(1_000);
  expect((await sim.call('GET', `/number_orders/${body.data.id}`)).body.data.status).toBe('failure');
  sim.sim.faults.add({ kind: 'pending', ms: null });
  expect((await sim.order(NUMBER)).body.data.status).toBe('pending');
  expect((await sim.sim.ledger()).data.at(-1)?.outcome).toBe('pending');
});

test('delayed_list: lists lag behind, a look-up by id does not', async () => {
  const sim = await startWith({ kind: 'delayed_list', ms: 5_000 });
  const { id } = (await sim.order(NUMBER)).body.data;
  const total = async () => (await sim.call('GET', '/number_orders')).body.meta.total_results;
  expect(await total()).toBe(0);
  expect(await listed(sim, NUMBER)).toBeUndefined();
  expect((await sim.call('GET', `/number_orders/${id}`)).status).toBe(200);
  sim.clock.advance(5_000);
  expect(await total()).toBe(1);
  expect(await listed(sim, NUMBER)).toBeDefined();
});

test('latency and hang take the time they say', async () => {
  const sim = await startWith(
    { kind: 'latency', on: 'list_orders', ms: 60 },
    { kind: 'hang', stage: 'after', ms: 60 },
  );
  const started = performance.now();
  await sim.call('GET', '/number_orders');
  expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  await expect(sim.order(NUMBER)).rejects.toThrow();
  expect((await sim.sim.ledger()).totals.orders).toBe(1);
});

test('close() does not wait for answers that are held back', async () => {
  const sim = await startWith({ kind: 'hang' });
  const answer = expect(sim.order(NUMBER)).rejects.toThrow();
  await expect.poll(() => sim.sim.faults.list()[0]?.injected).toBe(1);
  const started = performance.now();
  await sim.sim.close();
  await answer;
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('a probability follows the seed', async () => {
  const run = async (seed: number) => {
    const { sim, call } = await startSim({ seed });
    sim.faults.add({ kind: 'error_before', on: 'list_orders', times: null, probability: 0.5 });
    const statuses: number[] = [];
    for (let count = 0; count < 40; count++) statuses.push((await call('GET', '/number_orders')).status);
    expect(sim.faults.list()[0]?.injected).toBe(statuses.filter((status) => status === 500).length);
    return statuses;
  };
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect(await run(8)).not.toEqual(first);
  const failures = first.filter((status) => status === 500).length;
  expect(failures).toBeGreaterThan(8);
  expect(failures).toBeLessThan(32);
});

test('a fault that makes no sense gets a sentence', async () => {
  const { control, sim } = await startSim();
  const bad = [
    { kind: 'gremlin' },
    { kind: 'latency', on: 'nowhere' },
    { kind: 'latency', times: 0 },
    { kind: 'latency', probability: 2 },
    { kind: 'latency', ms: null },
    { kind: 'error_before', status: 200 },
    { kind: 'hang', stage: 'later' },
    { kind: 'no_stock', areaCode: '41' },
    [],
  ];
  for (const body of bad) {
    const answer = await control('POST', '/faults', body);
    expect(answer.status, JSON.stringify(body)).toBe(400);
    expect(answer.body.errors[0].detail).toMatch(/\.$/);
  }
  expect(sim.faults.list()).toEqual([]);
});

test('DELETE /_sim/state forgets everything', async () => {
  const sim = await startWith({ kind: 'no_stock' });
  await sim.order(NUMBER);
  await sim.control('DELETE', '/state');
  expect((await sim.control('GET', '/ledger')).body).toMatchObject({
    data: [],
    totals: { orders: 0, numbers_held: 0 },
  });
  expect((await sim.control('GET', '/faults')).body.data).toEqual([]);
  expect((await sim.order(NUMBER)).status).toBe(200);
});

test('the ledger filters by number, with the plus sign escaped or not', async () => {
  const sim = await startWith();
  await sim.order(NUMBER, 'a');
  await sim.order('+14155550102', 'b');
  for (const value of ['%2B14155550101', '+14155550101', '14155550101']) {
    const { body } = await sim.control('GET', `/ledger?phone_number=${value}`);
    expect(body.data).toMatchObject([
      { seq: 1, action: 'order', phone_number: NUMBER, customer_reference: 'a' },
    ]);
  }
  expect((await sim.control('GET', '/ledger?customer_reference=b')).body.data).toHaveLength(1);
  expect((await sim.control('GET', '/ledger')).body.totals).toMatchObject({
    orders: 2,
    monthly_cost: '2.00',
  });
});

test('a reference that ordered twice stands out', async () => {
  const sim = await startWith();
  await sim.order(NUMBER, 'same');
  expect((await sim.sim.ledger()).totals.most_orders_of_one_reference).toBe(1);
  await sim.order('+14155550102', 'same');
  expect((await sim.sim.ledger()).totals.most_orders_of_one_reference).toBe(2);
});
