import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { telnyxCarrier } from '../../src/carriers/telnyx/telnyx-carrier.ts';
import { failure, type Reply, type ScriptedTelnyx, startScriptedTelnyx } from './scripted-telnyx.ts';
import { FILTERS, numberOrder, ownedNumber, REQUEST } from './telnyx-records.ts';

const SEARCH = 'GET /v2/available_phone_numbers';
const POST = 'POST /v2/number_orders';
const ORDERS = 'GET /v2/number_orders';
const NUMBERS = 'GET /v2/phone_numbers';

/** Down, and with a wait, so that the SDK does not repeat the read. */
const DOWN: Reply = { status: 503, headers: { 'retry-after': '1' } };
const EMPTY: Reply = { json: { data: [] } };
const ACCEPTED: Reply = { json: { data: numberOrder() } };

let telnyx: ScriptedTelnyx;
beforeAll(async () => {
  telnyx = await startScriptedTelnyx();
});
beforeEach(() => {
  telnyx.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => telnyx.stop());

function newCarrier() {
  return telnyxCarrier({
    apiKey: 'KEY',
    baseUrl: telnyx.url,
    timeouts: { orderMs: 2000, readMs: 2000 },
    circuitBreaker: { failures: 3, halfOpenAfterMs: 10_000 },
  });
}

async function times<T>(count: number, call: () => Promise<T>): Promise<void> {
  for (let i = 0; i < count; i++) await call().catch(() => undefined);
}

describe('a read of a carrier that is down', () => {
  it('is held back after failures in a row, with the time left', async () => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, DOWN);
    await times(3, () => carrier.findOrder('ord_1'));
    vi.setSystemTime(Date.now() + 4000);
    await expect(carrier.findOrder('ord_1')).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfterMs: 6000,
    });
    expect(telnyx.requests).toHaveLength(3);
  });

  it('tries again after that time, and goes on where that works', async () => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, DOWN, DOWN, DOWN, EMPTY);
    await times(3, () => carrier.findOrder('ord_1'));
    vi.setSystemTime(Date.now() + 10_000);
    expect(await carrier.findOrder('ord_1')).toBeNull();
    expect(await carrier.findOrder('ord_1')).toBeNull();
    expect(telnyx.requests).toHaveLength(5);
  });

  it('is held back again where the try fails', async () => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, DOWN);
    await times(3, () => carrier.findOrder('ord_1'));
    vi.setSystemTime(Date.now() + 10_000);
    await expect(carrier.findOrder('ord_1')).rejects.toMatchObject({ retryAfterMs: 1000 });
    await expect(carrier.findOrder('ord_1')).rejects.toMatchObject({ retryAfterMs: 10_000 });
    expect(telnyx.requests).toHaveLength(4);
  });

  it('is held back page by page in a listing', async () => {
    const carrier = newCarrier();
    telnyx.on(NUMBERS, DOWN);
    const list = async () => {
      for await (const _ of carrier.listNumbers());
    };
    await times(3, list);
    await expect(list()).rejects.toMatchObject({ retryAfterMs: 10_000 });
    expect(telnyx.requests).toHaveLength(3);
  });
});

describe('what opens no breaker', () => {
  it.each<[string, Reply]>([
    ['a refusal', { status: 422, json: failure('10027') }],
    ['the rate limit', { status: 429 }],
    ['a wrong key', { status: 401, json: failure('10009') }],
  ])('%s', async (_, reply) => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, reply);
    await times(10, () => carrier.findOrder('ord_1'));
    expect(telnyx.requests).toHaveLength(10);
  });

  it('failures with an answer between them, a refusal included', async () => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, DOWN, DOWN, EMPTY, DOWN, DOWN, { status: 422 }, DOWN, DOWN, EMPTY);
    await times(9, () => carrier.findOrder('ord_1'));
    expect(telnyx.requests).toHaveLength(9);
  });
});

describe('an order', () => {
  it('is refused as not sent after orders of which nobody knows', async () => {
    const carrier = newCarrier();
    telnyx.on(POST, DOWN);
    await times(3, () => carrier.order(REQUEST));
    const held = { kind: 'rejected', reason: 'not_sent', retryAfterMs: 10_000 };
    expect(await carrier.order(REQUEST)).toMatchObject(held);
    expect(telnyx.requests).toHaveLength(3);
    vi.setSystemTime(Date.now() + 10_000);
    telnyx.on(POST, ACCEPTED);
    expect(await carrier.order(REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  it('still goes out while only searches fail', async () => {
    const carrier = newCarrier();
    telnyx.on(SEARCH, DOWN);
    telnyx.on(POST, ACCEPTED);
    await times(5, () => carrier.searchNumbers(FILTERS));
    expect(telnyx.requests).toHaveLength(3);
    expect(await carrier.order(REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  it('waits while it could not be looked up', async () => {
    const carrier = newCarrier();
    telnyx.on(ORDERS, DOWN);
    telnyx.on(POST, ACCEPTED);
    await times(3, () => carrier.findOrder('ord_1'));
    expect(await carrier.order(REQUEST)).toMatchObject({ reason: 'not_sent', retryAfterMs: 10_000 });
    vi.setSystemTime(Date.now() + 10_000);
    expect(await carrier.order(REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  it('that always fails is noticed between searches and look-ups that work', async () => {
    const carrier = newCarrier();
    telnyx.on(POST, DOWN);
    telnyx.on(ORDERS, EMPTY);
    telnyx.on(NUMBERS, { json: { data: [ownedNumber()] } });
    await times(4, async () => {
      await carrier.order(REQUEST);
      await carrier.findOrder('ord_1');
      await carrier.findNumber('+14155550101');
    });
    expect(telnyx.requests.filter((request) => request.method === 'POST')).toHaveLength(3);
  });
});
