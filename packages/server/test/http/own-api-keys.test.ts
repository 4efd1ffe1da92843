import { and, asc, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiKeys, events } from '../../src/db/schema.ts';
import { isoTime } from '../../src/domain/time.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { call, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { newMember, type SignedIn, sessionsByCookie } from '../support/signed-in-by-cookie.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

describe.each(DATABASE_KINDS)('the API keys of a team on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let admin: SignedIn;

  beforeAll(async () => {
    service = await startService({ kind, findSession: sessionsByCookie });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    team = await newTeam(service);
    admin = await newMember(service, team.teamId, 'admin');
  });

  type By = { headers?: Record<string, string>; token?: string };

  const create = (wish: object = {}, by: By = admin) =>
    call(service, 'POST', '/api/api-keys', {
      ...by,
      body: { teamId: team.teamId, mode: 'test', name: 'Key', ...wish },
    });

  const change = (keyId: string, body: object, by: By = admin) =>
    call(service, 'PATCH', `/api/api-keys/${keyId}`, { ...by, body });

  const revoke = (keyId: string, by: By = admin) => call(service, 'DELETE', `/api/api-keys/${keyId}`, by);

  const list = (query = '', by: By = admin) =>
    call(service, 'GET', `/api/api-keys?teamId=${team.teamId}${query}`, by);

  const use = async (token: string) => (await call(service, 'GET', '/api/test-api-key', { token })).status;

  const told = (subject: string) =>
    service.app.context.db.select().from(events).where(eq(events.subject, subject)).orderBy(asc(events.id));

  const inAnHour = () => new Date(service.clock.now().getTime() + 3_600_000);

  it('are made by admins, in their own name, and shown once', async () => {
    const answer = await create({
      mode: 'live',
      name: 'Production',
      scopes: ['numbers:*'],
      expiresAt: inAnHour().toISOString(),
      rateLimitPerHour: 100,
    });
    expect(answer.status).toBe(201);
    const { fullKey, ...shown } = answer.body.apiKey;
    expect(fullKey).toMatch(/^tk_live_[0-9A-Za-z]{32}$/);
    expect(shown).toEqual({
      id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
      prefix: fullKey.slice(0, 12),
      name: 'Production',
      mode: 'live',
      scopes: ['numbers:*'],
      team_id: team.teamId,
      rate_limit_per_hour: 100,
      expires_at: isoTime(inAnHour()),
      created_at: isoTime(service.clock.now()),
    });
    expect(await use(fullKey)).toBe(200);
    const [row] = await service.app.context.db.select().from(apiKeys).where(eq(apiKeys.id, shown.id));
    expect(row).toMatchObject({ createdBy: admin.userId, rateLimitPerHour: 100 });
    expect(await told(shown.id)).toMatchObject([
      {
        type: 'api_key.created',
        teamId: team.teamId,
        actorType: 'person',
        actorId: admin.userId,
        after: { name: 'Production', scopes: ['numbers:*'], created_by: admin.userId },
      },
    ]);
  });

  it('are listed newest first, of both modes, with nothing that opens anything', async () => {
    const live = (await create({ mode: 'live', name: 'Live' })).body.apiKey;
    const test = (await create({ name: 'Test' })).body.apiKey;
    await revoke(test.id);
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.next_cursor).toBeNull();
    expect(body.apiKeys.map(({ id }: { id: string }) => id)).toEqual([test.id, live.id, team.keyId]);
    expect(body.apiKeys[0]).toEqual({
      id: test.id,
      prefix: test.prefix,
      name: 'Test',
      mode: 'test',
      scopes: ['*'],
      rate_limit_per_hour: null,
      last_used_at: null,
      expires_at: null,
      revoked_at: isoTime(service.clock.now()),
      created_by: { id: admin.userId, email: admin.email, name: expect.stringMatching(/^Person/) },
      created_at: isoTime(service.clock.now()),
    });
    const rows = await service.app.context.db.select().from(apiKeys).where(eq(apiKeys.teamId, team.teamId));
    for (const secret of [live.fullKey.slice(12), team.token.slice(12), ...rows.map((row) => row.tokenHash)])
      expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('come in pages that miss none and repeat none', async () => {
    const made = [team.keyId];
    for (let i = 0; i < 4; i += 1) made.unshift((await create()).body.apiKey.id);
    const pages: string[][] = [];
    let cursor = '';
    do {
      const { body } = await list(`&limit=2${cursor}`);
      pages.push(body.apiKeys.map(({ id }: { id: string }) => id));
      cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
    } while (cursor !== '');
    expect(pages).toEqual([made.slice(0, 2), made.slice(2, 4), made.slice(4)]);
    expectInvalid(await list('&limit=0'), 'limit');
    expectInvalid(await list('&cursor=nope'), 'cursor');
  });

  it('do not grant more than the key that makes them has', async () => {
    const maker = await newKey(service, team.teamId, {
      createdByEmail: admin.email,
      scopes: ['keys:*', 'numbers:read'],
    });
    const by = { token: maker.token };
    for (const scopes of [['*'], ['numbers:write'], ['numbers:read', 'numbers:*'], ['team:read']]) {
      const refused = await create({ scopes }, by);
      expectRefusal(refused, 403, 'forbidden');
      expect(refused.body.error).toContain(`scope ${scopes.at(-1)},`);
    }
    expect((await create({}, by)).body.error).toContain('scope *,');
    const made = await create({ scopes: ['numbers:read', 'keys:read'] }, by);
    expect(made.status).toBe(201);
    // In the name of the person behind the key that made it.
    const [row] = await service.app.context.db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.id, made.body.apiKey.id));
    expect(row?.createdBy).toBe(admin.userId);
  });

  it('with test in their name have no hand on live ones', async () => {
    const test = { token: (await newKey(service, team.teamId, { mode: 'test' })).token };
    expectRefusal(await create({ mode: 'live' }, test), 403, 'forbidden');
    expectRefusal(await change(team.keyId, { name: 'Mine' }, test), 403, 'forbidden');
    expectRefusal(await revoke(team.keyId, test), 403, 'forbidden');
    expect(await use(team.token)).toBe(200);
    const own = (await create({}, test)).body.apiKey;
    expect((await revoke(own.id, test)).status).toBe(200);
    expect((await create({ mode: 'test' }, { token: team.token })).status).toBe(201);
  });

  it('change their name, end and limit, with before and after', async () => {
    const { id } = (await create({ name: 'Old', expiresAt: inAnHour().toISOString() })).body.apiKey;
    const answer = await change(id, { name: 'New', expiresAt: null, rateLimitPerHour: 5 });
    expect(answer.body.apiKey).toMatchObject({
      id,
      name: 'New',
      expires_at: null,
      rate_limit_per_hour: 5,
      created_by: { id: admin.userId },
    });
    expect((await list()).body.apiKeys[0]).toEqual(answer.body.apiKey);
    // Once more changes nothing and tells nothing.
    expect((await change(id, { name: 'New' })).body.apiKey).toEqual(answer.body.apiKey);
    expect((await told(id)).slice(1)).toMatchObject([
      {
        type: 'api_key.updated',
        actorId: admin.userId,
        before: { name: 'Old', expires_at: isoTime(inAnHour()), rate_limit_per_hour: null },
        after: { name: 'New', expires_at: null, rate_limit_per_hour: 5 },
      },
    ]);
  });

  it('end when their new end has come', async () => {
    const { id, fullKey } = (await create()).body.apiKey;
    await change(id, { expiresAt: inAnHour().toISOString() });
    expect(await use(fullKey)).toBe(200);
    service.clock.advance(3_600_000);
    expect(await use(fullKey)).toBe(401);
  });

  it('stop when they are revoked, and stay as they were then', async () => {
    const { id, fullKey } = (await create()).body.apiKey;
    const first = await revoke(id);
    expect(first.body.apiKey).toMatchObject({ id, revoked_at: isoTime(service.clock.now()) });
    expect(await use(fullKey)).toBe(401);
    service.clock.advance(1_000);
    expect(await revoke(id)).toMatchObject({ status: 200, body: { apiKey: first.body.apiKey } });
    expectRefusal(await change(id, { name: 'Again' }), 404, 'not_found');
    expect((await told(id)).map(({ type }) => type)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  it('may revoke themselves', async () => {
    expect((await revoke(team.keyId, { token: team.token })).status).toBe(200);
    expect(await use(team.token)).toBe(401);
  });

  it('of another team are not found', async () => {
    const other = await newTeam(service);
    expectRefusal(await change(other.keyId, { name: 'Mine' }), 404, 'not_found');
    expectRefusal(await revoke(other.keyId), 404, 'not_found');
    expect(await use(other.token)).toBe(200);
    expect(await told(other.keyId)).toHaveLength(1);
  });

  it.each([
    ['mode', undefined, /^is required: live or test$/],
    ['name', ' ', /^must be a name for the key/],
    ['scopes', ['all'], /^must be one of \*/],
    ['expiresAt', '2020-01-01T00:00:00Z', /^is in the past/],
    ['expiresAt', '2030-01-31T23:59:60Z', /ISO 8601/],
    ['rateLimitPerHour', 0, /^must be a whole number of requests/],
    ['createdByEmail', 'owner@example.com', /^is not a field of this request/],
  ])('are not made with %s %j', async (path, value, message) => {
    const answer = await create({ [path]: value });
    expectInvalid(answer, path === 'scopes' ? 'scopes.0' : path, message);
  });

  it.each([
    ['name', { name: '' }, /^must be a name for the key/],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }, /^is in the past/],
    ['expiresAt', { expiresAt: 'soon' }, /ISO 8601, like .*, or null for none$/],
    ['expiresAt', { expiresAt: '2030-01-31T23:59:60Z' }, /ISO 8601/],
    ['rateLimitPerHour', { rateLimitPerHour: null }, /^must be a whole number of requests/],
    ['scopes', { scopes: ['*'] }, /^is not a field of this request/],
    ['mode', { mode: 'live' }, /^is not a field of this request/],
  ])('do not change: %s in %j', async (path, body, message) => {
    expectInvalid(await change(team.keyId, body), path, message);
  });

  describe('were last used', () => {
    const lastUsed = async () => {
      await Promise.all(service.app.context.background);
      const { db } = service.app.context;
      const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, team.keyId));
      return row?.lastUsedAt ?? null;
    };

    it('to the minute, written once in each', async () => {
      expect(await lastUsed()).toBeNull();
      await use(team.token);
      const first = service.clock.now();
      expect(await lastUsed()).toEqual(first);
      service.clock.advance(59_999);
      await use(team.token);
      expect(await lastUsed()).toEqual(first);
      service.clock.advance(1);
      await use(team.token);
      expect(await lastUsed()).toEqual(service.clock.now());
      const [shown] = (await list()).body.apiKeys;
      expect(shown.last_used_at).toBe(isoTime(service.clock.now()));
    });

    it('never, where the key did not work', async () => {
      await revoke(team.keyId);
      await use(team.token);
      expect(await lastUsed()).toBeNull();
    });

    if (kind === 'postgres')
      it('on whichever server', async () => {
        const other = await startService({
          database: service.database,
          sharedSimulator: service.simulator,
          clock: service.clock,
        });
        try {
          await use(team.token);
          const first = await lastUsed();
          service.clock.advance(30_000);
          await call(other, 'GET', '/api/test-api-key', { token: team.token });
          await Promise.all(other.app.context.background);
          expect(await lastUsed()).toEqual(first);
        } finally {
          await other.stop();
        }
      });

    it('though noting it fails: the request does not hear of it, the log does', async () => {
      const { context } = service.app;
      const { db, log } = context;
      const lines: string[] = [];
      context.log = { ...log, error: (_fields, message) => lines.push(message) };
      context.db = new Proxy(db, {
        get: (target, name, receiver) => {
          if (name === 'update') throw new Error('no update today');
          return Reflect.get(target, name, receiver);
        },
      });
      try {
        expect(await use(team.token)).toBe(200);
        await Promise.all(context.background);
        expect(lines).toEqual([`the use of the API key ${team.keyId} was not noted`]);
        // It is not tried again before its minute is over.
        expect(await use(team.token)).toBe(200);
        await Promise.all(context.background);
        expect(lines).toHaveLength(1);
      } finally {
        Object.assign(context, { db, log });
      }
    });
  });

  it('have no secret in any event', async () => {
    const { fullKey } = (await create()).body.apiKey;
    const { db } = service.app.context;
    const rows = await db
      .select()
      .from(events)
      .where(and(eq(events.teamId, team.teamId), like(events.type, 'api_key.%')));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(fullKey.slice(12));
  });
});
