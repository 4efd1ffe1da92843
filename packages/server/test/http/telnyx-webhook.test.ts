import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { carrierEvents, numberOrders } from '../../src/db/schema.ts';
import { DAY_MS, later } from '../../src/domain/time.ts';
import { forgetCarrierEvents } from '../../src/usecases/forget-carrier-events.ts';
import { processCarrierEvent } from '../../src/usecases/process-carrier-event.ts';
import { settleLater } from '../../src/usecases/settle-later.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  buy,
  list,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { TestClock } from '../support/test-clock.ts';

const PATH = '/api/phone-numbers/telnyx-webhook';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const GRACE_MS = 120_000;

const carrierKey = generateKeyPairSync('ed25519');
const strangersKey = generateKeyPairSync('ed25519');
const PUBLIC_KEY = carrierKey.publicKey
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64');
const ENVIRONMENT = { TELNYX_PUBLIC_KEY: PUBLIC_KEY, PURCHASE_WAIT_MS: '1000' };

interface Signed {
  body: string | Buffer;
  headers: Record<string, string | string[]>;
}

/** The receiver compares with the system's clock, so this does too. */
function signed(
  body: string | Buffer,
  { key = carrierKey.privateKey, ageS = 0 }: { key?: KeyObject; ageS?: number } = {},
): Signed {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
  const bytes = Buffer.concat([Buffer.from(`${timestamp}|`), Buffer.from(body)]);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'telnyx-timestamp': timestamp,
      'telnyx-signature-ed25519': sign(null, bytes, key).toString('base64'),
    },
  };
}

interface EventOptions {
  id?: string;
  type?: string;
  status?: 'pending' | 'success' | 'failure';
  reference?: string | null;
  orderId?: string;
}

/** An event as the carrier writes it. */
function event(options: EventOptions = {}): string {
  const { id = randomUUID(), type = 'number_order.complete', status = 'success' } = options;
  const { reference = null, orderId = randomUUID() } = options;
  const line = { id: randomUUID(), phone_number: '+14155559999', status };
  const payload = {
    id: orderId,
    record_type: 'number_order',
    status,
    customer_reference: reference,
    phone_numbers: [line],
  };
  const data = { event_type: type, id, occurred_at: new Date().toISOString(), record_type: 'event', payload };
  return JSON.stringify({ data, meta: { attempt: 1, delivered_to: 'https://example.com' } });
}

