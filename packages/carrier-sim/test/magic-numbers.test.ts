import { expect, test } from 'vitest';
import { codeOf, listed, startSim } from './support.ts';

const magic = (code: string) => `+141555509${code}`;

test('00: nothing goes wrong', async () => {
  const sim = await startSim();
  expect((await sim.buy(magic('00'))).body.data.status).toBe('success');
});

test.each([
  ['01', 422, '85001'],
  ['07', 500, '10007'],
  ['10', 403, '20100'],
])('%s: every order is answered %i %s and stores nothing', async (code, status, carrierCode) => {
  const sim = await startSim();
  for (let attempt = 1; attempt <= 2; attempt++) {
    const answer = await sim.buy(magic(code));
    expect([answer.status, codeOf(answer)]).toEqual([status, carrierCode]);
  }
  expect((await sim.call('GET', '/number_orders')).body.data).toEqual([]);
  expect((await sim.sim.ledger()).totals).toMatchObject({ orders: 0, orders_refused: 2, numbers_held: 0 });
});

test.each(['02', '18'])('%s: the order fails and the number stays in stock', async (code) => {
  const sim = await startSim();
  const { body } = await sim.buy(magic(code));
  sim.clock.advance(10_000);
  expect((await sim.call('GET', `/number_orders/${body.data.id}`)).body.data).toMatchObject({
    status: 'failure',
    phone_numbers: [{ status: 'failure' }],
  });
  expect(await listed(sim, magic(code))).toBeUndefined();
  const { data, totals } = await sim.sim.ledger();
  expect(data[0]).toMatchObject({ action: 'order_failed', outcome: 'failure', phone_number: magic(code) });
  expect(totals).toMatchObject({ orders: 1, orders_succeeded: 0, orders_failed: 1, numbers_held: 0 });
});

test('03 and 04: pending for a minute, and for ever', async () => {
  const sim = await startSim();
  const minute = (await sim.buy(magic('03'))).body.data;
  const ever = (await sim.buy(magic('04'))).body.data;
  expect([minute.status, ever.status]).toEqual(['pending', 'pending']);
  sim.clock.advance(60_000);
  expect((await sim.call('GET', `/number_orders/${minute.id}`)).body.data.status).toBe('success');
  sim.clock.advance(1_000 * 86_400_000);
  expect((await sim.call('GET', `/number_orders/${ever.id}`)).body.data.status).toBe('pending');
  expect((await sim.sim.ledger({ phoneNumber: magic('04') })).data[0]).toMatchObject({ outcome: 'pending' });
});

test('05: the answer is lost, the order stands', async () => {
  const sim = await startSim();
  await expect(sim.buy(magic('05'), 'lost')).rejects.toThrow();
  const { body } = await sim.call('GET', '/number_orders?filter[customer_reference]=lost');
  expect(body.data).toMatchObject([{ status: 'success', phone_numbers: [{ phone_number: magic('05') }] }]);
  expect(codeOf(await sim.order(magic('05')))).toBe('85001');
});

test('06: a 500 after the order stands', async () => {
  const sim = await startSim();
  expect((await sim.buy(magic('06'))).status).toBe(500);
  expect((await listed(sim, magic('06'))).status).toBe('active');
});

test('08: 429 once, again after the number was given back', async () => {
  const sim = await startSim();
  const limited = await sim.buy(magic('08'));
  expect([limited.status, codeOf(limited)]).toEqual([429, '10011']);
  expect(limited.headers.get('x-ratelimit-reset')).toBe('1');
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(limited.headers.get('retry-after')).toBeNull();
  expect((await sim.buy(magic('08'))).status).toBe(200);
  await sim.call('DELETE', `/phone_numbers/${(await listed(sim, magic('08'))).id}`);
  expect((await sim.buy(magic('08'))).status).toBe(429);
});

test('09: must be searched for again, once', async () => {
  const sim = await startSim();
  expect(codeOf(await sim.buy(magic('09')))).toBe('85000');
  expect((await sim.buy(magic('09'))).status).toBe(200);
});

test('11: documents are missing', async () => {
  const { buy } = await startSim();
  expect((await buy(magic('11'))).body.data).toMatchObject({
    status: 'pending',
    requirements_met: false,
    phone_numbers: [
      { status: 'pending', requirements_met: false, requirements_status: 'requirement-info-pending' },
    ],
  });
});

