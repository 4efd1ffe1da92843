import { eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiKeys, rateLimits } from '../../src/db/schema.ts';
import type { FindSession } from '../../src/people/people.ts';
import { createTeam } from '../../src/usecases/create-team.ts';
import { revokeApiKey } from '../../src/usecases/revoke-api-key.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  buy,
  call,
  newKey,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
} from '../support/service.ts';
import { expectRefusal } from './expectations.ts';
import { nameOf, routesOf } from './routes.ts';

const HOUR_MS = 3_600_000;
const ADDRESS_WINDOW_MS = 600_000;

const SEARCH = { filters: { countryCode: 'US' } };

const test = (service: Service, token: string) => call(service, 'GET', '/api/test-api-key', { token });

/** How many answers there are of each status. */
function statuses(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const limitHeaders = ({ headers }: Answer) => [
  headers['ratelimit-limit'],
  headers['ratelimit-remaining'],
  headers['ratelimit-reset'],
  headers['retry-after'],
];

const many = (count: number, ask: () => Promise<Answer>) => Promise.all(Array.from({ length: count }, ask));

describe('two servers on one PostgreSQL', () => {
  it('let exactly the limit of a key through together', async () => {
    const environment = { RATE_LIMIT_PER_HOUR: '120' };
    const one = await startService({ kind: 'postgres', environment });
    const { clock, database, simulator: sharedSimulator } = one;
    const two = await startService({ environment, clock, database, sharedSimulator });
    try {
      const { token } = await newTeam(one);
      // Each is asked more often than the limit, so neither keeps anything.
      const answers = await Promise.all([one, two].map((each) => many(125, () => test(each, token))));
      expect(statuses(answers.flat())).toEqual({ 200: 120, 429: 130 });

      clock.advance(HOUR_MS);
      const again = await Promise.all([two, one].map((each) => many(125, () => test(each, token))));
      expect(statuses(again.flat())).toEqual({ 200: 120, 429: 130 });
    } finally {
      await two.stop();
      await one.stop();
    }
  });
});

describe.each(DATABASE_KINDS)('the limit of a caller on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind, environment: { RATE_LIMIT_PER_HOUR: '60' } });
  });
  afterAll(() => service.stop());

  it('lets exactly as many through, and says what is left and when it is free again', async () => {
    const { token } = await newTeam(service);
    // The clock stands at 12:00.
    expect(limitHeaders(await test(service, token))).toEqual(['60', '59', '3600', undefined]);
    service.clock.advance(600_000);
    expect(limitHeaders(await test(service, token))).toEqual(['60', '58', '3000', undefined]);
    expect(statuses(await many(70, () => test(service, token)))).toEqual({ 200: 58, 429: 12 });

    const refused = await test(service, token);
    expectRefusal(refused, 429, 'rate_limited');
    expect(limitHeaders(refused)).toEqual(['60', '0', '3000', '3000']);
    expect(refused.body.error).toBe(
      'This API key is at its limit for requests: 60 an hour. Ask again from 2026-01-15T13:00:00Z on, in 3000 seconds.',
    );
    // Another key of anybody is not touched.
    expect((await test(service, (await newTeam(service)).token)).status).toBe(200);

    service.clock.advance(3_000_000);
    expect(limitHeaders(await test(service, token))).toEqual(['60', '59', '3600', undefined]);
  });

  it('counts before scope, body and route are looked at', async () => {
    const team = await newTeam(service);
    const { token } = await newKey(service, team.teamId, { scopes: ['numbers:read'] });
    const purchase = await call(service, 'POST', '/api/phone-numbers/purchase', { token, body: {} });
    expect(purchase.status).toBe(403);
    expect(limitHeaders(purchase).slice(0, 2)).toEqual(['12', '11']);
    const search = await call(service, 'POST', '/api/phone-numbers/search', { token, body: {} });
    expect(search.status).toBe(400);
    expect(limitHeaders(search).slice(0, 2)).toEqual(['24', '23']);
    expect(limitHeaders(await test(service, token)).slice(0, 2)).toEqual(['60', '57']);
  });

  it('holds searches to 40 per cent of the figure, and asking before buying with them', async () => {
    const { token, teamId } = await newTeam(service);
    const search = () => call(service, 'POST', '/api/phone-numbers/search', { token, body: SEARCH });
    const ask = () => call(service, 'POST', '/api/phone-numbers/eligibility', { token, body: { teamId } });
    const answers = [...(await many(20, search)), ...(await many(8, ask))];
    expect(statuses(answers)).toEqual({ 200: 24, 429: 4 });
    expect((await search()).body.error).toMatch(/^This API key is at its limit for searches: 24 an hour\. /);
    // Everything else goes on, and what was refused did not count.
    expect(limitHeaders(await test(service, token)).slice(0, 2)).toEqual(['60', '35']);
  });

  it('holds purchases and restores to 20 per cent', async () => {
    const team = await newTeam(service, { plan: 'business' });
    const restore = () => call(service, 'POST', '/api/phone-numbers/pn_none/restore', { token: team.token });
    expect((await buy(service, team, '+14155550101')).status).toBe(200);
    expect(statuses(await many(13, restore))).toEqual({ 404: 11, 429: 2 });
    const refused = await buy(service, team, '+14155550102');
    expectRefusal(refused, 429, 'rate_limited');
    expect(refused.body.error).toMatch(/at its limit for purchases and restores: 12 an hour\. /);
    expect(limitHeaders(await test(service, team.token)).slice(0, 2)).toEqual(['60', '47']);
  });

  it('tells of the tightest limit', async () => {
    const { token } = await newTeam(service);
    await many(50, () => test(service, token));
    const search = await call(service, 'POST', '/api/phone-numbers/search', { token, body: SEARCH });
    // 23 searches would be left of their own limit.
    expect(limitHeaders(search).slice(0, 2)).toEqual(['60', '9']);
  });

  it('is the figure of the key where it has one, at once where that changes', async () => {
    const { token, keyId } = await newTeam(service);
    const setFigure = (rateLimitPerHour: number | null) =>
      service.app.context.db.update(apiKeys).set({ rateLimitPerHour }).where(eq(apiKeys.id, keyId));
    await setFigure(5);
    expect(statuses(await many(8, () => test(service, token)))).toEqual({ 200: 5, 429: 3 });
    await setFigure(7);
    expect(statuses(await many(8, () => test(service, token)))).toEqual({ 200: 2, 429: 6 });
    await setFigure(null);
    expect(statuses(await many(8, () => test(service, token)))).toEqual({ 200: 8 });
  });

  it('leaves public routes and the operator alone', async () => {
    for (const url of ['/healthz', '/openapi.json']) {
      const answers = await many(70, () => call(service, 'GET', url));
      expect(statuses(answers)).toEqual({ 200: 70 });
      expect(answers[0]?.headers).not.toHaveProperty('ratelimit-limit');
    }
    const attention = () => call(service, 'GET', '/api/operator/attention', { token: OPERATOR_TOKEN });
    expect(statuses(await many(70, attention))).toEqual({ 200: 70 });
  });

  it('writes to the database once in a while, not with every request', async () => {
    const { token, keyId } = await newTeam(service);
    await service.app.context.db
      .update(apiKeys)
      .set({ rateLimitPerHour: 2_000 })
      .where(eq(apiKeys.id, keyId));
    const insert = vi.spyOn(service.app.context.db, 'insert');
    for (let batch = 0; batch < 10; batch += 1)
      expect(statuses(await many(100, () => test(service, token)))).toEqual({ 200: 100 });
    expect(insert.mock.calls.length).toBeLessThanOrEqual(20);
    expect(insert.mock.calls.every(([table]) => table === rateLimits)).toBe(true);
    insert.mockRestore();
  });
});

