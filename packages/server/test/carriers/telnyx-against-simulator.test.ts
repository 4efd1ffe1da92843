import { type CarrierSim, createCarrierSim } from '@talkturo/carrier-sim';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Carrier, CarrierNumber, Offer } from '../../src/carriers/carrier.ts';
import { telnyxCarrier } from '../../src/carriers/telnyx/telnyx-carrier.ts';

let sim: CarrierSim;
let baseUrl: string;
let carrier: Carrier;
let now = Date.parse('2026-11-20T12:00:00Z');

beforeAll(async () => {
  sim = createCarrierSim({ apiKey: 'sim-key', now: () => new Date(now) });
  baseUrl = await sim.listen();
});
beforeEach(async () => {
  await sim.reset();
  carrier = telnyxCarrier({ apiKey: 'sim-key', baseUrl, timeouts: { orderMs: 300, readMs: 2000 } });
});
afterAll(() => sim.close());

/** The number of area code 415 that misbehaves in this way; found by itself, because general searches hide it. */
async function offeredMagic(code: string): Promise<string> {
  const offer = await carrier.findOffer(`+141555509${code}`, { fresh: true });
  return offer?.phoneNumber ?? 'none';
}

async function order(phoneNumber: string, reference = 'ord_1') {
  return await carrier.order({ phoneNumber, connectionId: null, reference });
}

async function ordersSent(): Promise<number> {
  const { data } = await sim.ledger();
  return data.filter((entry) => entry.action.startsWith('order')).length;
}

describe('a number, from search to release', () => {
  it.each([
    { countryCode: 'US', areaCode: '415', numberType: 'local', limit: 3 },
    { countryCode: 'CA', areaCode: '416', numberType: 'local', limit: 3 },
    { countryCode: 'US', numberType: 'toll-free', limit: 3 },
    { countryCode: 'CA', numberType: 'toll-free', limit: 3 },
    { countryCode: 'GB', numberType: 'local', limit: 3 },
  ] as const)('%j', async (filters) => {
    const offers = await carrier.searchNumbers(filters);
    expect(offers).toHaveLength(3);
    const { phoneNumber } = offers[1] as Offer;
    expect(await carrier.findOffer(phoneNumber, { fresh: true })).toEqual(offers[1]);

    const outcome = await carrier.order({ phoneNumber, connectionId: '42', reference: 'ord_1' });
    const made = { reference: 'ord_1', state: 'fulfilled', phoneNumbers: [phoneNumber] };
    expect(outcome).toMatchObject({ kind: 'accepted', order: made });
    const found = await carrier.findOrder('ord_1');
    expect(found).toMatchObject(made);
    expect(await carrier.getOrder(found?.carrierOrderId ?? '')).toMatchObject(made);
    expect(await carrier.findOffer(phoneNumber, { fresh: true })).toBeNull();

    const number = (await carrier.findNumber(phoneNumber)) as CarrierNumber;
    expect(number).toMatchObject({ phoneNumber, reference: 'ord_1', connectionId: '42', state: 'active' });
    await carrier.setConnection(number.carrierNumberId, '43');
    expect(await carrier.findNumber(phoneNumber)).toMatchObject({ connectionId: '43' });

    expect(await carrier.releaseNumber(number.carrierNumberId)).toBe('released');
    expect(await carrier.releaseNumber(number.carrierNumberId)).toBe('gone');
  });

  it('can be ordered after it was asked for by itself, and not before', async () => {
    const outcome = await order('+14155550123');
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'must_search_first' });
    expect(await carrier.findOffer('+14155550123', { fresh: true })).not.toBeNull();
    expect(await order('+14155550123')).toMatchObject({ kind: 'accepted' });
  });

  it('is nowhere before it was ordered', async () => {
    expect(await carrier.findOrder('ord_1')).toBeNull();
    expect(await carrier.getOrder('00000000-0000-4000-8000-000000000000')).toBeNull();
    expect(await carrier.findNumber('+14155550123')).toBeNull();
  });
});

describe('numbers that misbehave', () => {
  it.each([
    ['01', 'number_unavailable'],
    ['08', 'rate_limited'],
    ['09', 'must_search_first'],
    ['10', 'insufficient_funds'],
  ])('%s is rejected: %s', async (code, reason) => {
    expect(await order(await offeredMagic(code))).toMatchObject({ kind: 'rejected', reason });
    expect(await ordersSent()).toBe(1);
  });

  it.each([
    ['05', 'fulfilled'],
    ['06', 'fulfilled'],
    ['16', 'fulfilled'],
    ['07', undefined],
    ['17', undefined],
    ['19', undefined],
  ])('%s is unknown, sent once, and then found %s', async (code, state) => {
    expect(await order(await offeredMagic(code))).toMatchObject({ kind: 'unknown' });
    expect((await carrier.findOrder('ord_1'))?.state).toBe(state);
    expect(await ordersSent()).toBeLessThanOrEqual(1);
  });

  it('12 is found late', async () => {
    expect(await order(await offeredMagic('12'))).toMatchObject({ kind: 'unknown' });
    expect(await carrier.findOrder('ord_1')).toBeNull();
    now += 30_000;
    expect(await carrier.findOrder('ord_1')).toMatchObject({ state: 'fulfilled' });
  });

  it('02 fails, 03 is pending, 11 waits for documents', async () => {
    expect(await order(await offeredMagic('02'), 'ord_02')).toMatchObject({ order: { state: 'failed' } });
    expect(await order(await offeredMagic('03'), 'ord_03')).toMatchObject({ order: { state: 'pending' } });
    const waiting = { state: 'pending', awaitsRegulatoryDocuments: true };
    expect(await order(await offeredMagic('11'), 'ord_11')).toMatchObject({ order: waiting });
    now += 60_000;
    expect(await carrier.findOrder('ord_03')).toMatchObject({ state: 'fulfilled' });
  });

  it('14 cannot be given back', async () => {
    const phoneNumber = await offeredMagic('14');
    await order(phoneNumber);
    const id = (await carrier.findNumber(phoneNumber))?.carrierNumberId ?? '';
    await expect(carrier.releaseNumber(id)).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('the account', () => {
  it('is listed to its end, and its orders since a moment', async () => {
    await sim.addOwnedNumbers({ count: 501 });
    let count = 0;
    for await (const numbers of carrier.listNumbers()) count += numbers.length;
    expect(count).toBe(501);

    await order(await offeredMagic('00'), 'ord_before');
    now += 5000;
    await order(await offeredMagic('15'), 'ord_after');
    const references: unknown[] = [];
    for await (const orders of carrier.listOrders(new Date(now))) {
      references.push(...orders.map((found) => found.reference));
    }
    expect(references).toEqual(['ord_after']);
  });

  it('is closed to a wrong key', async () => {
    const stranger = telnyxCarrier({ apiKey: 'wrong', baseUrl });
    await expect(stranger.findNumber('+14155550123')).rejects.toMatchObject({ kind: 'unauthorised' });
  });
});