test('12: lost answer, and nobody knows the order for 30 s', async () => {
  const sim = await startSim();
  await expect(sim.buy(magic('12'), 'late')).rejects.toThrow();
  const [entry] = (await sim.sim.ledger({ customerReference: 'late' })).data;
  const orders = async () =>
    (await sim.call('GET', '/number_orders?filter[customer_reference]=late')).body.data.length;
  const look = async () => [
    await orders(),
    (await sim.call('GET', `/number_orders/${entry?.order_id}`)).status,
    (await sim.call('GET', `/phone_numbers/${entry?.number_id}`)).status,
    (await listed(sim, magic('12'))) !== undefined,
  ];
  sim.clock.advance(29_999);
  expect(await look()).toEqual([0, 404, 404, false]);
  expect((await sim.sim.ledger()).totals.numbers_held).toBe(1);
  sim.clock.advance(1);
  expect(await look()).toEqual([1, 200, 200, true]);
});

test('13: the number is 30 s late', async () => {
  const sim = await startSim();
  expect((await sim.buy(magic('13'))).body.data.status).toBe('success');
  expect(await listed(sim, magic('13'))).toBeUndefined();
  sim.clock.advance(30_000);
  expect(await listed(sim, magic('13'))).toBeDefined();
});

test('14: a release is refused', async () => {
  const sim = await startSim();
  await sim.buy(magic('14'));
  const { id } = await listed(sim, magic('14'));
  const refused = await sim.call('DELETE', `/phone_numbers/${id}`);
  expect([refused.status, codeOf(refused)]).toEqual([422, '10027']);
  expect(await listed(sim, magic('14'))).toBeDefined();
});

test('15: expensive', async () => {
  const sim = await startSim();
  const { body } = await sim.search({ 'phone_number.contains': magic('15') });
  expect(body.data[0].cost_information.monthly_cost).toBe('25.00');
  await sim.order(magic('15'));
  expect((await sim.sim.ledger()).totals.monthly_cost).toBe('25.00');
});

test.each([
  ['16', 1],
  ['17', 0],
])('%s: the client gives up waiting; %i order stands', async (code, orders) => {
  const { baseUrl, search, sim } = await startSim();
  await search({ 'phone_number.contains': magic(code) });
  const giveUp = new AbortController();
  const answer = fetch(`${baseUrl}/number_orders`, {
    method: 'POST',
    headers: { authorization: 'Bearer KEY', 'content-type': 'application/json' },
    body: JSON.stringify({ phone_numbers: [{ phone_number: magic(code) }] }),
    signal: giveUp.signal,
  });
  setTimeout(() => giveUp.abort(), 50);
  await expect(answer).rejects.toThrow('aborted');
  expect((await sim.ledger()).totals.orders).toBe(orders);
});

test('19: the connection breaks and nothing is stored', async () => {
  const { buy, sim } = await startSim();
  await expect(buy(magic('19'))).rejects.toThrow();
  expect((await sim.ledger()).data).toMatchObject([{ action: 'order_refused', outcome: 'no_answer' }]);
});

test('20 and 22: the first PATCH, the first DELETE is a 500', async () => {
  const sim = await startSim();
  await sim.buy(magic('20'));
  await sim.buy(magic('22'));
  const patched = `/phone_numbers/${(await listed(sim, magic('20'))).id}`;
  const deleted = `/phone_numbers/${(await listed(sim, magic('22'))).id}`;
  expect((await sim.call('PATCH', patched, { connection_id: '5' })).status).toBe(500);
  expect((await sim.call('PATCH', patched, { connection_id: '5' })).body.data.connection_id).toBe('5');
  expect((await sim.call('DELETE', deleted)).status).toBe(500);
  expect((await sim.call('DELETE', deleted)).status).toBe(200);
});

test('21: the number is given back, the answer is lost', async () => {
  const sim = await startSim();
  await sim.buy(magic('21'));
  const { id } = await listed(sim, magic('21'));
  await expect(sim.call('DELETE', `/phone_numbers/${id}`)).rejects.toThrow();
  expect((await sim.call('GET', `/phone_numbers/${id}`)).status).toBe(404);
  expect((await sim.sim.ledger()).totals).toMatchObject({ releases: 1, numbers_held: 0 });
});

test('GET /_sim/magic-numbers lists them', async () => {
  const { control } = await startSim();
  const { body } = await control('GET', '/magic-numbers');
  expect(body.data).toHaveLength(23);
  expect(body.data[1]).toMatchObject({ line: '555-0901', name: 'not_available' });
});