describe('the limit of a person', () => {
  it('is theirs in all their teams together', async () => {
    let userId = '';
    const findSession: FindSession = async () => ({ userId, setCookie: [] });
    const service = await startService({ environment: { RATE_LIMIT_PER_HOUR: '5' }, findSession });
    try {
      const owner = { email: 'alice@example.com', name: 'Alice' };
      const teams = [];
      for (const name of ['One', 'Two'])
        teams.push(await createTeam(service.app.context, { name, plan: 'growth', owner }));
      const [user] = await service.app.context.db.query.users.findMany();
      userId = user?.id ?? '';
      const list = (team: { id: string } | undefined) =>
        call(service, 'GET', `/api/phone-numbers/purchase?teamId=${team?.id}`, {
          headers: { cookie: 's=1' },
        });
      const answers = [];
      for (const team of [...teams, ...teams, ...teams]) answers.push(await list(team));
      expect(statuses(answers)).toEqual({ 200: 5, 429: 1 });
      expect(answers.at(-1)?.body.error).toMatch(/^You are at your limit for requests: 5 an hour\. /);
      expect(limitHeaders(answers[0] as Answer)).toEqual(['5', '4', '3600', undefined]);
    } finally {
      await service.stop();
    }
  });
});

describe('the limit of an address', () => {
  let service: Service;
  const lookups = vi.fn<() => void>();

  async function start(environment: Record<string, string>): Promise<void> {
    service = await startService({ kind: 'postgres', environment });
    // Each request that looks a key up asks the database for it first.
    lookups.mockClear();
  }

  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  beforeEach(() => {
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
      if ((args[0] as { name?: string }).name === 'find_working_keys') lookups();
      return query.apply(this, args);
    } as never);
  });
  afterEach(() => vi.restoreAllMocks());
  afterEach(() => service.stop());

  const from = (address: string, token?: string) =>
    call(service, 'GET', '/api/test-api-key', {
      ...(token !== undefined && { token }),
      headers: { 'x-forwarded-for': address },
    });

  it('counts requests of nobody, and lets working keys pass without counting them', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '10', TRUST_PROXY: '1' });
    const { token } = await newTeam(service);
    expect(statuses(await many(50, () => from('192.0.2.1', token)))).toEqual({ 200: 50 });
    expect(statuses(await many(9, () => from('192.0.2.1', 'nonsense')))).toEqual({ 401: 9 });
    expect((await from('192.0.2.1', token)).status).toBe(200);
    expect((await from('192.0.2.1')).status).toBe(401);

    // Over the limit nothing is looked up any more, whoever it is.
    lookups.mockClear();
    const refused = await from('192.0.2.1', 'nonsense');
    expectRefusal(refused, 429, 'rate_limited');
    expect(limitHeaders(refused)).toEqual(['10', '0', '600', '600']);
    expect(refused.body.error).toBe(
      'Too many attempts have come from your address: 10 are allowed in 10 minutes. Ask again from 2026-01-15T12:10:00Z on, in 600 seconds.',
    );
    expect((await from('192.0.2.1', token)).status).toBe(429);
    expect(lookups).not.toHaveBeenCalled();
    expect(
      (await call(service, 'GET', '/healthz', { headers: { 'x-forwarded-for': '192.0.2.1' } })).status,
    ).toBe(200);
    expect((await from('192.0.2.2', token)).status).toBe(200);

    service.clock.advance(ADDRESS_WINDOW_MS);
    expect((await from('192.0.2.1', token)).status).toBe(200);
  });

  it('is exact where all come at once, for the operator’s token too', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '25' });
    const guess = () => call(service, 'GET', '/api/operator/attention', { token: 'x'.repeat(30) });
    expect(statuses(await many(40, guess))).toEqual({ 401: 25, 429: 15 });
    const attention = await call(service, 'GET', '/api/operator/attention', { token: OPERATOR_TOKEN });
    expect(attention.status).toBe(429);
  });

  it('takes a /64 of IPv6 as one address', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '4', TRUST_PROXY: '1' });
    const answers = [];
    for (let host = 1; host <= 6; host += 1) answers.push(await from(`2001:db8:0:1::${host}`));
    expect(statuses(answers)).toEqual({ 401: 4, 429: 2 });
    expect((await from('2001:db8:0:2::1')).status).toBe(401);
  });

  it('goes by the address that the outermost trusted proxy saw, and by no other', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '3', TRUST_PROXY: '1' });
    const answers = [];
    // What stands before the last is what the client says of itself.
    for (let host = 1; host <= 5; host += 1) answers.push(await from(`198.51.100.${host}, 192.0.2.1`));
    expect(statuses(answers)).toEqual({ 401: 3, 429: 2 });
  });

  it('does not believe a header where no proxy is trusted', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '3' });
    const answers = [];
    for (let host = 1; host <= 5; host += 1) answers.push(await from(`198.51.100.${host}`));
    expect(statuses(answers)).toEqual({ 401: 3, 429: 2 });
  });

  it('counts every request to public routes that say so', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '3' });
    service.app.server.post('/try', { config: { access: 'public', limit: 'address' } }, async () => ({}));
    const answers = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) answers.push(await call(service, 'POST', '/try'));
    expect(statuses(answers)).toEqual({ 200: 3, 429: 1 });
    expect(answers.map((answer) => limitHeaders(answer)[1])).toEqual(['2', '1', '0', '0']);
  });

  it('counts whatever strangers can try out to become somebody', async () => {
    await start({ RATE_LIMIT_PER_ADDRESS: '100' });
    const open: string[] = [];
    for (const route of routesOf(service.app.server).filter(({ url }) => url.startsWith('/api/auth/'))) {
      const { statusCode, headers } = await service.app.server.inject({
        method: route.method,
        url: route.url,
      });
      if (statusCode !== 401 && headers['ratelimit-limit'] === undefined) open.push(nameOf(route));
    }
    expect(open).toEqual(['POST /api/auth/sign-out']);
  });

  it('does the same work for every token that does not work', async () => {
    await start({});
    const { token, teamId } = await newTeam(service);
    const expired = await newKey(service, teamId, { expiresAt: new Date(service.clock.now().getTime() + 1) });
    const revoked = await newKey(service, teamId);
    await revokeApiKey(service.app.context, teamId, revoked.keyId);
    service.clock.advance(1);
    for (const each of [
      token,
      expired.token,
      revoked.token,
      `tk_live_${'A'.repeat(32)}`,
      `tk_live_${'A'.repeat(31)}`,
      'x',
      'y'.repeat(8_000),
    ]) {
      lookups.mockClear();
      await from('192.0.2.1', each);
      expect(lookups, each).toHaveBeenCalledTimes(1);
    }
  });
});
