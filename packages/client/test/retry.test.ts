import { getEventListeners } from 'node:events';
import { ConnectionError, RateLimitedError, type Talkturo, TimeoutError } from '@talkturo/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  clientWith,
  connectionRefused,
  htmlPage,
  ok,
  type Reply,
  refused,
  silence,
} from './support/fake-server.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Lets all waits pass, and says how the call ended and how long it took. */
async function outcome(work: Promise<unknown>): Promise<{ value?: unknown; error?: unknown; ms: number }> {
  const start = Date.now();
  const settled = work.then(
    (value) => ({ value, ms: Date.now() - start }),
    (error: unknown) => ({ error, ms: Date.now() - start }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

const BUY = { phoneNumber: '+14155550101', teamId: 'team_1' };

const CALLS = {
  read: (client: Talkturo) => client.phoneNumbers.get('pn_1'),
  search: (client: Talkturo) => client.phoneNumbers.search({ countryCode: 'US' }),
  eligibility: (client: Talkturo) => client.phoneNumbers.eligibility({ teamId: 'team_1' }),
  nearby: (client: Talkturo) => client.phoneNumbers.searchNearby({ countryCode: 'US', areaCode: '415' }),
  purchase: (client: Talkturo) => client.phoneNumbers.purchase(BUY),
  purchases: (client: Talkturo) =>
    client.phoneNumbers.purchaseMany({ teamId: 'team_1', phoneNumbers: ['+14155550101'] }),
  tryOut: (client: Talkturo) => client.routing.callerId({ to: '+14155550101', dryRun: true }),
  update: (client: Talkturo) => client.phoneNumbers.update('pn_1', { label: 'a' }),
  release: (client: Talkturo) => client.phoneNumbers.release('pn_1'),
  restore: (client: Talkturo) => client.phoneNumbers.restore('pn_1'),
  plan: (client: Talkturo) => client.operator.changePlan('team_1', { plan: 'growth' }),
  callerId: (client: Talkturo) => client.routing.callerId({ to: '+14155550101' }),
  invitation: (client: Talkturo) => client.invitations.create('team_1', { email: 'a@b.c', role: 'member' }),
};

type Kind = keyof typeof CALLS;
const SAFE: Kind[] = ['read', 'search', 'eligibility', 'nearby', 'purchase', 'purchases', 'tryOut'];
const OTHERS: Kind[] = ['update', 'release', 'restore', 'plan', 'callerId', 'invitation'];
const wait1 = { headers: { 'retry-after': '1' } };

/** How the first try fails, whether what is safe is sent again and after what time, and whether other writes are. */
const FAILURES: [string, () => Reply, { safe: number | null; others: number | null }][] = [
  ['nothing listens', connectionRefused, { safe: 500, others: null }],
  ['a limit, with a time', () => refused(429, 'rate_limited', wait1), { safe: 1_000, others: 1_000 }],
  ['a limit, without a time', () => refused(429, 'rate_limited'), { safe: 500, others: 500 }],
  [
    'a limit for an hour',
    () => refused(429, 'rate_limited', { headers: { 'retry-after': '3000' } }),
    { safe: null, others: null },
  ],
  ['a limit of a proxy', () => htmlPage(429, wait1.headers), { safe: 1_000, others: 1_000 }],
  ['not ready, with a time', () => refused(503, 'not_ready', wait1), { safe: 1_000, others: null }],
  ['not ready, without a time', () => refused(503, 'not_ready'), { safe: null, others: null }],
  [
    'the first still runs',
    () => refused(409, 'idempotency_in_progress', wait1),
    { safe: 1_000, others: null },
  ],
  ['a proxy without its server', () => htmlPage(502), { safe: 500, others: null }],
  ['a page', () => htmlPage(200), { safe: null, others: null }],
  ['a mistake of the server', () => refused(500, 'internal'), { safe: null, others: null }],
  ['the carrier’s no', () => refused(502, 'carrier_error'), { safe: null, others: null }],
  ['a no', () => refused(409, 'number_unavailable', wait1), { safe: null, others: null }],
];

describe.each(FAILURES)('after %s', (_name, failure, { safe, others }) => {
  const table = [
    ...SAFE.map((kind) => [kind, safe] as const),
    ...OTHERS.map((kind) => [kind, others] as const),
  ];
  it.each(table)('%s is sent again after %s ms', async (kind, delayMs) => {
    const { client, sent } = clientWith([failure(), ok()], { operatorToken: 'token' });
    const { value, error, ms } = await outcome(CALLS[kind](client));
    expect(sent).toHaveLength(delayMs === null ? 1 : 2);
    expect(ms).toBe(delayMs ?? 0);
    if (delayMs === null) expect(error).toBeInstanceOf(Error);
    else expect(value).toEqual({ success: true });
  });
});

describe('sending again', () => {
  it('waits for longer each time, somewhere up to a limit', async () => {
    const replies = Array.from({ length: 7 }, () => connectionRefused());
    const { client, sent } = clientWith(replies, { maxRetries: 6 });
    const { error, ms } = await outcome(client.phoneNumbers.get('pn_1'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(sent).toHaveLength(7);
    expect(ms).toBe(500 + 1_000 + 2_000 + 4_000 + 8_000 + 8_000);

    vi.mocked(Math.random).mockReturnValue(0.25);
    const other = clientWith([connectionRefused(), ok()]);
    expect((await outcome(other.client.phoneNumbers.get('pn_1'))).ms).toBe(125);
  });

  it('takes a date for a time', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 5_000).toUTCString() };
    const { client } = clientWith([refused(429, 'rate_limited', { headers }), ok()]);
    const { ms } = await outcome(client.phoneNumbers.get('pn_1'));
    expect(ms).toBeGreaterThan(3_999);
    expect(ms).toBeLessThan(5_001);
  });

  it('happens twice at most, unless said otherwise', async () => {
    const { client, sent } = clientWith(Array.from({ length: 4 }, () => refused(429, 'rate_limited', wait1)));
    const { error } = await outcome(client.phoneNumbers.get('pn_1'));
    expect(sent).toHaveLength(3);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfter: 1 });
  });

  it('never happens with maxRetries 0, of the client or of the call', async () => {
    const never = clientWith([connectionRefused()], { maxRetries: 0 });
    await outcome(never.client.phoneNumbers.get('pn_1'));
    expect(never.sent).toHaveLength(1);

    const once = clientWith([connectionRefused()]);
    await outcome(once.client.phoneNumbers.get('pn_1', { maxRetries: 0 }));
    expect(once.sent).toHaveLength(1);
  });

  it('keeps the Idempotency-Key of a purchase, has a new one for the next, and tells it with the error', async () => {
    const { client, sent } = clientWith([
      connectionRefused(),
      ok(),
      ok(),
      refused(409, 'number_unavailable'),
    ]);
    await outcome(client.phoneNumbers.purchase(BUY));
    await outcome(client.phoneNumbers.purchase(BUY));
    const keys = sent.map(({ headers }) => headers['idempotency-key'] ?? '');
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);

    const { error } = await outcome(client.phoneNumbers.purchase(BUY, { idempotencyKey: 'mine' }));
    expect(sent[3]?.headers['idempotency-key']).toBe('mine');
    expect(error).toMatchObject({ idempotencyKey: 'mine' });
  });

  it('sends no Idempotency-Key with anything else', async () => {
    const { client, sent } = clientWith([ok(), ok()]);
    await client.phoneNumbers.get('pn_1');
    await client.phoneNumbers.update('pn_1', { label: null });
    for (const { headers } of sent) expect(headers).not.toHaveProperty('idempotency-key');
  });

  it('is written to the log, without keys and bodies', async () => {
    const lines: unknown[] = [];
    const logger = {
      debug: (...line: unknown[]) => lines.push(line),
      warn: (...line: unknown[]) => lines.push(line),
    };
    const { client } = clientWith([connectionRefused(), ok()], { logger });
    await outcome(client.phoneNumbers.purchase(BUY));
    expect(lines).toMatchObject([
      [
        'talkturo: sending again',
        { method: 'POST', path: '/api/phone-numbers/purchase', attempt: 1, delayMs: 500 },
      ],
      ['talkturo: answered', { status: 200 }],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/tk_test_key|14155550101/);
  });
});

