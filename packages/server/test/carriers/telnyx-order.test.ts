import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { telnyxCarrier } from '../../src/carriers/telnyx/telnyx-carrier.ts';
import { failure, type Reply, type ScriptedTelnyx, startScriptedTelnyx } from './scripted-telnyx.ts';
import { numberOrder, REQUEST } from './telnyx-records.ts';

const API_KEY = 'KEY0123456789ABCDEF_secretsecret';
const POST = 'POST /v2/number_orders';

let telnyx: ScriptedTelnyx;
beforeAll(async () => {
  telnyx = await startScriptedTelnyx();
});
beforeEach(() => telnyx.reset());
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => telnyx.stop());

function carrierAt(baseUrl: string) {
  return telnyxCarrier({
    apiKey: API_KEY,
    baseUrl,
    timeouts: { orderMs: 150 },
    now: () => new Date('2026-11-20T12:00:00Z'),
  });
}

async function orderAnswered(reply: Reply) {
  telnyx.on(POST, reply);
  return await carrierAt(telnyx.url).order(REQUEST);
}

describe('an order', () => {
  it('asks for one number, by our reference', async () => {
    const outcome = await orderAnswered({ json: { data: numberOrder() } });
    expect(telnyx.requests[0]).toMatchObject({
      body: {
        phone_numbers: [{ phone_number: '+14155550101' }],
        customer_reference: 'ord_1',
        connection_id: '1521916448077776306',
      },
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    expect(outcome).toEqual({
      kind: 'accepted',
      order: {
        carrierOrderId: 'e3dcb7d4-0000-4000-8000-000000000001',
        reference: 'ord_1',
        state: 'pending',
        phoneNumbers: ['+14155550101'],
        awaitsRegulatoryDocuments: false,
        createdAt: new Date('2026-11-20T10:00:00.123Z'),
      },
    });
  });

  it('leaves the connection out where there is none', async () => {
    telnyx.on(POST, { json: { data: numberOrder() } });
    await carrierAt(telnyx.url).order({ ...REQUEST, connectionId: null });
    expect(telnyx.requests[0]?.body).not.toHaveProperty('connection_id');
  });

  it.each(['', '/', '/v2', '/v2/'])('finds the API under a base URL ending in "%s"', async (ending) => {
    telnyx.on(POST, { json: { data: numberOrder() } });
    expect(await carrierAt(telnyx.url + ending).order(REQUEST)).toMatchObject({ kind: 'accepted' });
  });

  it('goes nowhere else, whatever the environment says to the SDK', async () => {
    vi.stubEnv('TELNYX_CLIENT_ID', 'id');
    vi.stubEnv('TELNYX_CLIENT_SECRET', 'secret');
    vi.stubEnv('TELNYX_BASE_URL', 'http://127.0.0.1:1/v2');
    telnyx.on(POST, { json: { data: numberOrder() } });
    expect(await carrierAt(telnyx.url).order(REQUEST)).toMatchObject({ kind: 'accepted' });
    expect(telnyx.requests).toHaveLength(1);
  });

  it.each(['', 'api.telnyx.com', 'ftp://api.telnyx.com'])('refuses the base URL "%s"', (baseUrl) => {
    expect(() => carrierAt(baseUrl)).toThrow(TypeError);
  });
});

describe('an order of which nobody knows whether it stands is unknown, and is sent once', () => {
  it.each<[string, Reply]>([
    ['500', { status: 500 }],
    ['502 of a proxy', { status: 502, text: '<html>Bad gateway</html>' }],
    ['503 with a wait', { status: 503, headers: { 'retry-after': '0' } }],
    ['500 with the code of a refusal', { status: 500, json: failure('85001') }],
    ['a server that asks for a retry', { status: 500, headers: { 'x-should-retry': 'true' } }],
    ['408', { status: 408, json: failure('10008') }],
    ['408 with the code of a refusal', { status: 408, json: failure('85001') }],
    ['409', { status: 409 }],
    ['409 for a duplicate', { status: 409, json: failure('10012') }],
    ['a status that Telnyx does not document', { status: 418 }],
    ['a redirect', { status: 307, headers: { location: '/v2/number_orders' } }],
    ['no answer in time', { fault: 'hang' }],
    ['a cut connection', { fault: 'reset' }],
    ['a body that never ends', { fault: 'stall' }],
    ['a 200 that is no JSON', { text: '<html>Log in</html>' }],
    ['a 200 without a record', { json: {} }],
    ['a 200 without an id', { json: { data: numberOrder({ id: undefined }) } }],
  ])('%s', async (_, reply) => {
    expect(await orderAnswered(reply)).toMatchObject({ kind: 'unknown' });
    expect(telnyx.requests).toHaveLength(1);
  });
});

describe('a refused order is rejected, and is sent once', () => {
  it.each<[number, string, string]>([
    [422, '85000', 'must_search_first'],
    [422, '85001', 'number_unavailable'],
    [409, '85001', 'number_unavailable'],
    [422, '85006', 'number_unavailable'],
    [422, '85007', 'number_unavailable'],
    [422, '85004', 'invalid_connection'],
    [403, '20100', 'insufficient_funds'],
    [402, '', 'insufficient_funds'],
    [403, '20012', 'unauthorised'],
    [422, '20017', 'unauthorised'],
    [401, '10009', 'unauthorised'],
    [403, '10010', 'unauthorised'],
    [403, '10038', 'unauthorised'],
    [403, '10039', 'unauthorised'],
    [403, '', 'unauthorised'],
    [429, '10011', 'rate_limited'],
    [400, '10015', 'invalid_request'],
    [422, '10016', 'invalid_request'],
    [422, '10027', 'invalid_request'],
    [404, '10005', 'invalid_request'],
    [422, '99999', 'invalid_request'],
  ])('%i %s → %s', async (status, code, reason) => {
    const outcome = await orderAnswered({ status, json: failure(code) });
    expect(outcome).toMatchObject({ kind: 'rejected', reason });
    expect(telnyx.requests).toHaveLength(1);
  });

  it.each([
    ['/connection_id', 'invalid_connection'],
    ['/phone_numbers/0/requirement_group_id', 'regulatory_requirements'],
    ['/phone_numbers/0/regulatory_requirements', 'regulatory_requirements'],
  ])('by the field at fault where the code says little: %s → %s', async (pointer, reason) => {
    expect(await orderAnswered({ status: 422, json: failure('10015', { pointer }) })).toMatchObject({
      reason,
    });
  });

  it('by the error that says most', async () => {
    const json = { errors: [...failure('10015').errors, ...failure('85004').errors] };
    expect(await orderAnswered({ status: 422, json })).toMatchObject({ reason: 'invalid_connection' });
  });

  it('as not sent where nothing listens', async () => {
    const gone = await startScriptedTelnyx();
    await gone.stop();
    expect(await carrierAt(gone.url).order(REQUEST)).toMatchObject({ kind: 'rejected', reason: 'not_sent' });
  });

  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:07 GMT' }, 7000],
    [{ 'x-ratelimit-reset': '31' }, 31_000],
    [{ 'retry-after': '2', 'x-ratelimit-reset': '31' }, 2000],
    [{}, undefined],
  ])('with the wait of the headers %o', async (headers, retryAfterMs) => {
    const outcome = await orderAnswered({ status: 429, json: failure('10011'), headers });
    expect(outcome.kind === 'rejected' && outcome.retryAfterMs).toBe(retryAfterMs);
  });

  it('says why, without the key', async () => {
    const detail = `No key found matching the ID 'KEY0123456789ABCDEF' or ${API_KEY}`;
    const outcome = await orderAnswered({ status: 401, json: failure('10009', {}, detail) });
    const text = outcome.kind === 'rejected' ? outcome.detail : '';
    expect(text).toContain('status 401; 10009');
    expect(text).not.toMatch(/0123456789ABCDEF|secret/);
  });

  it('without a key of another form', async () => {
    telnyx.on(POST, { status: 401, json: failure('10009', {}, 'Bearer sim_0123 is wrong') });
    const carrier = telnyxCarrier({ apiKey: 'sim_0123', baseUrl: telnyx.url });
    expect(JSON.stringify(await carrier.order(REQUEST))).not.toContain('sim_0123');
  });
});

