import { sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, later } from '../../src/domain/time.ts';
import { MAX_ENDPOINTS } from '../../src/domain/webhook-delivery.ts';
import { deliverWebhook } from '../../src/usecases/deliver-webhook.ts';
import { forgetWebhookDeliveries } from '../../src/usecases/forget-webhook-deliveries.ts';
import { recordEvent } from '../../src/usecases/record-event.ts';
import { resumeWebhooks } from '../../src/usecases/resume-webhooks.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  asCaller,
  buy,
  call,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { answerWith, type Received, type Subscriber, startSubscriber } from '../support/subscriber.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const LIST = '/api/webhook-endpoints';
const TIMEOUT_MS = 60;
const HOUR_MS = 3_600_000;

/** What names mean in these tests. */
const NAMES: Record<string, string[][]> = {
  'inside.example': [['93.184.216.34', '10.0.0.1']],
  'public.example': [['93.184.216.34']],
  'rebinding.example': [['93.184.216.34'], ['127.0.0.1']],
};

const resolve = async (host: string): Promise<string[]> => {
  const answers = NAMES[host];
  const answer = answers && answers.length > 1 ? answers.shift() : answers?.[0];
  if (answer) return answer;
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
};

describe.each(DATABASE_KINDS)('webhooks on %s', (kind) => {
  let service: Service;
  let subscriber: Subscriber;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind, outbound: { resolve, timeoutMs: TIMEOUT_MS * 10 } });
  });
  beforeEach(async () => {
    subscriber = await startSubscriber();
    team = await newTeam(service, { plan: 'business' });
  });
  afterEach(() => subscriber.close());
  afterAll(() => service.stop());

  const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object, { token } = team) =>
    call(service, method, url, { token, ...(body && { body }) });

  const create = async (more: object = {}, by = team) => {
    const body = { teamId: by.teamId, url: subscriber.url, ...more };
    const answer = await send('POST', LIST, body, by);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.endpoint;
  };

  /** Something happens to a number of the team. */
  const happen = async (subject = 'pn_a', data: object = {}) => {
    const { context } = service.app;
    await context.db.transaction((tx) =>
      recordEvent(context, tx, {
        ...{ teamId: team.teamId, mode: 'live', type: 'phone_number.updated', subject },
        actor: asCaller(team).actor,
        data: { ...data },
      }),
    );
  };

  const deliveriesOf = async ({ id }: { id: string }, query = '') =>
    (await send('GET', `${LIST}/${id}/deliveries${query}`)).body.deliveries;

  const detailsOf = async ({ id, endpoint_id }: { id: string; endpoint_id: string }) =>
    (await send('GET', `${LIST}/${endpoint_id}/deliveries/${id}`)).body.delivery;

  /** What the jobs would do now. */
  const deliverDue = async () => {
    const { context } = service.app;
    const { rows } = (await context.db.execute(
      sql`select id from webhook_deliveries where status = 'pending' and next_attempt_at <= ${context.clock.now().toISOString()} and team_id = ${team.teamId} order by id`,
    )) as unknown as { rows: { id: string }[] };
    let sent = 0;
    for (const { id } of rows) if (await deliverWebhook(context, id)) sent += 1;
    return sent;
  };

  /** As a receiver does it, by the clock of the service. */
  const verify = (secret: string, { text, headers }: Received) => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(service.clock.now().getTime());
    try {
      return new Webhook(secret).verify(text, headers as Record<string, string>);
    } finally {
      now.mockRestore();
    }
  };

  const jobsFor = async (deliveryId: string): Promise<number> => {
    const { rows } = (await service.app.context.db.execute(
      sql`select count(*)::int as count from pgboss.job where name = 'deliver-webhook' and data->>'deliveryId' = ${deliveryId}`,
    )) as unknown as { rows: [{ count: number }] };
    return rows[0].count;
  };

  describe('endpoints', () => {
    it('are made, listed, changed and deleted, and show their secret once', async () => {
      const made = await create({ types: ['phone_number.*', 'phone_number.*'], description: 'CRM' });
      const { secret, ...endpoint } = made;
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(endpoint).toEqual({
        id: expect.stringMatching(/^whe_[0-9a-z]{26}$/),
        url: subscriber.url,
        description: 'CRM',
        types: ['phone_number.*'],
        mode: 'live',
        enabled: true,
        disabled_reason: null,
        disabled_at: null,
        failing_since: null,
        previous_secret_expires_at: null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      });
      expect((await send('GET', `${LIST}?teamId=${team.teamId}`)).body).toEqual({
        success: true,
        endpoints: [endpoint],
      });
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body).toEqual({ success: true, endpoint });
      const changed = await send('PATCH', `${LIST}/${endpoint.id}`, { types: [], description: null });
      expect(changed.body).toEqual({
        success: true,
        endpoint: { ...endpoint, types: [], description: null },
      });
      expect((await send('DELETE', `${LIST}/${endpoint.id}`)).body).toEqual({ success: true });
      expectRefusal(await send('GET', `${LIST}/${endpoint.id}`), 404, 'not_found');

      const { events } = (await send('GET', `/api/events?teamId=${team.teamId}&subject=${endpoint.id}`)).body;
      expect(events.map(({ type }: { type: string }) => type)).toEqual([
        'webhook_endpoint.deleted',
        'webhook_endpoint.updated',
        'webhook_endpoint.created',
      ]);
      expect(events[1]).toMatchObject({
        before: { types: ['phone_number.*'], description: 'CRM', enabled: true },
        after: { types: [], description: null, enabled: true },
      });
      expect(JSON.stringify(events)).not.toContain('whsec_');
    });

    it.each([
      'http://169.254.169.254/',
      'http://[::1]/',
      'file:///etc/passwd',
      'http://example.com/',
      'https://2130706433/',
      'http://0x7f.1/',
      'https://[::ffff:10.0.0.1]/',
      'https://user:password@public.example/',
      'https://inside.example/',
      'https://public.example/#x',
    ])('may not be at %s', async (url) => {
      expectInvalid(await send('POST', LIST, { teamId: team.teamId, url }), 'url', /^must /);
      const endpoint = await create();
      expectInvalid(await send('PATCH', `${LIST}/${endpoint.id}`, { url }), 'url', /^must /);
    });

    it('may be at names that do not resolve yet', async () => {
      await create({ url: 'https://public.example/webhooks' });
      await create({ url: 'https://later.example/webhooks' });
    });

    it('are at most ten in a mode', async () => {
      for (let n = 0; n < MAX_ENDPOINTS - 1; n += 1) await create();
      const body = { teamId: team.teamId, url: subscriber.url };
      const answers = await Promise.all([1, 2, 3].map(() => send('POST', LIST, body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
      expectRefusal(await send('POST', LIST, body), 403, 'endpoint_limit_reached');
      const other = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
      await create({}, other);
      // An event of neither mode goes to all of them.
      const { context } = service.app;
      await context.db.transaction((tx) =>
        recordEvent(context, tx, {
          ...{ teamId: team.teamId, mode: null, type: 'phone_number.lost', subject: 'x', data: {} },
          actor: { type: 'system', id: null },
        }),
      );
      const { rows } = (await context.db.execute(
        sql`select count(*)::int as count from webhook_deliveries where subject = 'x' and team_id = ${team.teamId}`,
      )) as unknown as { rows: [{ count: number }] };
      expect(rows[0].count).toBe(MAX_ENDPOINTS + 1);
    });

    it("are the team's and the mode's own, with their deliveries", async () => {
      const endpoint = await create();
      await happen();
      const [delivery] = await deliveriesOf(endpoint);
      const strangers = [
        await newTeam(service),
        { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) },
      ];
      const own = await create({}, strangers[0]);
      const one = `${LIST}/${endpoint.id}`;
      const requests: [Parameters<typeof send>[0], string, object?][] = [
        ['GET', one],
        ['PATCH', one, { enabled: false }],
        ['DELETE', one],
        ['POST', `${one}/rotate-secret`, {}],
        ['POST', `${one}/test`],
        ['GET', `${one}/deliveries`],
        ['GET', `${one}/deliveries/${delivery.id}`],
        ['POST', `${one}/deliveries/${delivery.id}/redeliver`],
      ];
      for (const stranger of strangers) {
        for (const [method, url, body] of requests)
          expectRefusal(await send(method, url, body, stranger), 404, 'not_found');
        // Not through an endpoint of their own either.
        const mixed = `${LIST}/${own.id}/deliveries/${delivery.id}`;
        expectRefusal(await send('GET', mixed, undefined, stranger), 404, 'not_found');
        expectRefusal(await send('POST', `${mixed}/redeliver`, undefined, stranger), 404, 'not_found');
      }
      expect((await send('GET', one)).body.endpoint.enabled).toBe(true);
      expect(subscriber.received).toEqual([]);
    });
  });

  describe('deliveries', () => {
    it('bring what happens, signed, as the list of events shows it', async () => {
      const endpoint = await create();
      const [phoneNumber] = ['+14155550102'];
      await buy(service, team, phoneNumber as string);
      while ((await deliverDue()) > 0);
      const { events } = (
        await send('GET', `/api/events?teamId=${team.teamId}&order=asc&type=phone_number.*`)
      ).body;
      expect(events).toHaveLength(2);
      expect(subscriber.received.map(({ body }) => body)).toEqual(
        events.map((event: { type: string; created_at: string }) => ({
          type: event.type,
          timestamp: event.created_at,
          data: event,
        })),
      );
      for (const [i, received] of subscriber.received.entries()) {
        expect(verify(endpoint.secret, received)).toEqual(received.body);
        expect(received.headers).toMatchObject({
          'webhook-id': events[i].id,
          'content-type': 'application/json',
          'user-agent': 'Talkturo-Webhooks/1',
        });
      }
      expect(await deliveriesOf(endpoint)).toMatchObject([
        { status: 'succeeded', attempt_count: 1, event_type: 'phone_number.purchased', response_status: 204 },
        { status: 'succeeded', attempt_count: 1, event_type: 'phone_number.purchase_started' },
      ]);
    });

    it('are written for those who want the type, in the transaction of the event', async () => {
      const wanting = [
        await create({ types: [] }),
        await create({ types: ['phone_number.*'] }),
        await create({ types: ['phone_number.lost', 'phone_number.updated'] }),
      ];
      const others = [
        await create({ types: ['phone_number.lost'] }),
        await create({ types: ['number_order.*'] }),
        await create({}, { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) }),
        await create({}, await newTeam(service)),
      ];
      const off = await create({ types: ['phone_number.updated'] });
      await send('PATCH', `${LIST}/${off.id}`, { enabled: false });
      await happen('pn_types');
      const count = async ({ id }: { id: string }) => {
        const { rows } = (await service.app.context.db.execute(
          sql`select id from webhook_deliveries where endpoint_id = ${id} and subject = 'pn_types'`,
        )) as unknown as { rows: { id: string }[] };
        for (const row of rows) expect(await jobsFor(row.id)).toBe(1);
        return rows.length;
      };
      for (const endpoint of wanting) expect(await count(endpoint)).toBe(1);
      for (const endpoint of [...others, off]) expect(await count(endpoint)).toBe(0);

      const { context } = service.app;
      const failure = context.db.transaction(async (tx) => {
        await recordEvent(context, tx, {
          ...{ teamId: team.teamId, mode: 'live', type: 'phone_number.lost', subject: 'pn_types', data: {} },
          actor: { type: 'system', id: null },
        });
        throw new Error('the change failed');
      });
      await expect(failure).rejects.toThrow('the change failed');
      for (const endpoint of wanting) expect(await count(endpoint)).toBe(1);
    });

    it('keep their order for a record, and hold up no other', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      for (const n of [1, 2, 3]) await happen('pn_first', { n });
      await happen('pn_second', { n: 1 });
      let failures = 1;
      subscriber.answer = (response, { body }) => {
        const fails = body.data.subject === 'pn_first' && failures-- > 0;
        response.writeHead(fails ? 500 : 200).end();
      };
      const seen = () => subscriber.received.map(({ body }) => `${body.data.subject} ${body.data.data.n}`);
      expect(await deliverDue()).toBe(2);
      expect(seen()).toEqual(['pn_first 1', 'pn_second 1']);
      // Two and three wait for one, which waits for its second attempt.
      expect(await deliverDue()).toBe(0);
      service.clock.advance(6_000);
      expect(await deliverDue()).toBe(3);
      expect(seen().slice(2)).toEqual(['pn_first 1', 'pn_first 2', 'pn_first 3']);
      // Each that finished has woken the next.
      const [third, second] = (await deliveriesOf(endpoint)).filter(
        (each: { subject: string }) => each.subject === 'pn_first',
      );
      expect(await jobsFor(second.id)).toBe(2);
      expect(await jobsFor(third.id)).toBe(2);
    });

    it('are overtaken after four attempts', async () => {
      await create({ types: ['phone_number.*'] });
      for (const n of [1, 2]) await happen('pn_slow', { n });
      subscriber.answer = (response, { body }) =>
        response.writeHead(body.data.data.n === 1 ? 500 : 200).end();
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        expect(await deliverDue()).toBe(1);
        service.clock.advance(200_000);
      }
      expect(subscriber.received.every(({ body }) => body.data.data.n === 1)).toBe(true);
      expect(await deliverDue()).toBe(2);
      expect(subscriber.received.at(-1)?.body.data.data.n).toBe(2);
    });

    it('are tried eleven times over a day, and then given up', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      subscriber.answer = answerWith(503, 'busy');
      const start = service.clock.now().getTime();
      for (let attempt = 1; attempt <= 11; attempt += 1) {
        expect(await deliverDue()).toBe(1);
        // Not before its time.
        expect(await deliverDue()).toBe(0);
        const [delivery] = await deliveriesOf(endpoint);
        if (delivery.next_attempt_at === null) break;
        const wait = Date.parse(delivery.next_attempt_at) + 1_000 - service.clock.now().getTime();
        service.clock.advance(wait);
      }
      const hours = (service.clock.now().getTime() - start) / HOUR_MS;
      expect(hours).toBeGreaterThan(18);
      expect(hours).toBeLessThan(30);
      const [delivery] = await deliveriesOf(endpoint, '?status=failed');
      expect(delivery).toMatchObject({ status: 'failed', attempt_count: 11, response_status: 503 });
      const { attempts } = await detailsOf(delivery);
      expect(attempts).toHaveLength(11);
      expect(attempts[10]).toEqual({
        attempt: 11,
        status: 'failed',
        at: expect.any(String),
        duration_ms: expect.any(Number),
        response_status: 503,
        response_body: 'busy',
        error: null,
      });
      expect(subscriber.received).toHaveLength(11);
      expect(new Set(subscriber.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      for (const received of subscriber.received.slice(-1)) verify(endpoint.secret, received);
    });

    it('are sent again where somebody asks for it, under the same id', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      await deliverDue();
      const [delivery] = await deliveriesOf(endpoint);
      const again = `${LIST}/${endpoint.id}/deliveries/${delivery.id}/redeliver`;
      const { status, body } = await send('POST', again);
      expect(status).toBe(200);
      expect(body.delivery).toMatchObject({ id: delivery.id, status: 'pending' });
      // Asking twice sends it once.
      await send('POST', again);
      expect(await deliverDue()).toBe(1);
      const ids = subscriber.received.map(({ headers }) => headers['webhook-id']);
      expect(ids).toEqual([delivery.event_id, delivery.event_id]);
      const details = await detailsOf(delivery);
      expect(details).toMatchObject({ status: 'succeeded', attempt_count: 2 });
      expect(details.attempts.map((each: { status: string }) => each.status)).toEqual([
        'succeeded',
        'succeeded',
      ]);
    });

    it('are sent by one of two workers', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      const [{ id }] = await deliveriesOf(endpoint);
      const outcomes = await Promise.all([1, 2, 3].map(() => deliverWebhook(service.app.context, id)));
      expect(outcomes.filter((each) => each !== undefined)).toHaveLength(1);
      expect(subscriber.received).toHaveLength(1);
    });

    it('are sent at once by a server whose clock is behind', async () => {
      const endpoint = await create();
      await happen();
      const [{ id }] = await deliveriesOf(endpoint);
      const clock = { now: () => later(service.clock.now(), -50), sleep: async () => undefined };
      expect(await deliverWebhook({ ...service.app.context, clock }, id)).toMatchObject({
        responseStatus: 204,
      });
    });

    it('of a worker that died are sent by another when its time is over', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      const [{ id }] = await deliveriesOf(endpoint);
      const { context } = service.app;
      const dying = {
        ...context,
        outbound: { ...context.outbound, post: () => Promise.reject(new Error('died')) },
      };
      await expect(deliverWebhook(dying, id)).rejects.toThrow('died');
      expect(await deliverDue()).toBe(0);
      service.clock.advance(30_000);
      expect(await deliverDue()).toBe(1);
      expect(await detailsOf({ id, endpoint_id: endpoint.id })).toMatchObject({
        status: 'succeeded',
        attempt_count: 2,
        attempts: [{ attempt: 2 }],
      });
    });

    it('that are overdue get a job again, those that wait for others do not', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      for (const n of [1, 2]) await happen('pn_a', { n });
      const [second, first] = await deliveriesOf(endpoint);
      await resumeWebhooks(service.app.context);
      expect(await jobsFor(first.id)).toBe(1);
      service.clock.advance(60_000);
      await resumeWebhooks(service.app.context);
      expect(await jobsFor(first.id)).toBe(2);
      expect(await jobsFor(second.id)).toBe(1);
    });

    it('that are overdue do not keep back those of another team', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      for (const n of [1, 2]) await happen(`pn_${n}`);
      const [last] = await deliveriesOf(endpoint);
      const { context } = service.app;
      // As many as a round picks up, all of them older.
      await context.db.execute(sql`insert into webhook_deliveries
        select 'dlv_0_' || n, endpoint_id, 'team_slow', event_id, event_type, 'pn_slow_' || n, status, attempts,
          next_attempt_at - interval '1 hour', last_attempt_at, response_status, created_at, updated_at
        from webhook_deliveries, generate_series(1, 500) n where id = ${last.id}`);
      service.clock.advance(60_000);
      await resumeWebhooks(context);
      expect(await jobsFor(last.id)).toBe(2);
      await context.db.execute(sql`delete from webhook_deliveries where team_id = 'team_slow'`);
    });

    it('come page by page, and go after 30 days', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      for (const n of [1, 2, 3]) await happen(`pn_${n}`);
      const url = `${LIST}/${endpoint.id}/deliveries`;
      const page = (await send('GET', `${url}?limit=2`)).body;
      expect(page.deliveries.map(({ subject }: { subject: string }) => subject)).toEqual(['pn_3', 'pn_2']);
      const rest = (await send('GET', `${url}?limit=2&cursor=${page.next_cursor}`)).body;
      expect(rest).toMatchObject({ deliveries: [{ subject: 'pn_1' }], next_cursor: null });
      expectInvalid(await send('GET', `${url}?status=failed&cursor=${page.next_cursor}`), 'cursor');
      const second = await create();
      expectInvalid(
        await send('GET', `${LIST}/${second.id}/deliveries?cursor=${page.next_cursor}`),
        'cursor',
      );

      await deliverDue();
      await happen('pn_4');
      service.clock.advance(30 * DAY_MS);
      await forgetWebhookDeliveries(service.app.context);
      expect(await deliveriesOf(endpoint)).toHaveLength(4);
      service.clock.advance(1_000);
      await forgetWebhookDeliveries(service.app.context);
      expect(await deliveriesOf(endpoint)).toMatchObject([{ subject: 'pn_4', status: 'pending' }]);
    });
  });

  describe('a secret', () => {
    it('that is new signs beside the old one until the overlap is over', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      const { status, body } = await send('POST', `${LIST}/${endpoint.id}/rotate-secret`, {});
      expect(status).toBe(200);
      const { secret } = body.endpoint;
      expect(secret).not.toBe(endpoint.secret);
      const overlapEnds = new Date(service.clock.now().getTime() + DAY_MS).toISOString();
      expect(body.endpoint.previous_secret_expires_at).toBe(`${overlapEnds.slice(0, 19)}Z`);
      await happen();
      await deliverDue();
      const [both] = subscriber.received as [Received];
      for (const each of [secret, endpoint.secret]) expect(verify(each, both)).toEqual(both.body);
      service.clock.advance(DAY_MS);
      await happen();
      await deliverDue();
      const alone = subscriber.received[1] as Received;
      expect(verify(secret, alone)).toEqual(alone.body);
      expect(() => verify(endpoint.secret, alone)).toThrow('No matching signature found');
    });

    it.each([0, 168])('overlaps for %i hours where that is asked for', async (overlapHours) => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await send('POST', `${LIST}/${endpoint.id}/rotate-secret`, { overlapHours });
      await happen();
      await deliverDue();
      const [received] = subscriber.received as [Received];
      if (overlapHours > 0) verify(endpoint.secret, received);
      else expect(() => verify(endpoint.secret, received)).toThrow('No matching signature found');
    });

    it.each([-1, 169, 1.5])('does not overlap for %d hours', async (overlapHours) => {
      const { id } = await create();
      expectInvalid(await send('POST', `${LIST}/${id}/rotate-secret`, { overlapHours }), 'overlapHours');
    });
  });

  describe('a receiver', () => {
    const attemptOf = async (endpoint: { id: string }) => {
      const [delivery] = await deliveriesOf(endpoint);
      return (await detailsOf(delivery)).attempts.at(-1);
    };

    it('that does not answer in time has failed', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      subscriber.answer = () => undefined;
      await deliverDue();
      expect(await attemptOf(endpoint)).toMatchObject({
        status: 'failed',
        response_status: null,
        error: `no answer within ${TIMEOUT_MS * 10} ms`,
      });
    });

    it('that redirects has failed, and nothing follows', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      subscriber.answer = answerWith(308, '', { location: `${subscriber.url}/elsewhere` });
      await deliverDue();
      expect(subscriber.received).toHaveLength(1);
      expect(await attemptOf(endpoint)).toMatchObject({
        status: 'failed',
        response_status: 308,
        error: expect.stringMatching(/^redirects are not followed/),
      });
    });

    it('that says very much is not listened to', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      subscriber.answer = answerWith(200, 'x'.repeat(1_000_000));
      await deliverDue();
      expect(await attemptOf(endpoint)).toMatchObject({
        status: 'succeeded',
        response_body: 'x'.repeat(2048),
      });
    });

    it('whose name leads inside by the time it is called gets nothing', async () => {
      const url = `https://rebinding.example:${subscriber.port}/`;
      NAMES['rebinding.example'] = [['93.184.216.34'], ['127.0.0.1']];
      const endpoint = await create({ url, types: ['phone_number.*'] });
      await happen();
      await deliverDue();
      expect(subscriber.received).toEqual([]);
      expect(await attemptOf(endpoint)).toMatchObject({
        status: 'failed',
        error: 'rebinding.example leads into a private or reserved network',
      });
    });

    it('to which nothing comes through for five days is switched off, and the owners hear of it', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      const other = await create({ types: ['webhook_endpoint.*'] });
      subscriber.answer = answerWith(500);
      await happen('pn_a');
      await deliverDue();
      const since = (await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint.failing_since;
      expect(since).not.toBeNull();
      service.clock.advance(5 * DAY_MS - 1);
      await happen('pn_b');
      await deliverDue();
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint).toMatchObject({
        enabled: true,
        failing_since: since,
      });
      service.mails.length = 0;
      service.clock.advance(1);
      await happen('pn_c');
      await happen('pn_d');
      const [last] = await deliveriesOf(endpoint);
      service.clock.advance(1);
      await deliverDue();
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint).toMatchObject({
        enabled: false,
        disabled_reason: 'failing',
        disabled_at: expect.any(String),
      });
      expect(await deliveriesOf(endpoint, '?status=pending')).toEqual([]);
      expect(await detailsOf(last)).toMatchObject({ status: 'failed', attempts: [] });
      expect(service.mails).toMatchObject([
        { to: expect.stringMatching(/^owner/), subject: expect.stringContaining('127.0.0.1') },
      ]);
      expect(service.mails[0]?.text).toContain('five days');
      const { events } = (
        await send('GET', `/api/events?teamId=${team.teamId}&type=webhook_endpoint.disabled`)
      ).body;
      expect(events).toMatchObject([
        {
          subject: endpoint.id,
          actor: { type: 'system' },
          after: { enabled: false, disabled_reason: 'failing' },
        },
      ]);
      expect(await deliveriesOf(other)).toMatchObject([{ event_type: 'webhook_endpoint.disabled' }]);

      // Nothing more goes there until it is switched on again.
      await happen('pn_e');
      expect(await deliveriesOf(endpoint, '?status=pending')).toEqual([]);
      const on = await send('PATCH', `${LIST}/${endpoint.id}`, { enabled: true });
      expect(on.body.endpoint).toMatchObject({
        enabled: true,
        disabled_reason: null,
        disabled_at: null,
        failing_since: null,
      });
    });

    it('that has worked in between is not switched off', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      for (const [status, days] of [
        [500, 3],
        [200, 3],
        [500, 0],
      ] as const) {
        subscriber.answer = answerWith(status);
        await happen(`pn_${status}_${days}`);
        await deliverDue();
        service.clock.advance(days * DAY_MS);
      }
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint.enabled).toBe(true);
    });

    it('that is gone is switched off at once', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      subscriber.answer = answerWith(410);
      await happen();
      await happen();
      await deliverDue();
      expect(subscriber.received).toHaveLength(1);
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint).toMatchObject({
        enabled: false,
        disabled_reason: 'gone',
      });
      expect(await deliveriesOf(endpoint)).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
    });

    it('that is gone does not switch off the address that took its place meanwhile', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      const url = `${subscriber.url}/new`;
      subscriber.answer = async (response) => {
        await send('PATCH', `${LIST}/${endpoint.id}`, { url });
        response.writeHead(410).end();
      };
      await deliverDue();
      const { body } = await send('GET', `${LIST}/${endpoint.id}`);
      expect(body.endpoint).toMatchObject({ url, enabled: true, failing_since: null });
      expect(await deliveriesOf(endpoint)).toMatchObject([{ status: 'pending', response_status: 410 }]);
    });

    it('whose owners cannot be mailed is switched off all the same', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      subscriber.answer = answerWith(410);
      await happen();
      const { context } = service.app;
      const broken = { ...context, sendMail: () => Promise.reject(new Error('no mail')) };
      const [{ id }] = await deliveriesOf(endpoint);
      await deliverWebhook(broken, id);
      expect((await send('GET', `${LIST}/${endpoint.id}`)).body.endpoint.enabled).toBe(false);
    });

    it('that is deleted while it is called leaves nothing behind', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      let deleted: Promise<Answer> | undefined;
      subscriber.answer = async (response) => {
        deleted = send('DELETE', `${LIST}/${endpoint.id}`);
        await deleted;
        response.writeHead(500).end();
      };
      await deliverDue();
      expect((await deleted)?.status).toBe(200);
      expect(await deliverDue()).toBe(0);
    });
  });

  describe('switching off', () => {
    it('ends what is on its way', async () => {
      const endpoint = await create({ types: ['phone_number.*'] });
      await happen();
      const { body } = await send('PATCH', `${LIST}/${endpoint.id}`, { enabled: false });
      expect(body.endpoint).toMatchObject({ enabled: false, disabled_reason: null });
      expect(await deliverDue()).toBe(0);
      expect(await deliveriesOf(endpoint)).toMatchObject([{ status: 'failed', attempt_count: 0 }]);
    });
  });

  describe('a test', () => {
    const tested = async ({ id }: { id: string }) => (await send('POST', `${LIST}/${id}/test`)).body;

    it('is sent now, to this endpoint alone, and shows what came of it', async () => {
      const endpoint = await create({ types: ['number_order.*'] });
      await create();
      subscriber.answer = answerWith(200, 'hello');
      const { success, delivery } = await tested(endpoint);
      expect(success).toBe(true);
      expect(delivery).toMatchObject({
        status: 'succeeded',
        event_type: 'webhook.test',
        attempts: [
          { attempt: 1, status: 'succeeded', response_status: 200, response_body: 'hello', error: null },
        ],
      });
      expect(subscriber.received).toHaveLength(1);
      const [received] = subscriber.received as [Received];
      expect(verify(endpoint.secret, received)).toMatchObject({
        type: 'webhook.test',
        data: { subject: endpoint.id },
      });
    });

    it('shows a failure, and is tried again', async () => {
      const endpoint = await create();
      subscriber.answer = answerWith(500, 'oops');
      const { delivery } = await tested(endpoint);
      expect(delivery).toMatchObject({
        status: 'pending',
        attempts: [{ status: 'failed', response_status: 500, response_body: 'oops' }],
      });
    });

    it('goes to an endpoint that is switched off too, once', async () => {
      const endpoint = await create();
      await send('PATCH', `${LIST}/${endpoint.id}`, { enabled: false });
      subscriber.answer = answerWith(500);
      expect((await tested(endpoint)).delivery).toMatchObject({ status: 'failed', attempt_count: 1 });
    });
  });
});

