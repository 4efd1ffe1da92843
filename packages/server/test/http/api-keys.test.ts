import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeys, events } from '../../src/db/schema.ts';
import { addMember, findOrInsertUser } from '../../src/db/teams.ts';
import { isoTime } from '../../src/domain/time.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  buy,
  call,
  list,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { anonymous, expectInvalid, expectRefusal } from './expectations.ts';

const LIMIT = /^must be a whole number of requests an hour, from 1 to 1000000$/;

describe.each(DATABASE_KINDS)('API keys on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind });
    team = await newTeam(service);
  });
  afterAll(() => service.stop());

  const create = (body: object, teamId = team.teamId): Promise<Answer> =>
    call(service, 'POST', `/api/operator/teams/${teamId}/api-keys`, { token: OPERATOR_TOKEN, body });

  const revoke = (keyId: string, teamId = team.teamId): Promise<Answer> =>
    call(service, 'DELETE', `/api/operator/teams/${teamId}/api-keys/${keyId}`, { token: OPERATOR_TOKEN });

  const use = (token: string): Promise<Answer> => call(service, 'GET', '/api/test-api-key', { token });

  const inSeconds = (seconds: number) => new Date(service.clock.now().getTime() + seconds * 1_000);

  it('are made, and shown once', async () => {
    const answer = await create({ mode: 'live', name: 'Production' });
    expect(answer.status).toBe(201);
    const { fullKey } = answer.body.apiKey;
    expect(answer.body).toEqual({
      success: true,
      apiKey: {
        id: expect.stringMatching(/^key_[0-9a-z]{26}$/),
        fullKey: expect.stringMatching(/^tk_live_[0-9A-Za-z]{32}$/),
        prefix: fullKey.slice(0, 12),
        name: 'Production',
        mode: 'live',
        scopes: ['*'],
        team_id: team.teamId,
        rate_limit_per_hour: null,
        expires_at: null,
        created_at: isoTime(service.clock.now()),
      },
    });
    expect(await use(fullKey)).toMatchObject({
      status: 200,
      body: { success: true, message: 'Authentication succeeded' },
    });
    const rows = await service.app.context.db.select().from(apiKeys);
    expect(JSON.stringify(rows)).not.toContain(fullKey.slice(12));
  });

  it('leave an event when the operator makes and revokes them', async () => {
    const { apiKey } = (await create({ mode: 'live', name: 'Told of', rateLimitPerHour: 7 })).body;
    expect(apiKey.rate_limit_per_hour).toBe(7);
    await revoke(apiKey.id);
    const { db } = service.app.context;
    const told = await db.select().from(events).where(eq(events.subject, apiKey.id)).orderBy(events.id);
    expect(told).toMatchObject([
      {
        type: 'api_key.created',
        actorType: 'operator',
        actorId: null,
        before: null,
        after: { name: 'Told of', mode: 'live', scopes: ['*'], rate_limit_per_hour: 7, expires_at: null },
      },
      { type: 'api_key.revoked', actorType: 'operator', actorId: null, before: { revoked_at: null } },
    ]);
    expect(JSON.stringify(told)).not.toContain(apiKey.fullKey.slice(12));
  });

  it('are of their mode', async () => {
    const { apiKey } = (await create({ mode: 'test', name: 'Trying' })).body;
    expect(apiKey).toMatchObject({ mode: 'test', fullKey: expect.stringMatching(/^tk_test_/) });
    const test = { teamId: team.teamId, token: apiKey.fullKey, keyId: apiKey.id };
    expect((await buy(service, test, '+14155550101')).status).toBe(200);
    expect((await service.sim.ledger({ phoneNumber: '+14155550101' })).data).toEqual([]);
    expect((await list(service, test)).body.count).toBe(1);
    expect((await list(service, team)).body.count).toBe(0);
  });

  it('have the scopes that they were given', async () => {
    const { apiKey } = (await create({ mode: 'live', name: 'Reader', scopes: ['numbers:read'] })).body;
    expect(apiKey.scopes).toEqual(['numbers:read']);
    const reader = { teamId: team.teamId, token: apiKey.fullKey, keyId: apiKey.id };
    expect((await list(service, reader)).status).toBe(200);
    const refused = await buy(service, reader, '+14155550102');
    expectRefusal(refused, 403, 'forbidden');
    expect(refused.body.error).toContain('numbers:write');
    expect((await service.sim.ledger({ phoneNumber: '+14155550102' })).data).toEqual([]);
  });

  it('act in the name of the owner, or of the member who is named', async () => {
    const { db, clock, newId } = service.app.context;
    const [owned, other] = [await newTeam(service), await newTeam(service)];
    const member = await findOrInsertUser(db, {
      id: newId('usr'),
      email: `member-${kind}@example.com`,
      name: 'Member',
      createdAt: clock.now(),
    });
    await addMember(db, { teamId: owned.teamId, userId: member.id, role: 'member', createdAt: clock.now() });
    const wanted = { mode: 'live', name: 'K', createdByEmail: `MEMBER-${kind}@example.com` };
    const { apiKey } = (await create(wanted, owned.teamId)).body;
    await buy(service, { ...owned, token: apiKey.fullKey }, '+13035550101');
    await buy(service, owned, '+13035550103');
    const names = (await list(service, owned)).body.numbers.map(
      ({ created_by_name }: { created_by_name: string }) => created_by_name,
    );
    expect(names).toEqual(expect.arrayContaining(['Member', expect.stringMatching(/^Owner \d+$/)]));
    // A member here is nobody there.
    expectInvalid(
      await create(wanted, other.teamId),
      'createdByEmail',
      /not the address of a member of this team/,
    );
  });

  it('stop when their time is over, to the millisecond', async () => {
    const answer = await create({ mode: 'live', name: 'Short', expiresAt: inSeconds(60).toISOString() });
    expect(answer.body.apiKey.expires_at).toBe(isoTime(inSeconds(60)));
    const token = answer.body.apiKey.fullKey;
    service.clock.advance(59_999);
    expect((await use(token)).status).toBe(200);
    service.clock.advance(1);
    const late = await use(token);
    expectRefusal(late, 401, 'unauthorized');
    expect(anonymous(late)).toEqual(anonymous(await use(`tk_live_${'A'.repeat(32)}`)));
  });

  it('take a time with an offset', async () => {
    const { status, body } = await create({
      mode: 'live',
      name: 'K',
      expiresAt: '2030-01-31T12:00:00+02:00',
    });
    expect(status).toBe(201);
    expect(body.apiKey.expires_at).toBe('2030-01-31T10:00:00Z');
  });

  it('are not made to be over', async () => {
    for (const at of [inSeconds(0).toISOString(), inSeconds(-1).toISOString(), '1970-01-01T00:00:00Z'])
      expectInvalid(
        await create({ mode: 'live', name: 'K', expiresAt: at }),
        'expiresAt',
        /^is in the past; choose/,
      );
  });

  it.each([
    ['mode', undefined, /^is required: live or test$/],
    ['mode', 'prod', /^must be live or test$/],
    ['mode', null, /^must be live or test$/],
    ['name', undefined, /^is required: a name for the key/],
    ['name', '', /^must be a name for the key, 1 to 100 characters$/],
    ['name', '   ', /^must be a name for the key/],
    ['name', 'x'.repeat(101), /^must be a name for the key/],
    ['name', 'a\u0000b', /U\+0000/],
    ['scopes', [], /^must be a list of \*, numbers:\*, .*numbers:read, numbers:write/],
    ['scopes', 'numbers:read', /^must be a list of/],
    ['scopes', Array(21).fill('*'), /^must be a list of/],
    ['scopes.0', ['admin'], /^must be one of \*, numbers:\*/],
    ['scopes.1', ['*', null], /^must be one of/],
    ['createdByEmail', 'nope', /^must be the e-mail address of a member/],
    ['createdByEmail', 'nobody@example.com', /^is not the address of a member of this team$/],
    ['createdByEmail', null, /^must be the e-mail address/],
    ['expiresAt', '2030-01-31', /^must be a time in ISO 8601, like 2030-01-31T12:00:00Z$/],
    ['expiresAt', '2030-01-31T12:00:00', /^must be a time in ISO 8601/],
    ['expiresAt', '2030-02-31T12:00:00Z', /^must be a time in ISO 8601/],
    ['expiresAt', '2030-01-31 12:00:00Z', /^must be a time in ISO 8601/],
    // Of the right form, and no such time; and a year of five digits.
    ['expiresAt', '2030-01-31T23:59:60Z', /ISO 8601/],
    ['expiresAt', '9999-12-31T23:59:59-23:00', /ISO 8601/],
    ['expiresAt', 'tomorrow', /^must be a time in ISO 8601/],
    ['expiresAt', 1_893_456_000, /^must be a time in ISO 8601/],
    ['expiresAt', null, /^must be a time in ISO 8601/],
    ['rateLimitPerHour', 0, LIMIT],
    ['rateLimitPerHour', 1_000_001, LIMIT],
    ['rateLimitPerHour', '10', LIMIT],
    ['fullKey', `tk_live_${'A'.repeat(32)}`, /^is not a field of this request/],
  ])('are not made with %s %j', async (path, value, message) => {
    const field = path.split('.')[0] as string;
    const before = await service.app.context.db.$count(apiKeys);
    expectInvalid(await create({ mode: 'live', name: 'Bad', [field]: value }), path, message);
    expect(await service.app.context.db.$count(apiKeys)).toBe(before);
  });

  it('are not made for a team that there is not', async () => {
    const answer = await create({ mode: 'live', name: 'K' }, 'team_01jzzzzzzzzzzzzzzzzzzzzzzz');
    expectRefusal(answer, 404, 'not_found');
    expectInvalid(await create({ mode: 'live', name: 'K' }, '%00'), 'id', /U\+0000/);
  });

  it('stop at once when they are revoked', async () => {
    const { apiKey } = (await create({ mode: 'live', name: 'Leaked' })).body;
    expect((await use(apiKey.fullKey)).status).toBe(200);
    const answer = await revoke(apiKey.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true });
    const late = await use(apiKey.fullKey);
    expectRefusal(late, 401, 'unauthorized');
    expect(anonymous(late)).toEqual(anonymous(await use(`tk_live_${'A'.repeat(32)}`)));
    // The others of the team go on.
    expect((await use(team.token)).status).toBe(200);
  });

  it('are revoked once, and by their team only', async () => {
    const other = await newTeam(service);
    expectRefusal(await revoke(other.keyId), 404, 'not_found');
    expect((await use(other.token)).status).toBe(200);
    expect((await revoke(other.keyId, other.teamId)).status).toBe(200);
    const [row] = await service.app.context.db.select().from(apiKeys).where(eq(apiKeys.id, other.keyId));
    service.clock.advance(1_000);
    expectRefusal(await revoke(other.keyId, other.teamId), 404, 'not_found');
    // The time when it stopped stays what it was.
    expect(await service.app.context.db.select().from(apiKeys).where(eq(apiKeys.id, other.keyId))).toEqual([
      row,
    ]);
    expectRefusal(await revoke('key_01jzzzzzzzzzzzzzzzzzzzzzzz'), 404, 'not_found');
    expectRefusal(await revoke(team.token.slice(0, 12)), 404, 'not_found');
  });
});
