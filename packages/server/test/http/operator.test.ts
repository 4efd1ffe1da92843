import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, users } from '../../src/db/schema.ts';
import {
  type Answer,
  buy,
  call,
  list,
  newKey,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
} from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const OWNER = { email: 'ada@example.com', name: 'Ada' };
const NAME = /^must be the name of the (team|owner), 1 to 100 characters$/;
const PLAN = /^must be one of free, starter, growth, business, enterprise$/;
const OWN_FIGURE = /^must be a whole number from 1 to 100000, for the enterprise plan only$/;

describe('teams in the operator API', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
  });
  afterAll(() => service.stop());

  const createTeam = (body: object): Promise<Answer> =>
    call(service, 'POST', '/api/operator/teams', { token: OPERATOR_TOKEN, body });

  const changePlan = (teamId: string, body: object): Promise<Answer> =>
    call(service, 'PUT', `/api/operator/teams/${teamId}/plan`, { token: OPERATOR_TOKEN, body });

  it('are made with their owner', async () => {
    const answer = await createTeam({ name: 'Acme Voice', plan: 'growth', owner: OWNER });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      success: true,
      team: {
        id: expect.stringMatching(/^team_[0-9a-z]{26}$/),
        name: 'Acme Voice',
        slug: 'acme-voice',
        plan: 'growth',
        max_numbers: null,
        created_at: '2026-01-15T12:00:00Z',
      },
    });
    const key = await newKey(service, answer.body.team.id);
    const bought = await buy(service, { teamId: answer.body.team.id, ...key }, '+14155550101');
    expect(bought.body.eligibility).toEqual({
      currentCount: 1,
      maxAllowed: 10,
      hasSubscription: true,
      planName: 'Growth',
    });
    const listed = await list(service, { teamId: answer.body.team.id, ...key });
    expect(listed.body.numbers[0]).toMatchObject({
      created_by_email: 'ada@example.com',
      created_by_name: 'Ada',
    });
  });

  it('are different teams under one name, made at once too', async () => {
    const wanted = { name: 'Twins', plan: 'free', owner: OWNER };
    const first = await createTeam(wanted);
    const others = await Promise.all(Array.from({ length: 5 }, () => createTeam(wanted)));
    const answers = [first, ...others];
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    const slugs = answers.map(({ body }) => body.team.slug);
    expect(slugs[0]).toBe('twins');
    for (const slug of slugs.slice(1)) expect(slug).toMatch(/^twins-[0-9a-z]{6}$/);
    expect(new Set(slugs).size).toBe(6);
    expect(new Set(answers.map(({ body }) => body.team.id)).size).toBe(6);
  });

  it.each([
    ['Zoë & Söhne', 'zoe-sohne'],
    ['  --Ärger--  ', 'arger'],
    ['Q', 'q'],
    ['日本', 'team'],
    ["Robert'); drop table teams;--", 'robert-drop-table-teams'],
  ])('called %j have the slug %s', async (name, slug) => {
    const { status, body } = await createTeam({ name, plan: 'free', owner: OWNER });
    expect(status).toBe(201);
    expect(body.team).toMatchObject({ name, slug });
  });

  it('share their owner by the e-mail address, in any case', async () => {
    const owner = { email: 'Grace@Example.com', name: 'Grace' };
    const same = { email: 'grace@example.COM', name: 'Somebody else' };
    expect((await createTeam({ name: 'One', plan: 'free', owner })).status).toBe(201);
    expect((await createTeam({ name: 'Two', plan: 'free', owner: same })).status).toBe(201);
    const rows = await service.app.context.db
      .select()
      .from(users)
      .where(eq(users.email, 'grace@example.com'));
    expect(rows).toMatchObject([{ name: 'Grace' }]);
  });

  it('have a figure of their own on the enterprise plan', async () => {
    const wanted = { name: 'Big', plan: 'enterprise', maxNumbers: 100_000, owner: OWNER };
    expect((await createTeam(wanted)).body.team).toMatchObject({ plan: 'enterprise', max_numbers: 100_000 });
  });

  it.each([
    ['name', undefined, /^is required: the name of the team/],
    ['name', '', NAME],
    ['name', '  \t', NAME],
    ['name', 'x'.repeat(101), NAME],
    ['name', 1, NAME],
    ['name', 'a\u0000', /U\+0000/],
    ['plan', undefined, /^is required: one of free/],
    ['plan', 'gold', PLAN],
    ['plan', 'Growth', PLAN],
    ['plan', null, PLAN],
    ['maxNumbers', 5, /^is for the enterprise plan only; the growth plan has a fixed size$/],
    ['maxNumbers', null, OWN_FIGURE],
    ['owner', undefined, /^is required/],
    ['owner', 'ada', /\S \S/],
    ['owner.email', { name: 'Ada' }, /^is required: an e-mail address$/],
    ['owner.email', { email: 'nope', name: 'Ada' }, /^must be an e-mail address$/],
    ['owner.email', { email: 'a@b@c.com', name: 'Ada' }, /^must be an e-mail address$/],
    ['owner.email', { email: `${'a'.repeat(250)}@example.com`, name: 'Ada' }, /^must be an e-mail address$/],
    ['owner.email', { email: '', name: 'Ada' }, /^must be an e-mail address$/],
    ['owner.name', { email: 'ada@example.com' }, /^is required: the name of the owner/],
    ['owner.name', { email: 'ada@example.com', name: ' ' }, NAME],
    ['owner.role', { ...OWNER, role: 'admin' }, /^is not a field of this request/],
    ['id', 'team_x', /^is not a field of this request/],
    ['slug', 'mine', /^is not a field of this request/],
  ])('are not made with %s %j', async (path, value, message) => {
    const field = path.split('.')[0] as string;
    const answer = await createTeam({ name: 'Bad', plan: 'growth', owner: OWNER, [field]: value });
    expectInvalid(answer, path, message);
  });

  it.each([0, 100_001, 1.5, '5', -1])('are not made for %j numbers', async (maxNumbers) => {
    const answer = await createTeam({ name: 'Bad', plan: 'enterprise', maxNumbers, owner: OWNER });
    expectInvalid(answer, 'maxNumbers', OWN_FIGURE);
  });

  it('hear of everything that is wrong at once', async () => {
    const { body } = await createTeam({
      name: ' ',
      plan: 'gold',
      maxNumbers: 0,
      owner: { email: 'nope' },
      x: 1,
    });
    expect(body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'maxNumbers',
      'name',
      'owner.email',
      'owner.name',
      'plan',
      'x',
    ]);
  });

  it('change their plan', async () => {
    const team = await newTeam(service, { plan: 'starter' });
    const changed = await changePlan(team.teamId, { plan: 'enterprise', maxNumbers: 7 });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({
      success: true,
      team: {
        id: team.teamId,
        name: expect.any(String),
        slug: expect.any(String),
        plan: 'enterprise',
        max_numbers: 7,
        created_at: '2026-01-15T12:00:00Z',
      },
    });
    // The figure goes with the plan.
    expect((await changePlan(team.teamId, { plan: 'business' })).body.team).toMatchObject({
      plan: 'business',
      max_numbers: null,
    });
  });

  it.each([
    ['plan', {}, /^is required: one of free/],
    ['plan', { plan: 'gold' }, PLAN],
    ['plan', { plan: ['free'] }, PLAN],
    [
      'maxNumbers',
      { plan: 'business', maxNumbers: 5 },
      /enterprise plan only; the business plan has a fixed/,
    ],
    ['maxNumbers', { plan: 'enterprise', maxNumbers: 0 }, OWN_FIGURE],
    ['maxNumbers', { plan: 'enterprise', maxNumbers: 1e9 }, OWN_FIGURE],
    ['name', { plan: 'free', name: 'x' }, /^is not a field/],
  ])('do not change it: %s in %j', async (path, body, message) => {
    const team = await newTeam(service, { plan: 'growth' });
    expectInvalid(await changePlan(team.teamId, body), path, message);
    const bought = await buy(service, team, '+14155550901');
    expect(bought.body.code).toBe('number_unavailable');
  });

  it.each(['team_01jzzzzzzzzzzzzzzzzzzzzzzz', 'x', '%F0%9F%98%80', "'%20or%201=1"])(
    'are not found by %s',
    async (id) => {
      const answer = await changePlan(id, { plan: 'growth' });
      expectRefusal(answer, 404, 'not_found');
      expect(answer.body.error).toBe(`There is no team ${decodeURIComponent(id)}.`);
    },
  );

  it('are not looked for by an id that no database takes', async () => {
    expectInvalid(await changePlan('%00', { plan: 'growth' }), 'id', /U\+0000/);
  });

  it('turn their trial into a paid number by a paid plan, and have had their trial for good', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const first = '+12125550101';
    const trial = await buy(service, team, first);
    expect(trial.body.phoneNumber).toMatchObject({
      is_trial: true,
      trial_expires_at: '2026-01-20T12:00:00Z',
    });

    expect((await changePlan(team.teamId, { plan: 'free' })).status).toBe(200);
    expect((await list(service, team)).body.numbers[0]).toMatchObject({ is_trial: true });

    expect((await changePlan(team.teamId, { plan: 'starter' })).status).toBe(200);
    expect((await list(service, team)).body).toMatchObject({
      numbers: [{ phone_number: first, status: 'active', is_trial: false, trial_expires_at: null }],
      count: 1,
    });
    const told = await service.app.context.db.select().from(events).where(eq(events.teamId, team.teamId));
    expect(told.filter(({ type }) => type === 'phone_number.trial_converted')).toMatchObject([
      { subject: trial.body.phoneNumber.id, data: { phone_number: first, plan: 'starter' } },
    ]);

    await changePlan(team.teamId, { plan: 'free' });
    const again = await buy(service, team, '+12125550103');
    expect(again).toMatchObject({ status: 403, body: { code: 'trial_already_used' } });
  });

  it('go from one paid plan to another without a word about their numbers', async () => {
    const team = await newTeam(service, { plan: 'starter' });
    const bought = await buy(service, team, '+13035550101');
    expect(bought.status).toBe(200);
    await changePlan(team.teamId, { plan: 'growth' });
    const told = await service.app.context.db.select().from(events).where(eq(events.teamId, team.teamId));
    expect(told.map(({ type }) => type)).not.toContain('phone_number.trial_converted');
  });

  it("leave other teams' trials alone", async () => {
    const [one, other] = [await newTeam(service, { plan: 'free' }), await newTeam(service, { plan: 'free' })];
    await buy(service, other, '+13055550101');
    await changePlan(one.teamId, { plan: 'business' });
    expect((await list(service, other)).body.numbers).toMatchObject([{ is_trial: true }]);
  });

  it('may buy as many as the new plan says, from the next purchase on', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    const number = (line: number) => `+12065550${line}`;
    expect((await buy(service, team, number(101))).status).toBe(200);
    expect((await buy(service, team, number(102))).body.code).toBe('plan_limit_reached');
    await changePlan(team.teamId, { plan: 'enterprise', maxNumbers: 2 });
    expect((await buy(service, team, number(102))).status).toBe(200);
    await changePlan(team.teamId, { plan: 'enterprise', maxNumbers: 1 });
    expect((await buy(service, team, number(103))).body).toMatchObject({
      code: 'plan_limit_reached',
      eligibility: { currentCount: 2, maxAllowed: 1 },
    });
  });
});

describe('the operator token', () => {
  it('opens nothing where none is set, and the answer says so', async () => {
    const closed = await startService({ kind: 'postgres', environment: { OPERATOR_TOKEN: '' } });
    try {
      const body = { name: 'X', plan: 'free', owner: OWNER };
      for (const token of [OPERATOR_TOKEN, 'null', 'undefined', '']) {
        const answer = await call(closed, 'POST', '/api/operator/teams', { token, body });
        expectRefusal(answer, 401, 'unauthorized');
        expect(answer.body.error).toContain('OPERATOR_TOKEN');
      }
    } finally {
      await closed.stop();
    }
  });
});