describe('webhooks to this machine', () => {
  it('are refused beside the real carrier', async () => {
    const service = await startService({ kind: 'postgres', environment: { ALLOW_LOCAL_WEBHOOKS: 'false' } });
    try {
      const team = await newTeam(service);
      for (const url of ['http://localhost:3001/', 'http://127.0.0.1:3001/', 'https://localhost/']) {
        const body = { teamId: team.teamId, url };
        expectInvalid(await call(service, 'POST', LIST, { token: team.token, body }), 'url', /^must /);
      }
    } finally {
      await service.stop();
    }
  });
});

describe('an endpoint that is being deleted', () => {
  it('does not keep a change from being made', async () => {
    const service = await startService({ kind: 'postgres' });
    try {
      const { context } = service.app;
      const team = await newTeam(service);
      const body = { teamId: team.teamId, url: 'http://localhost:3001/' };
      const made = await call(service, 'POST', LIST, { token: team.token, body });
      const { id } = made.body.endpoint;
      let change: Promise<void> | undefined;
      await context.db.transaction(async (tx) => {
        await tx.execute(sql`delete from webhook_endpoints where id = ${id}`);
        change = context.db.transaction((other) =>
          recordEvent(context, other, {
            ...{ teamId: team.teamId, mode: 'live', type: 'phone_number.lost', subject: 'pn_x', data: {} },
            actor: { type: 'system', id: null },
          }),
        );
        // It waits for this transaction.
        await vi.waitFor(async () => {
          const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
          expect(((await tx.execute(waiting)) as unknown as { rows: unknown[] }).rows).toHaveLength(1);
        });
      });
      await change;
      const { events } = (
        await call(service, 'GET', `/api/events?teamId=${team.teamId}&subject=pn_x`, { token: team.token })
      ).body;
      expect(events).toHaveLength(1);
    } finally {
      await service.stop();
    }
  });
});

