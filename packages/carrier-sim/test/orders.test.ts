import { expect, test } from 'vitest';
import { codeOf, listed, slowStore, startSim } from './support.ts';

const NUMBER = '+14155550101';

test('an order, its look-ups and the number that it buys', async () => {
  const sim = await startSim();
  const { body, status } = await sim.buy(NUMBER, 'ord_1');
  expect(status).toBe(200);
  expect(body.data).toMatchObject({
    record_type: 'number_order',
    status: 'success',
    customer_reference: 'ord_1',
    connection_id: '1293384261075731499',
    phone_numbers_count: 1,
    requirements_met: true,
    phone_numbers: [
      { phone_number: NUMBER, status: 'success', requirements_status: 'approved', country_code: 'US' },
    ],
  });
  expect((await sim.call('GET', `/number_orders/${body.data.id}`)).body).toEqual(body);
  const number = await listed(sim, NUMBER);
  expect(number).toMatchObject({ status: 'active', customer_reference: 'ord_1', phone_number_type: 'local' });
  expect(number.id).toMatch(/^[1-9]\d{18}$/);
  expect(BigInt(number.id)).toBeLessThan(2n ** 63n);
  expect(number.id).not.toBe(body.data.phone_numbers[0].id);
});

test('a number must have been searched for in the last 30 minutes', async () => {
  const { order, buy, search, clock } = await startSim();
  const refused = await order(NUMBER);
  expect([refused.status, codeOf(refused)]).toEqual([422, '85000']);
  await search({ national_destination_code: '415', limit: '1' });
  clock.advance(30 * 60_000 + 1);
  expect(codeOf(await order(NUMBER))).toBe('85000');
  expect((await buy(NUMBER)).status).toBe(200);
});

test('requireSearch: false takes an order out of the blue', async () => {
  const { order } = await startSim({ requireSearch: false });
  expect((await order(NUMBER)).status).toBe(200);
});

test('a number is sold once, however many ask at once', async () => {
  const { search, order, sim } = await startSim({ store: slowStore() });
  await search({ national_destination_code: '415', limit: '1' });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => order(NUMBER, `ref-${index}`)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 422);
  expect(new Set(refused.map(codeOf))).toEqual(new Set(['85001']));
  const { totals } = await sim.ledger();
  expect(totals).toMatchObject({ orders: 1, orders_succeeded: 1, orders_refused: 19, numbers_held: 1 });
});

test('an order of several numbers stands or falls as one', async () => {
  const { call, search, buy } = await startSim();
  await buy('+14155550102');
  await search({ national_destination_code: '415', limit: '5' });
  const items = (...lines: string[]) => ({
    phone_numbers: lines.map((line) => ({ phone_number: `+1415555${line}` })),
  });
  expect(codeOf(await call('POST', '/number_orders', items('0101', '0102')))).toBe('85001');
  const { body } = await call('POST', '/number_orders', items('0101', '0103'));
  expect(body.data).toMatchObject({ phone_numbers_count: 2, customer_reference: null });
  expect(body.data.sub_number_orders_ids).toHaveLength(2);
});

test('pending ends by the clock alone', async () => {
  const sim = await startSim({ pendingMs: 5_000 });
  const { body } = await sim.buy(NUMBER);
  expect(body.data.status).toBe('pending');
  const path = `/number_orders/${body.data.id}`;
  const statuses = async () => [
    (await sim.call('GET', path)).body.data.status,
    (await sim.call('GET', '/number_orders?filter[status]=pending')).body.meta.total_results,
    (await sim.call('GET', '/number_orders?filter[status]=success')).body.meta.total_results,
    await listed(sim, NUMBER).then((number) => number !== undefined),
    (await sim.sim.ledger()).totals.numbers_held,
  ];
  sim.clock.advance(4_999);
  expect(await statuses()).toEqual(['pending', 1, 0, false, 0]);
  expect(codeOf(await sim.order(NUMBER))).toBe('85001');
  sim.clock.advance(1);
  expect(await statuses()).toEqual(['success', 0, 1, true, 1]);
});