async function post({ app }: Pick<Service, 'app'>, { body, headers }: Signed): Promise<Answer> {
  const response = await app.server.inject({ method: 'POST', url: PATH, headers, payload: body });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const ACCEPTED = { status: 200, body: { success: true } };

describe.each(DATABASE_KINDS)('the webhook of the carrier on %s', (kind) => {
  let service: Service;
  let webhookUrl: string;

  beforeAll(async () => {
    service = await startService({
      kind,
      environment: ENVIRONMENT,
      simulator: { webhook: { privateKey: carrierKey.privateKey } },
    });
    await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = service.app.server.server.address() as AddressInfo;
    webhookUrl = `http://127.0.0.1:${port}${PATH}`;
  });
  afterEach(() => {
    service.sim.faults.clear();
    service.sim.setWebhookUrl(undefined);
  });
  afterAll(() => service.stop());

  const inbox = () => service.app.context.db.select().from(carrierEvents);

  const orderOf = async (phoneNumber: string) => {
    const { db } = service.app.context;
    const [order] = await db.select().from(numberOrders).where(eq(numberOrders.phoneNumber, phoneNumber));
    if (!order) throw new Error(`no order for ${phoneNumber}`);
    return order;
  };

  const statusOf = async (team: TeamWithKey) => (await list(service, team)).body.numbers[0]?.status;

  const ledger = (phoneNumber: string) => service.sim.ledger({ phoneNumber });

  /** The jobs that stand in the queue for an event. */
  const jobsFor = async (eventId: string) => {
    const result = await service.app.context.db.execute(
      sql`select id from pgboss.job where name = 'process-carrier-event' and data->>'eventId' = ${eventId}`,
    );
    return (result as unknown as { rows: unknown[] }).rows.length;
  };

  /** Delivers an event and does its job. */
  const tell = async (options: EventOptions): Promise<void> => {
    const id = randomUUID();
    expect(await post(service, signed(event({ id, ...options })))).toMatchObject(ACCEPTED);
    await processCarrierEvent(service.app.context, id);
  };

  const processInbox = async () => {
    for (const { id } of await inbox()) await processCarrierEvent(service.app.context, id);
  };

  /** A purchase whose order the carrier completes after `ms`; nobody means to look for an hour. */
  const buyPending = async (phoneNumber: string, ms = 5 * MINUTE_MS) => {
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'pending', ms, phoneNumber });
    expect((await buy(service, team, phoneNumber)).status).toBe(202);
    await postponePoll(phoneNumber);
    return team;
  };

  const postponePoll = async (phoneNumber: string) => {
    const nextStepAt = later(service.clock.now(), HOUR_MS);
    await service.app.context.db
      .update(numberOrders)
      .set({ nextStepAt })
      .where(eq(numberOrders.phoneNumber, phoneNumber));
  };

  /** An order that stands, that no list shows for ten minutes, and that was given up before. */
  const buyLost = async (phoneNumber: string) => {
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'delayed_list', on: 'create_order', ms: 10 * MINUTE_MS });
    service.sim.faults.add({ kind: 'lost_answer', on: 'create_order' });
    expect((await buy(service, team, phoneNumber)).status).toBe(202);
    const { id } = await orderOf(phoneNumber);
    service.clock.advance(GRACE_MS + MINUTE_MS);
    await settleLater(service.app.context, id);
    expect((await orderOf(phoneNumber)).state).toBe('lost');
    expect(await statusOf(team)).toBe('error');
    const [order] = (await ledger(phoneNumber)).data;
    return { team, reference: id, orderId: order?.order_id ?? '' };
  };

  const settleFor = async (phoneNumber: string, ms: number) => {
    const { id } = await orderOf(phoneNumber);
    const end = service.clock.now().getTime() + ms;
    while (service.clock.now().getTime() < end) {
      service.clock.advance(10_000);
      await settleLater(service.app.context, id);
    }
    return orderOf(phoneNumber);
  };

  describe('who may call it', () => {
    const flipped = ({ body, headers }: Signed): Signed => ({
      body: String(body).replace('success', 'failure'),
      headers,
    });
    const withHeader = (name: string, change: (value: string) => string | string[]): Signed => {
      const delivery = signed(event());
      const value = String(delivery.headers[name]);
      return { ...delivery, headers: { ...delivery.headers, [name]: change(value) } };
    };
    const without = (...names: string[]): Signed => {
      const { body, headers } = signed(event());
      return {
        body,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
      };
    };
    const [SIGNATURE, TIMESTAMP] = ['telnyx-signature-ed25519', 'telnyx-timestamp'];
    const nowS = () => Math.floor(Date.now() / 1000);

    it.each<[string, () => Signed]>([
      ['a signature with another key', () => signed(event(), { key: strangersKey.privateKey })],
      ['a signature over another body', () => flipped(signed(event()))],
      ['a body with one byte more', () => ({ ...signed(event()), body: `${event()} ` })],
      ['a timestamp of six minutes ago', () => signed(event(), { ageS: 360 })],
      ['a timestamp six minutes ahead', () => signed(event(), { ageS: -360 })],
      ['an old event under a new timestamp', () => withHeader(TIMESTAMP, () => String(nowS() + 1))],
      ['a timestamp that is none', () => withHeader(TIMESTAMP, () => 'yesterday')],
      ['a timestamp past all numbers', () => withHeader(TIMESTAMP, () => '9'.repeat(400))],
      ['no headers', () => ({ body: event(), headers: {} })],
      ['no signature', () => without(SIGNATURE)],
      ['no timestamp', () => without(TIMESTAMP)],
      ['an empty signature', () => withHeader(SIGNATURE, () => '')],
      ['two signatures', () => withHeader(SIGNATURE, (value) => [value, value])],
      ['two timestamps', () => withHeader(TIMESTAMP, (value) => [value, value])],
      ['a signature that is no base64', () => withHeader(SIGNATURE, (value) => `*${value.slice(1)}`)],
      ['a signature cut short', () => withHeader(SIGNATURE, (value) => value.slice(0, 44))],
      ['a signature of zeros', () => withHeader(SIGNATURE, () => Buffer.alloc(64).toString('base64'))],
      ['an empty body', () => ({ ...signed(event()), body: '' })],
    ])('refuses %s', async (_what, delivery) => {
      const before = await inbox();
      const refused = await post(service, delivery());
      expect(refused.status).toBe(400);
      expect(refused.body).toEqual({
        success: false,
        code: 'invalid_signature',
        error: expect.stringMatching(/^The signature of this webhook .*\.$/),
        request_id: expect.any(String),
      });
      expect(JSON.stringify(refused.body)).not.toMatch(/Ed25519|telnyx|base64|at /i);
      expect(await inbox()).toEqual(before);
    });

    it('refuses bytes that only decode to what was signed', async () => {
      const delivery = signed(event({ reference: 'replaced: \uFFFD' }));
      const body = Buffer.from(String(delivery.body));
      const at = body.indexOf(Buffer.from('\uFFFD'));
      const forged = Buffer.concat([body.subarray(0, at), Buffer.of(0xff), body.subarray(at + 3)]);
      expect(await post(service, { ...delivery, body: forged })).toMatchObject({
        status: 400,
        body: { code: 'invalid_signature' },
      });
    });

    it('refuses two signatures on a real connection', async () => {
      const { body, headers } = signed(event());
      const twice = new Headers(headers as Record<string, string>);
      twice.append(SIGNATURE ?? '', String(headers[SIGNATURE ?? '']));
      const answer = await fetch(webhookUrl, { method: 'POST', headers: twice, body: String(body) });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ success: false, code: 'invalid_signature' });
    });

    it('takes a timestamp of four minutes ago, and any content type', async () => {
      const { body, headers } = signed(event(), { ageS: 240 });
      const sent = { body, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } };
      expect(await post(service, sent)).toMatchObject(ACCEPTED);
    });

    it('refuses a body of 257 KiB, and takes one of 255', async () => {
      const padded = (kib: number) => event().padEnd(kib * 1024, ' ');
      const refused = await post(service, signed(padded(257)));
      expect(refused).toMatchObject({
        status: 400,
        body: { success: false, code: 'invalid_request', issues: [{ path: 'body' }] },
      });
      expect(refused.body.error).toContain('256 KiB');
      expect(await post(service, signed(padded(255)))).toMatchObject(ACCEPTED);
    });

    it('leaves the other routes their parser and their limit', async () => {
      const team = await newTeam(service);
      const tooLarge = await buy(service, team, '+14155553000', { body: { note: 'x'.repeat(65 * 1024) } });
      expect(tooLarge).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(tooLarge.body.error).toContain('64 KiB');
    });
  });

  it('answers with success and nothing else', async () => {
    expect((await post(service, signed(event()))).body).toEqual({ success: true });
  });

  it.each<[string, string]>([
    ['another type', event({ type: 'message.received' })],
    ['no data', '{}'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['no JSON', 'hello'],
    ['no id', event({ id: '' })],
    ['an id that cannot be stored', event({ id: 'a\0b' })],
    ['an id without end', event({ id: 'a'.repeat(10_000) })],
    ['an order without an id', event({ orderId: '' })],
  ])('answers a signed event with %s, and keeps nothing', async (_what, body) => {
    const before = await inbox();
    expect(await post(service, signed(body))).toMatchObject(ACCEPTED);
    expect(await inbox()).toEqual(before);
  });

  it('activates a pending order without waiting for the next look', async () => {
    const number = '+14155553001';
    const team = await buyPending(number);
    service.clock.advance(5 * MINUTE_MS);
    const { id } = await orderOf(number);
    await settleLater(service.app.context, id);
    expect(await statusOf(team)).toBe('purchasing');
    await tell({ reference: id });
    expect(await statusOf(team)).toBe('active');
  });

  it('finds the order by the carrier’s id where the event has no reference', async () => {
    const number = '+14155553002';
    const team = await buyPending(number);
    service.clock.advance(5 * MINUTE_MS);
    const { carrierOrderId } = await orderOf(number);
    await tell({ reference: null, orderId: carrierOrderId ?? 'none' });
    expect(await statusOf(team)).toBe('active');
  });

  it('believes the carrier’s own answer and not the event', async () => {
    const number = '+14155553003';
    const team = await buyPending(number);
    const { id } = await orderOf(number);
    await tell({ reference: id, status: 'success' });
    expect(await orderOf(number)).toMatchObject({ state: 'ordered' });
    await tell({ reference: id, status: 'failure' });
    expect(await orderOf(number)).toMatchObject({ state: 'ordered', failureCode: null });
    service.clock.advance(5 * MINUTE_MS);
    await tell({ reference: id, status: 'failure' });
    expect(await statusOf(team)).toBe('active');
  });

  it('leaves a completed order alone, whatever comes late', async () => {
    const number = '+14155553004';
    const team = await newTeam(service);
    expect((await buy(service, team, number)).status).toBe(200);
    const order = await orderOf(number);
    for (const status of ['success', 'failure', 'pending'] as const)
      await tell({ reference: order.id, status });
    expect(await orderOf(number)).toEqual(order);
    expect(await statusOf(team)).toBe('active');
  });

  it('gives back what an order brings that was given up', async () => {
    const number = '+14155553005';
    const { team, reference, orderId } = await buyLost(number);
    await tell({ reference, orderId });
    // The watch alone would not know of the order: no list shows it yet.
    expect(await orderOf(number)).toMatchObject({ state: 'unwanted', carrierOrderId: orderId });
    const settled = await settleFor(number, 15 * MINUTE_MS);
    expect(settled).toMatchObject({ state: 'failed', failureCode: 'order_lost' });
    expect((await ledger(number)).totals).toMatchObject({ orders: 1, releases: 1 });
    expect(await statusOf(team)).toBe('error');

    // The carrier repeats itself: what is back is not looked for again.
    await tell({ reference, orderId });
    expect(await orderOf(number)).toEqual(settled);
    expect((await ledger(number)).totals.releases).toBe(1);
  });

  it('closes an order that was given up, where the carrier says that it failed', async () => {
    const number = '+14155553006';
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'delayed_list', on: 'create_order', ms: 4 * MINUTE_MS });
    service.sim.faults.add({ kind: 'lost_answer', on: 'create_order' });
    service.sim.faults.add({ kind: 'order_fails', on: 'create_order' });
    expect((await buy(service, team, number)).status).toBe(202);
    const { id } = await orderOf(number);
    service.clock.advance(GRACE_MS + MINUTE_MS);
    await settleLater(service.app.context, id);
    expect((await orderOf(number)).state).toBe('lost');
    await postponePoll(number);
    service.clock.advance(5 * MINUTE_MS);
    await tell({ reference: id, status: 'failure' });
    expect((await orderOf(number)).state).toBe('failed');
    expect((await ledger(number)).totals.releases).toBe(0);
  });

  it('is not misled by an old event of an order that failed', async () => {
    const number = '+14155550902';
    const team = await newTeam(service);
    expect((await buy(service, team, number)).status).toBe(502);
    const { id, carrierOrderId } = await orderOf(number);
    const [entry] = (await ledger(number)).data;
    await tell({ reference: id, orderId: entry?.order_id ?? 'none', status: 'pending' });
    expect(carrierOrderId).toBeNull();
    expect(await orderOf(number)).toMatchObject({ state: 'failed', failureCode: 'order_failed' });
    expect((await ledger(number)).totals.releases).toBe(0);
  });

  it('does not hasten an order that the carrier has not been asked for', async () => {
    const number = '+14155553007';
    await buyPending(number);
    const { db } = service.app.context;
    await db.update(numberOrders).set({ state: 'reserved' }).where(eq(numberOrders.phoneNumber, number));
    const order = await orderOf(number);
    await tell({ reference: order.id });
    expect(await orderOf(number)).toEqual(order);
    expect((await ledger(number)).totals.orders).toBe(1);
  });

  it('never touches an order of test mode', async () => {
    // Pending for ever, by its number.
    const number = '+14155550904';
    const team = await newTeam(service, { mode: 'test' });
    expect((await buy(service, team, number)).status).toBe(202);
    const { db } = service.app.context;
    for (const state of ['ordered', 'failed'] as const) {
      const nextStepAt = later(service.clock.now(), HOUR_MS);
      await db.update(numberOrders).set({ state, nextStepAt }).where(eq(numberOrders.phoneNumber, number));
      const order = await orderOf(number);
      await tell({ reference: order.id });
      await tell({ orderId: order.carrierOrderId ?? 'none' });
      expect(await orderOf(number)).toEqual(order);
    }
  });

  it('answers for an order that is not ours, and changes nothing', async () => {
    const { db } = service.app.context;
    const byId = () => db.select().from(numberOrders).orderBy(numberOrders.id);
    const before = await byId();
    const id = randomUUID();
    expect(await post(service, signed(event({ id, reference: 'somebody else’s' })))).toMatchObject(ACCEPTED);
    await processCarrierEvent(service.app.context, id);
    expect(await byId()).toEqual(before);
    expect((await inbox()).find((row) => row.id === id)?.processedAt).toEqual(service.clock.now());
  });

  it('takes the same event ten times at once as one', async () => {
    const number = '+14155553008';
    const team = await buyPending(number);
    service.clock.advance(5 * MINUTE_MS);
    const id = randomUUID();
    const delivery = signed(event({ id, reference: (await orderOf(number)).id }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(service, delivery)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await inbox()).filter((row) => row.id === id)).toHaveLength(1);
    expect(await jobsFor(id)).toBe(1);

    await processCarrierEvent(service.app.context, id);
    expect(await statusOf(team)).toBe('active');
    const [processedAt] = (await inbox()).filter((row) => row.id === id).map((row) => row.processedAt);
    service.clock.advance(MINUTE_MS);
    expect(await post(service, delivery)).toMatchObject(ACCEPTED);
    await processCarrierEvent(service.app.context, id);
    expect((await inbox()).find((row) => row.id === id)?.processedAt).toEqual(processedAt);
    expect(await jobsFor(id)).toBe(1);
  });

  it('harms nothing when four servers take up one event', async () => {
    const number = '+14155553009';
    const team = await buyPending(number);
    service.clock.advance(5 * MINUTE_MS);
    const id = randomUUID();
    await post(service, signed(event({ id, reference: (await orderOf(number)).id })));
    const job = () => processCarrierEvent(service.app.context, id);
    await Promise.all([job(), job(), job(), job()]);
    expect(await statusOf(team)).toBe('active');
    expect((await ledger(number)).totals).toMatchObject({ orders: 1, releases: 0 });
  });

  it('leaves an event to be done again where settling it fails', async () => {
    const number = '+14155553010';
    const team = await buyPending(number);
    service.clock.advance(5 * MINUTE_MS);
    const id = randomUUID();
    await post(service, signed(event({ id, reference: (await orderOf(number)).id })));
    const { context } = service.app;
    const withoutLive = { ...context, carriers: { ...context.carriers, live: null } };
    await expect(processCarrierEvent(withoutLive, id)).rejects.toThrow('Live mode is off');
    expect((await inbox()).find((row) => row.id === id)?.processedAt).toBeNull();
    await processCarrierEvent(context, id);
    expect(await statusOf(team)).toBe('active');
  });

  it('takes the carrier’s own deliveries, doubled and out of order', async () => {
    const numbers = ['+14155553011', '+14155553012', '+14155553013'] as const;
    const [first, second, failing] = numbers;
    service.sim.faults.add({ kind: 'order_fails', on: 'create_order', phoneNumber: failing });
    const teams = [];
    for (const number of numbers) teams.push(await buyPending(number));
    service.sim.faults.add({ kind: 'webhook_reorder', phoneNumber: first });
    service.sim.faults.add({ kind: 'webhook_duplicate', phoneNumber: second, times: null });
    service.sim.setWebhookUrl(webhookUrl);

    service.clock.advance(10 * MINUTE_MS);
    await service.sim.flushWebhooks();
    const orders = (await Promise.all(numbers.map(orderOf))).map(({ id }) => id);
    // The carrier may still have something to say of what was bought before.
    const taken = (await inbox()).flatMap(({ reference }) => orders.filter((id) => id === reference));
    expect(taken.toSorted()).toEqual(orders.toSorted());

    await processInbox();
    expect(await Promise.all(teams.map(statusOf))).toEqual(['active', 'active', 'error']);
  });

  it('forgets what was acted on thirty days ago, and nothing else', async () => {
    const [old, unprocessed, young] = [randomUUID(), randomUUID(), randomUUID()];
    await post(service, signed(event({ id: old })));
    await processCarrierEvent(service.app.context, old);
    await post(service, signed(event({ id: unprocessed })));
    service.clock.advance(2 * MINUTE_MS);
    await post(service, signed(event({ id: young })));
    await processCarrierEvent(service.app.context, young);
    const kept = async () => {
      await forgetCarrierEvents(service.app.context);
      return (await inbox())
        .map(({ id }) => id)
        .filter((id) => [old, unprocessed, young].some((one) => one === id));
    };
    service.clock.advance(30 * DAY_MS - 2 * MINUTE_MS);
    expect(await kept()).toHaveLength(3);
    service.clock.advance(MINUTE_MS);
    expect((await kept()).toSorted()).toEqual([unprocessed, young].toSorted());
  });

  it('has its job done by the workers', async () => {
    const number = '+14155553014';
    // The queue goes by real time: for it, the next look at the order is a day away.
    const clock = new TestClock(later(new Date(), DAY_MS).toISOString());
    const working = await startService({ kind, environment: ENVIRONMENT, workers: true, clock });
    try {
      const team = await newTeam(working);
      working.sim.faults.add({ kind: 'pending', ms: 5 * MINUTE_MS });
      expect((await buy(working, team, number)).status).toBe(202);
      const { db } = working.app.context;
      const nextStepAt = later(working.clock.now(), HOUR_MS);
      const [order] = await db.update(numberOrders).set({ nextStepAt }).returning();
      working.clock.advance(5 * MINUTE_MS);
      expect(await post(working, signed(event({ reference: order?.id ?? '' })))).toMatchObject(ACCEPTED);
      const status = async () => (await list(working, team)).body.numbers[0]?.status;
      await expect.poll(status, { timeout: 20_000 }).toBe('active');
    } finally {
      await working.stop();
    }
  });

  it('says that webhooks are off where there is no key to check them with', async () => {
    const deaf = await startService({ kind });
    try {
      const refused = await post(deaf, signed(event()));
      expect(refused).toMatchObject({ status: 503, body: { success: false, code: 'webhooks_off' } });
      expect(await deaf.app.context.db.select().from(carrierEvents)).toEqual([]);
    } finally {
      await deaf.stop();
    }
  });

  it('takes the key without padding too', async () => {
    const bare = { TELNYX_PUBLIC_KEY: PUBLIC_KEY.replace(/=+$/, '') };
    const lenient = await startService({ kind, environment: bare });
    try {
      expect(await post(lenient, signed(event()))).toMatchObject(ACCEPTED);
    } finally {
      await lenient.stop();
    }
  });
});