describe('time', () => {
  it('is counted for each try alone', async () => {
    const { client, sent } = clientWith([silence, silence, silence], { timeoutMs: 1_000 });
    const { error, ms } = await outcome(client.phoneNumbers.get('pn_1'));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({
      message: expect.stringContaining('GET /api/phone-numbers/pn_1 within 1000 ms'),
    });
    expect(sent).toHaveLength(3);
    expect(ms).toBe(3 * 1_000 + 500 + 1_000);
  });

  it('also ends a body that stops halfway', async () => {
    const halfway: Reply = ({ init }) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"success":'));
            init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
          },
        }),
      );
    const { client } = clientWith([halfway], { maxRetries: 0 });
    const { error, ms } = await outcome(client.phoneNumbers.get('pn_1', { timeoutMs: 700 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(ms).toBe(700);
  });

  it('may be without end, as far as timers go', async () => {
    const { client } = clientWith([ok()]);
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await client.phoneNumbers.get('pn_1', { timeoutMs: Number.POSITIVE_INFINITY });
    expect(timers.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1]);
  });

  it('is longer for a comparison with the carrier', async () => {
    const { client } = clientWith([silence], { operatorToken: 'token' });
    expect((await outcome(client.operator.reconcile())).ms).toBe(600_000);
  });

  it('leaves no timer behind, and nothing that listens to the signal', async () => {
    const { signal } = new AbortController();
    const { client } = clientWith([refused(429, 'rate_limited', wait1), ok()]);
    await outcome(client.phoneNumbers.get('pn_1', { signal }));
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('an AbortSignal', () => {
  const reason = new Error('the page was left');

  it('ends a request before it is sent', async () => {
    const { client, sent } = clientWith([]);
    await expect(client.phoneNumbers.get('pn_1', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('ends a request that is under way, and does not send it again', async () => {
    const controller = new AbortController();
    const { client, sent } = clientWith([silence]);
    const work = outcome(client.phoneNumbers.get('pn_1', { signal: controller.signal }));
    controller.abort(reason);
    expect((await work).error).toBe(reason);
    expect(sent).toHaveLength(1);
  });

  it('ends the wait before it is sent again', async () => {
    const controller = new AbortController();
    const { client, sent } = clientWith([refused(429, 'rate_limited', { headers: { 'retry-after': '20' } })]);
    const work = client.phoneNumbers.get('pn_1', { signal: controller.signal });
    const ended = expect(work).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(5_000);
    controller.abort(reason);
    await ended;
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