describe('the state of an order', () => {
  it.each<[string, (string | undefined)[], string]>([
    ['pending', ['pending'], 'pending'],
    ['success', ['success'], 'fulfilled'],
    ['success', [undefined], 'fulfilled'],
    ['success', [], 'fulfilled'],
    ['success', ['failure'], 'failed'],
    ['success', ['pending'], 'pending'],
    ['success', ['failure', 'success'], 'fulfilled'],
    ['failure', ['failure'], 'failed'],
    ['failure', ['pending'], 'failed'],
    ['failure', [], 'failed'],
    ['failure', ['success'], 'fulfilled'],
    ['cancelled', [], 'failed'],
    ['deleted', [], 'failed'],
    ['pending', ['success'], 'pending'],
    ['pending', ['failure'], 'pending'],
    ['something-new', ['success'], 'pending'],
  ])('%s with lines %j is %s', async (status, lines, state) => {
    const phone_numbers = lines.map((line) => ({ phone_number: '+14155550101', status: line }));
    telnyx.on('GET /v2/number_orders/1', { json: { data: numberOrder({ status, phone_numbers }) } });
    expect(await carrierAt(telnyx.url).getOrder('1')).toMatchObject({ state });
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['pending', { requirements_met: false }, true],
    ['pending', { phone_numbers: [{ requirements_status: 'requirement-info-pending' }] }, true],
    ['pending', { requirements_met: true }, false],
    ['success', { requirements_met: false, phone_numbers: [] }, false],
  ])('%s with %j', async (status, fields, awaitsRegulatoryDocuments) => {
    telnyx.on('GET /v2/number_orders/1', { json: { data: numberOrder({ status, ...fields }) } });
    expect(await carrierAt(telnyx.url).getOrder('1')).toMatchObject({ awaitsRegulatoryDocuments });
  });
});
