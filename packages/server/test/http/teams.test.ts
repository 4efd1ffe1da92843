import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, teamMembers, teams } from '../../src/db/schema.ts';
import { changePlan } from '../../src/usecases/change-plan.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  buy,
  call,
  newKey,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
} from '../support/service.ts';
import { newMember, newPerson, type SignedIn, sessionsByCookie } from '../support/signed-in-by-cookie.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

describe.each(DATABASE_KINDS)('teams on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind, findSession: sessionsByCookie });
  });
  afterAll(() => service.stop());

  const create = ({ headers }: SignedIn, name = 'My team') =>
    call(service, 'POST', '/api/teams', { headers, body: { name } });

  const eventsOf = (subject: string) =>
    service.app.context.db.select().from(events).where(eq(events.subject, subject)).orderBy(desc(events.id));

  it('are made on the Free plan, and belong to whoever makes them', async () => {
    const person = await newPerson(service);
    const answer = await create(person, 'Zoë & Söhne');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      success: true,
      team: {
        id: expect.stringMatching(/^team_[0-9a-z]{26}$/),
        name: 'Zoë & Söhne',
        slug: expect.stringMatching(/^zoe-sohne/),
        plan: 'free',
        max_numbers: null,
        role: 'owner',
        created_at: '2026-01-15T12:00:00Z',
      },
    });
    const { id } = answer.body.team;
    const { headers } = person;
    expect((await call(service, 'GET', '/api/teams', { headers })).body).toEqual({
      success: true,
      teams: [answer.body.team],
    });
    expect(await eventsOf(id)).toMatchObject([
      {
        type: 'team.created',
        teamId: id,
        mode: null,
        actorType: 'person',
        actorId: person.userId,
        before: null,
        after: { name: 'Zoë & Söhne', plan: 'free', max_numbers: null },
        data: { owner_id: person.userId },
      },
    ]);
  });

  it('have no name that the database cannot hold', async () => {
    const { headers } = await newPerson(service);
    for (const name of ['\ud800', 'Acme \udfff', '\udc00\ud800', 'Acme\0']) {
      const answer = await call(service, 'POST', '/api/teams', { headers, body: { name } });
      expectInvalid(answer, 'name', /^must not have /);
    }
    const body = { name: 'Acme \ud83d\udc31' };
    expect((await call(service, 'POST', '/api/teams', { headers, body })).status).toBe(201);
  });

  it('are three on the Free plan for each person, and more where one is paid for', async () => {
    const person = await newPerson(service);
    // Being in other people's teams does not count.
    await newMember(service, (await create(await newPerson(service))).body.team.id, 'owner');
    const first = await create(person);
    for (let i = 0; i < 2; i += 1) expect((await create(person)).status).toBe(201);
    const refused = await create(person);
    expectRefusal(refused, 403, 'team_limit_reached');
    await changePlan(service.app.context, first.body.team.id, { plan: 'starter' });
    expect((await create(person)).status).toBe(201);
    expectRefusal(await create(person), 403, 'team_limit_reached');
  });

  if (kind === 'postgres')
    it('are three, however many are asked for at once', async () => {
      const person = await newPerson(service);
      const answers = await Promise.all(Array.from({ length: 8 }, () => create(person)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 403, 403, 403, 403, 403]);
      const { db } = service.app.context;
      expect(await db.$count(teamMembers, eq(teamMembers.userId, person.userId))).toBe(3);
    });

  it('are listed for a person with their role, and for a key alone', async () => {
    const team = await newTeam(service);
    const person = await newMember(service, team.teamId, 'member');
    service.clock.advance(1_000);
    const own = (await create(person)).body.team;
    const ofPerson = await call(service, 'GET', '/api/teams', { headers: person.headers });
    expect(ofPerson.body.teams).toMatchObject([
      { id: team.teamId, plan: 'growth', role: 'member' },
      { id: own.id, plan: 'free', role: 'owner' },
    ]);
    const ofKey = await call(service, 'GET', '/api/teams', { token: team.token });
    expect(ofKey.body.teams).toMatchObject([{ id: team.teamId, role: 'owner' }]);
    const key = await newKey(service, team.teamId, { createdByEmail: person.email });
    const ofTheirKey = await call(service, 'GET', '/api/teams', { token: key.token });
    expect(ofTheirKey.body.teams).toMatchObject([{ id: team.teamId, role: 'member' }]);
    const nobody = await newPerson(service);
    expect((await call(service, 'GET', '/api/teams', { headers: nobody.headers })).body.teams).toEqual([]);
  });

  it('show how much of their plan is used, in each mode', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 7 });
    const test = await newKey(service, team.teamId, { mode: 'test' });
    const line = kind === 'postgres' ? '1' : '2';
    await buy(service, team, `+1415555010${line}`);
    await buy(service, team, `+1303555010${line}`);
    await buy(service, { ...team, ...test }, '+14155550103');
    const person = await newMember(service, team.teamId, 'admin');
    const answer = await call(service, 'GET', `/api/teams/${team.teamId}`, { headers: person.headers });
    expect(answer.body).toEqual({
      success: true,
      team: {
        id: team.teamId,
        name: expect.stringMatching(/^Team \d+$/),
        slug: expect.any(String),
        plan: 'enterprise',
        max_numbers: 7,
        role: 'admin',
        created_at: expect.any(String),
        numbers: { live: { held: 2, limit: 7 }, test: { held: 1, limit: 7 } },
        release_grace_days: 7,
      },
    });
  });

  it('are renamed by admins, keep their slug, and tell before and after', async () => {
    const team = await newTeam(service);
    const { headers, userId } = await newMember(service, team.teamId, 'admin');
    const url = `/api/teams/${team.teamId}`;
    const old = (await call(service, 'GET', url, { headers })).body.team;
    const answer = await call(service, 'PATCH', url, { headers, body: { name: 'New name' } });
    expect(answer.body.team).toEqual({ ...old, name: 'New name' });
    // Nothing changes, so nothing is told.
    await call(service, 'PATCH', url, { headers, body: { name: 'New name' } });
    expect((await eventsOf(team.teamId)).filter(({ type }) => type === 'team.updated')).toMatchObject([
      { actorType: 'person', actorId: userId, before: { name: old.name }, after: { name: 'New name' } },
    ]);
  });

  it.each([
    [undefined, /^is required: the name of the team/],
    ['', /^must be the name of the team, 1 to 100 characters$/],
    ['  \n', /^must be the name of the team/],
    ['x'.repeat(101), /^must be the name of the team/],
    [7, /^must be the name of the team/],
  ])('are neither made nor renamed to %j', async (name, message) => {
    const team = await newTeam(service);
    const { headers } = await newMember(service, team.teamId, 'owner');
    const before = await service.app.context.db.$count(teams);
    expectInvalid(await call(service, 'POST', '/api/teams', { headers, body: { name } }), 'name', message);
    const url = `/api/teams/${team.teamId}`;
    expectInvalid(await call(service, 'PATCH', url, { headers, body: { name } }), 'name', message);
    expect(await service.app.context.db.$count(teams)).toBe(before);
  });

  it('hear of a change of plan by the operator, and of none that changes nothing', async () => {
    const team = await newTeam(service, { plan: 'starter' });
    const change = (body: object) =>
      call(service, 'PUT', `/api/operator/teams/${team.teamId}/plan`, { token: OPERATOR_TOKEN, body });
    await change({ plan: 'enterprise', maxNumbers: 9 });
    await change({ plan: 'enterprise', maxNumbers: 9 });
    expect((await eventsOf(team.teamId)).filter(({ type }) => type === 'team.plan_changed')).toMatchObject([
      {
        actorType: 'operator',
        actorId: null,
        before: { plan: 'starter', max_numbers: null },
        after: { plan: 'enterprise', max_numbers: 9 },
      },
    ]);
  });

  describe('in the list of the operator', () => {
    const list = async (query: string) =>
      call(service, 'GET', `/api/operator/teams${query}`, { token: OPERATOR_TOKEN });

    it('have their plan, their numbers and their owner', async () => {
      const team = await newTeam(service);
      await buy(service, team, `+1212555010${kind === 'postgres' ? '1' : '2'}`);
      const [found] = (await list(`?search=${team.teamId}`)).body.teams;
      expect(found).toEqual({
        id: team.teamId,
        name: expect.any(String),
        slug: expect.any(String),
        plan: 'growth',
        max_numbers: null,
        numbers: { live: 1, test: 0 },
        owner: { id: expect.any(String), email: expect.any(String), name: expect.stringMatching(/^Owner/) },
        created_at: expect.any(String),
      });
    });

    it('are found by name or slug, whatever signs are in them', async () => {
      const person = await newPerson(service);
      const { id } = (await create(person, `100%_Find me ${kind}`)).body.team;
      for (const search of ['100%25_find', `FIND%20ME%20${kind}`, `find-me-${kind}`])
        expect((await list(`?search=${search}`)).body.teams).toMatchObject([{ id }]);
      expect((await list('?search=100__Find')).body).toEqual({
        success: true,
        teams: [],
        next_cursor: null,
      });
    });

    it('come in pages that miss none', async () => {
      const all: string[] = [];
      let cursor = '';
      do {
        const { body } = await list(`?limit=4${cursor}`);
        all.push(...body.teams.map(({ id }: { id: string }) => id));
        cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
      } while (cursor !== '');
      const rows = await service.app.context.db.select({ id: teams.id }).from(teams);
      expect(all).toEqual(
        rows
          .map(({ id }) => id)
          .sort()
          .toReversed(),
      );
    });

    it.each([
      ['?limit=0', 'limit'],
      ['?limit=101', 'limit'],
      ['?cursor=nope', 'cursor'],
      ['?search=', 'search'],
    ])('are not listed by %s', async (query, path) => {
      expectInvalid(await list(query), path);
    });
  });
});