describe.each(DATABASE_KINDS)('with workers on %s', (kind) => {
  let service: Service;
  let subscriber: Subscriber;

  beforeAll(async () => {
    service = await startService({ kind, workers: true });
    subscriber = await startSubscriber();
  });
  afterAll(async () => {
    // First: the server lets requests finish that are under way.
    await subscriber.close();
    await service.stop();
  });

  const newEndpoint = async (types: string[]) => {
    const team = await newTeam(service);
    const body = { teamId: team.teamId, url: subscriber.url, types };
    await call(service, 'POST', LIST, { token: team.token, body });
    return team;
  };

  it('what happens arrives by itself', async () => {
    const team = await newEndpoint(['phone_number.purchased']);
    await buy(service, team, '+14155550103');
    await vi.waitFor(() => expect(subscriber.received).toHaveLength(1), { timeout: 15_000 });
    expect(subscriber.received[0]?.body.type).toBe('phone_number.purchased');
  });

  it('a slow receiver of one team does not hold up those of another', async () => {
    const arrived = (subject: string) =>
      subscriber.received.filter(({ body }) => body.data.subject.startsWith(subject));
    // Waits for ever, as long as the service lets it.
    subscriber.answer = (response, { body }) =>
      body.data.subject.startsWith('pn_slow') ? undefined : response.writeHead(204).end();
    const { context } = service.app;
    const happen = ({ teamId }: TeamWithKey, subject: string) =>
      context.db.transaction((tx) =>
        recordEvent(context, tx, {
          ...{ teamId, mode: 'live', type: 'phone_number.updated', subject, data: {} },
          actor: { type: 'system', id: null },
        }),
      );
    const slow = await newEndpoint(['phone_number.updated']);
    const quick = await newEndpoint(['phone_number.updated']);
    for (let n = 0; n < 9; n += 1) await happen(slow, `pn_slow_${n}`);
    await vi.waitFor(() => expect(arrived('pn_slow')).toHaveLength(3), { timeout: 8_000 });
    await happen(quick, 'pn_quick');
    await vi.waitFor(() => expect(arrived('pn_quick')).toHaveLength(1), { timeout: 8_000 });
    expect(arrived('pn_slow')).toHaveLength(3);
  });
});
