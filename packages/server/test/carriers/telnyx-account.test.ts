import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { telnyxCarrier } from '../../src/carriers/telnyx/telnyx-carrier.ts';
import { failure, type Reply, type ScriptedTelnyx, startScriptedTelnyx } from './scripted-telnyx.ts';
import { numberOrder, ownedNumber } from './telnyx-records.ts';

const ORDERS = 'GET /v2/number_orders';
const NUMBERS = 'GET /v2/phone_numbers';

let telnyx: ScriptedTelnyx;
beforeAll(async () => {
  telnyx = await startScriptedTelnyx();
});
beforeEach(() => telnyx.reset());
afterAll(() => telnyx.stop());

function newCarrier() {
  return telnyxCarrier({ apiKey: 'KEY', baseUrl: telnyx.url, timeouts: { readMs: 2000 } });
}

function page(data: unknown[], meta: unknown = undefined): Reply {
  return { json: { data, meta } };
}

function manyNumbers(count: number, from = 0) {
  return Array.from({ length: count }, (_, index) => ownedNumber({ id: String(from + index + 1) }));
}

async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

describe('an order by our reference', () => {
  it('is asked for by the reference and matched exactly again', async () => {
    telnyx.on(
      ORDERS,
      page([numberOrder({ id: 'other', customer_reference: 'ord_10' }), numberOrder({ id: 'ours' })]),
    );
    expect(await newCarrier().findOrder('ord_1')).toMatchObject({
      carrierOrderId: 'ours',
      reference: 'ord_1',
    });
    expect(telnyx.requests[0]?.query).toEqual({
      'filter[customer_reference]': 'ord_1',
      'page[number]': '1',
      'page[size]': '250',
    });
  });

  it('is null where none has it', async () => {
    telnyx.on(
      ORDERS,
      page([numberOrder({ customer_reference: 'ORD_1' }), numberOrder({ customer_reference: null })]),
    );
    expect(await newCarrier().findOrder('ord_1')).toBeNull();
  });

  it('is the newest that has not failed, else the newest', async () => {
    const orders = [
      numberOrder({ id: 'old', created_at: '2026-11-20T10:00:00Z' }),
      numberOrder({ id: 'new', created_at: '2026-11-20T10:00:01Z' }),
      numberOrder({ id: 'newest', status: 'failure', created_at: '2026-11-20T10:00:02Z' }),
    ];
    telnyx.on(ORDERS, page(orders));
    expect(await newCarrier().findOrder('ord_1')).toMatchObject({ carrierOrderId: 'new' });
    telnyx.on(ORDERS, page(orders.map((order) => ({ ...order, status: 'failure', phone_numbers: [] }))));
    expect(await newCarrier().findOrder('ord_1')).toMatchObject({ carrierOrderId: 'newest' });
  });

  it.each<[string, Reply]>([
    ['no JSON', { text: '<html>' }],
    ['no list', { json: {} }],
    ['an order without an id', page([{ customer_reference: 'ord_1' }])],
  ])('is not "none" where the answer is %s', async (_, reply) => {
    telnyx.on(ORDERS, reply);
    await expect(newCarrier().findOrder('ord_1')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('an order by its id', () => {
  it('is null where the carrier does not know it', async () => {
    expect(await newCarrier().getOrder('1')).toBeNull();
  });

  it('is an error where the carrier refuses to say', async () => {
    telnyx.on('GET /v2/number_orders/1', { status: 401, json: failure('10009') });
    await expect(newCarrier().getOrder('1')).rejects.toMatchObject({ kind: 'unauthorised' });
  });
});

describe('an owned number', () => {
  it('is asked for by its digits and matched exactly again', async () => {
    telnyx.on(NUMBERS, page([ownedNumber({ id: '7', phone_number: '+141555501010' }), ownedNumber()]));
    expect(await newCarrier().findNumber('+14155550101')).toEqual({
      carrierNumberId: '1293384261075731499',
      phoneNumber: '+14155550101',
      reference: 'ord_1',
      connectionId: '1521916448077776306',
      state: 'active',
    });
    expect(telnyx.requests[0]?.query['filter[phone_number]']).toBe('14155550101');
  });

  it('is the living one of several, and null where there is none', async () => {
    const records = [ownedNumber({ id: '1', status: 'deleted' }), ownedNumber({ id: '2' })];
    telnyx.on(NUMBERS, page(records));
    expect(await newCarrier().findNumber('+14155550101')).toMatchObject({ carrierNumberId: '2' });
    telnyx.on(NUMBERS, page([]));
    expect(await newCarrier().findNumber('+14155550101')).toBeNull();
  });

  it.each([
    ['active', 'active'],
    ['port-out-pending', 'active'],
    ['purchase-pending', 'pending'],
    ['provision-pending', 'pending'],
    ['requirement-info-pending', 'pending'],
    ['emergency-only', 'pending'],
    ['something-new', 'pending'],
    ['deleted', 'gone'],
    ['ported-out', 'gone'],
    ['purchase-failed', 'gone'],
  ])('%s is %s', async (status, state) => {
    telnyx.on(NUMBERS, page([ownedNumber({ status })]));
    expect(await newCarrier().findNumber('+14155550101')).toMatchObject({ state });
  });

  it('has no reference and no connection where they are empty', async () => {
    telnyx.on(NUMBERS, page([ownedNumber({ customer_reference: '', connection_id: null })]));
    expect(await newCarrier().findNumber('+14155550101')).toMatchObject({
      reference: null,
      connectionId: null,
    });
  });

  it('is never known by an id that lost its last digits', async () => {
    telnyx.on(NUMBERS, { text: '{"data":[{"id":1293384261075731499,"phone_number":"+14155550101"}]}' });
    await expect(newCarrier().findNumber('+14155550101')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('setting the connection', () => {
  const PATCH = 'PATCH /v2/phone_numbers/1';

  it('changes nothing else', async () => {
    telnyx.on(PATCH, { json: { data: ownedNumber() } });
    await newCarrier().setConnection('1', '42');
    expect(telnyx.requests[0]?.body).toEqual({ connection_id: '42' });
  });

  it.each<[string, Reply, string]>([
    ['an unknown connection', { status: 422, json: failure('85004') }, 'invalid_connection'],
    [
      'a wrong connection',
      { status: 422, json: failure('10015', { pointer: '/connection_id' }) },
      'invalid_connection',
    ],
    ['an unknown number', { status: 404, json: failure('10005') }, 'refused'],
    ['500', { status: 500 }, 'unavailable'],
    ['a cut connection', { fault: 'reset' }, 'unavailable'],
  ])('fails once: %s', async (_, reply, kind) => {
    telnyx.on(PATCH, reply);
    await expect(newCarrier().setConnection('1', '42')).rejects.toMatchObject({ kind });
    expect(telnyx.requests).toHaveLength(1);
  });
});

describe('releasing a number', () => {
  const DELETE = 'DELETE /v2/phone_numbers/1';

  it.each<[string, Reply, string]>([
    ['deleted', { json: { data: ownedNumber({ status: 'deleted' }) } }, 'released'],
    ['no body', { status: 204 }, 'released'],
    ['no such number', { status: 404, json: failure('10005') }, 'gone'],
  ])('%s', async (_, reply, result) => {
    telnyx.on(DELETE, reply);
    expect(await newCarrier().releaseNumber('1')).toBe(result);
  });

  it.each<[string, Reply, string]>([
    ['a deletion lock', { status: 422, json: failure('10027', {}, 'deletion_lock_enabled') }, 'refused'],
    ['a lock, as 400', { status: 400, json: failure('10015') }, 'refused'],
    ['a number in use', { status: 409, json: failure('10021') }, 'refused'],
    ['a wrong key', { status: 401, json: failure('10009') }, 'unauthorised'],
    ['the rate limit', { status: 429 }, 'rate_limited'],
    ['500', { status: 500 }, 'unavailable'],
  ])('fails once: %s', async (_, reply, kind) => {
    telnyx.on(DELETE, reply);
    await expect(newCarrier().releaseNumber('1')).rejects.toMatchObject({ kind });
    expect(telnyx.requests).toHaveLength(1);
  });
});

describe('listing', () => {
  it('asks for the next page only when it is wanted', async () => {
    telnyx.on(NUMBERS, page(manyNumbers(250)), page(manyNumbers(250, 250)));
    for await (const numbers of newCarrier().listNumbers()) {
      expect(numbers).toHaveLength(250);
      break;
    }
    expect(telnyx.requests).toHaveLength(1);
  });

  it.each<[string, Reply[], number]>([
    ['at a short page, without total_pages', [page(manyNumbers(250)), page(manyNumbers(3, 250))], 2],
    ['at an empty page, without total_pages', [page(manyNumbers(250)), page([])], 2],
    [
      'at total_pages',
      [page(manyNumbers(250), { total_pages: 2 }), page(manyNumbers(250, 250), { total_pages: 2 })],
      2,
    ],
    [
      'at an empty page before total_pages',
      [page(manyNumbers(3), { total_pages: 9 }), page([], { total_pages: 9 })],
      2,
    ],
    [
      'by the page size of the carrier',
      [page(manyNumbers(100), { page_size: 100 }), page(manyNumbers(9, 100), { page_size: 100 })],
      2,
    ],
    ['at once where there is nothing', [page([])], 1],
  ])('ends %s', async (_, replies, calls) => {
    telnyx.on(NUMBERS, ...replies);
    await all(newCarrier().listNumbers());
    expect(telnyx.requests.map((request) => request.query['page[number]'])).toEqual(
      ['1', '2'].slice(0, calls),
    );
  });

  it('is an error, and no endless loop, where the carrier repeats a page', async () => {
    telnyx.on(NUMBERS, page(manyNumbers(250)));
    await expect(all(newCarrier().listNumbers())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(telnyx.requests).toHaveLength(2);
  });

  it('is an error where a number cannot be read: it may be billed', async () => {
    telnyx.on(NUMBERS, page([{ phone_number: '+14155550101' }]));
    await expect(all(newCarrier().listNumbers())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('gives the orders since a moment, that moment included', async () => {
    const since = new Date('2026-11-20T10:00:00Z');
    const orders = ['09:59:59.999', '10:00:00.000', '10:00:00.001'].map((time) =>
      numberOrder({ id: time, created_at: `2026-11-20T${time}Z` }),
    );
    telnyx.on(ORDERS, page(orders));
    const found = await all(newCarrier().listOrders(since));
    expect(found.map((order) => order.carrierOrderId)).toEqual(['10:00:00.000', '10:00:00.001']);
    expect(telnyx.requests[0]?.query['filter[created_at][gt]']).toBe('2026-11-20T09:59:59.000Z');
  });
});