test('what is wrong with an order', async () => {
  const { call } = await startSim({ requireSearch: false });
  const attempt = async (body: unknown) => {
    const answer = await call('POST', '/number_orders', body);
    return [answer.status, codeOf(answer)];
  };
  const items = [{ phone_number: NUMBER }];
  expect(await attempt({})).toEqual([400, '10015']);
  expect(await attempt([])).toEqual([400, '10015']);
  expect(await attempt({ phone_numbers: [] })).toEqual([400, '10015']);
  expect(await attempt({ phone_numbers: [null] })).toEqual([422, '10016']);
  expect(await attempt({ phone_numbers: [{ phone_number: '4155550101' }] })).toEqual([422, '10016']);
  expect(await attempt({ phone_numbers: [...items, ...items] })).toEqual([400, '10015']);
  expect(await attempt({ phone_numbers: items, customer_reference: 1 })).toEqual([400, '10015']);
  expect(await attempt({ phone_numbers: [{ phone_number: '+14155560101' }] })).toEqual([422, '85001']);
  for (const connection_id of ['unknown-1', '0', 'abc', '123456789012345678901']) {
    expect(await attempt({ phone_numbers: items, connection_id })).toEqual([422, '85004']);
  }
  expect(await attempt('{"phone_numbers"')).toEqual([400, '10015']);
});

test('lists: filters, pages, newest first', async () => {
  const { call, buy, clock } = await startSim();
  for (let line = 101; line <= 105; line++) {
    await buy(`+14155550${line}`, line === 103 ? 'special' : 'common');
    clock.advance(1_000);
  }
  const lines = async (query: string) => {
    const { body } = await call('GET', `/number_orders?${query}`);
    const numbers = body.data.map((order: { phone_numbers: { phone_number: string }[] }) =>
      order.phone_numbers[0]?.phone_number.slice(-3),
    );
    return [numbers, body.meta];
  };
  const meta = { page_number: 1, page_size: 20, total_pages: 1 };
  expect(await lines('filter[customer_reference]=special')).toEqual([['103'], { ...meta, total_results: 1 }]);
  expect(await lines('page[size]=2&page[number]=2')).toEqual([
    ['103', '102'],
    { page_number: 2, page_size: 2, total_pages: 3, total_results: 5 },
  ]);
  const between = 'filter[created_at][gt]=2026-03-01T12:00:00Z&filter[created_at][lt]=2026-03-01T12:00:03Z';
  expect((await lines(between))[0]).toEqual(['103', '102']);
  expect((await lines('filter[status]=odd'))[0]).toEqual([]);
  expect((await call('GET', '/number_orders?page[size]=251')).status).toBe(400);
  expect((await call('GET', '/number_orders?filter[created_at][gt]=soon')).status).toBe(400);
});

test('errors keep to the envelope', async () => {
  const { call, baseUrl } = await startSim({ apiKey: 'RIGHT' });
  const right = { authorization: 'Bearer RIGHT' };
  const unknown = await call('GET', '/number_orders/00000000-0000-0000-0000-000000000000', undefined, right);
  expect([unknown.status, codeOf(unknown)]).toEqual([404, '10005']);
  const nowhere = await call('GET', '/nowhere', undefined, right);
  expect([nowhere.status, codeOf(nowhere)]).toEqual([404, '10005']);
  for (const authorization of ['', 'Bearer ', 'Bearer WRONG', 'Basic RIGHT']) {
    const answer = await call('GET', '/number_orders', undefined, { authorization });
    expect([answer.status, codeOf(answer)]).toEqual([401, '10009']);
  }
  const media = await fetch(`${baseUrl}/number_orders`, {
    method: 'POST',
    headers: { ...right, 'content-type': 'text/csv' },
    body: 'a,b',
  });
  expect(media.status).toBe(415);
  expect(await media.json()).toMatchObject({ errors: [{ code: '10014' }] });
});
