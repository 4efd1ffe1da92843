import { expect, test } from 'vitest';
import { memoryStore, type SimStore } from '../src/index.ts';
import { listed, slowStore, startSim } from './support.ts';

test('insert is once, put keeps the place, lists are newest first', async () => {
  const store = memoryStore();
  expect(await store.insert('c', 'a', { n: 1 })).toBe(true);
  expect(await store.insert('c', 'a', { n: 2 })).toBe(false);
  expect(await store.get('c', 'a')).toEqual({ n: 1 });
  await store.put('c', 'b', { n: 3 });
  await store.put('c', 'a', { n: 4 });
  expect(await store.list('c', { offset: 0, limit: 10 })).toEqual({
    records: [{ n: 3 }, { n: 4 }],
    total: 2,
  });
  await store.delete('c', 'a');
  await store.delete('c', 'a');
  expect(await store.list('c', { offset: 0, limit: 0 })).toEqual({ records: [], total: 1 });
});

test('conditions', async () => {
  const store = memoryStore();
  await store.put('c', '1', { phone_number: '+1', at: '2026-01', on: true, none: null });
  await store.put('c', '2', { phone_number: '+2', at: '2026-02', on: false });
  const found = async (where: NonNullable<Parameters<SimStore['list']>[1]['where']>) =>
    (await store.list('c', { where, offset: 0, limit: 10 })).records.map((record) => record.phone_number);
  expect(await found({ phone_number: '+1' })).toEqual(['+1']);
  expect(await found({ at: { lte: '2026-01' } })).toEqual(['+1']);
  expect(await found({ at: { lt: '2026-01' } })).toEqual([]);
  expect(await found({ at: { gt: '2026-01' } })).toEqual(['+2']);
  expect(await found({ at: { gte: '2026-01', lt: '2026-02' } })).toEqual(['+1']);
  expect(await found({ at: { contains: '-02' } })).toEqual(['+2']);
  expect(await found({ on: 'true' })).toEqual(['+1']);
  expect(await found({ none: 'null' })).toEqual([]);
  expect(await found({ none: { lte: 'z' } })).toEqual([]);
});

test('an index follows changes and deletions', async () => {
  const store = memoryStore();
  for (let id = 0; id < 3_000; id++) await store.put('c', String(id), { customer_reference: 'old', id });
  await store.put('c', '7', { customer_reference: 'new', id: 7 });
  for (let id = 1_000; id < 3_000; id++) await store.delete('c', String(id));
  const list = (reference: string) =>
    store.list('c', { where: { customer_reference: reference }, offset: 0, limit: 1 });
  expect(await list('old')).toMatchObject({ total: 999, records: [{ id: 999 }] });
  expect(await list('new')).toMatchObject({ total: 1, records: [{ id: 7 }] });
});

test('two simulators on one store sell a number once and write one ledger', async () => {
  const store = slowStore();
  const [one, two] = [await startSim({ store }), await startSim({ store })];
  await one.search({ national_destination_code: '415', limit: '10' });
  const lines = ['0101', '0102', '0103', '0104', '0105'];
  const orders = lines.flatMap((line) => [
    one.order(`+1415555${line}`, 'one'),
    two.order(`+1415555${line}`, 'two'),
  ]);
  const statuses = (await Promise.all(orders)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(5);
  const { data, totals } = await two.sim.ledger();
  expect(data.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(totals).toMatchObject({ orders_succeeded: 5, orders_refused: 5, numbers_held: 5 });
});

test('a restart finds everything, and pending orders complete', async () => {
  const store = slowStore();
  const before = await startSim({ store, pendingMs: 5_000 });
  const order = (await before.buy('+14155550101')).body.data;
  await before.sim.close();
  const after = await startSim({ store });
  const status = async () => (await after.call('GET', `/number_orders/${order.id}`)).body.data.status;
  expect(await status()).toBe('pending');
  after.clock.advance(5_000);
  expect(await status()).toBe('success');
  expect(await listed(after, '+14155550101')).toBeDefined();
  await after.sim.reset();
  expect((await store.list('ledger', { offset: 0, limit: 1 })).total).toBe(0);
});
