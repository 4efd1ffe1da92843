import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CAMPAIGN_STATUSES, type CampaignStatus } from '../../src/domain/campaign.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addNumber, addNumbers, eventsOf, newAssistant, recordOf } from '../support/numbers.ts';
import { call, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** How a campaign comes to each state. */
const WAY: Record<CampaignStatus, CampaignStatus[]> = {
  draft: [],
  running: ['running'],
  paused: ['running', 'paused'],
  completed: ['running', 'completed'],
};

const ALLOWED: Record<CampaignStatus, CampaignStatus[]> = {
  draft: ['running'],
  running: ['paused', 'completed'],
  paused: ['running', 'completed'],
  completed: [],
};

const PAIRS = CAMPAIGN_STATUSES.flatMap((from) => CAMPAIGN_STATUSES.map((to) => [from, to] as const));

describe.each(DATABASE_KINDS)('campaigns on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let assistantId: string;
  let numberId: string;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'business' });
    assistantId = await newAssistant(service, team);
    numberId = await addNumber(service, team);
  });
  afterAll(() => service.stop());

  const URL = '/api/crm/campaigns';
  const create = (body: object, { token } = team, query = '') =>
    call(service, 'POST', `${URL}${query}`, { token, body });
  const get = (id: string, { token } = team) => call(service, 'GET', `${URL}/${id}`, { token });
  const patch = (id: string, body: object, { token } = team) =>
    call(service, 'PATCH', `${URL}/${id}`, { token, body });
  const remove = (id: string, { token } = team) => call(service, 'DELETE', `${URL}/${id}`, { token });
  const listed = (query = '', { token } = team) => call(service, 'GET', `${URL}${query}`, { token });
  const complete = () => ({ name: 'Run', assistantId, fromNumbers: [{ phoneNumberId: numberId }] });
  const made = async (body: object = complete()): Promise<string> => {
    const answer = await create(body);
    expect(answer.status).toBe(201);
    return answer.body.campaign.id;
  };
  const madeIn = async (status: CampaignStatus) => {
    const id = await made();
    for (const step of WAY[status]) expect((await patch(id, { status: step })).status).toBe(200);
    return id;
  };
  const typesOf = async (id: string) => (await eventsOf(service, id)).map(({ type }) => type);

  /** A refusal about one place, whose issue says which code it has. */
  function expectIssue(
    answer: Awaited<ReturnType<typeof create>>,
    [status, code]: [number, string],
    path: string,
  ): void {
    const { issues, ...rest } = answer.body;
    expectRefusal({ ...answer, body: rest }, status, code);
    expect(issues.map((issue: { path: string }) => issue.path)).toEqual([path]);
  }

  it('start as drafts, with little or with everything', async () => {
    const little = await create({ name: 'Spring' });
    expect(little.status).toBe(201);
    expect(little.body).toEqual({
      success: true,
      campaign: {
        id: expect.stringMatching(/^camp_[0-9a-z]{26}$/),
        team_id: team.teamId,
        mode: 'live',
        name: 'Spring',
        status: 'draft',
        assistant_id: null,
        assistant_name: null,
        daily_cap_per_number: null,
        phone_number_count: 0,
        from_numbers: [],
        created_at: expect.stringMatching(ISO),
        updated_at: expect.stringMatching(ISO),
      },
    });
    const suspended = await addNumber(service, team, { status: 'suspended' });
    const { phoneNumber } = await recordOf(service, suspended);
    const everything = await create({
      teamId: team.teamId,
      name: 'Autumn',
      assistantId,
      fromNumbers: [{ phoneNumberId: numberId }, { phoneNumberId: phoneNumber, weight: 20 }],
      dailyCapPerNumber: 100_000,
      status: 'draft',
    });
    expect(everything.body.campaign).toMatchObject({
      assistant_id: assistantId,
      assistant_name: 'Sales',
      daily_cap_per_number: 100_000,
      phone_number_count: 2,
      from_numbers: [
        { phone_number_id: numberId, weight: 1, status: 'active' },
        { phone_number_id: suspended, phone_number: phoneNumber, weight: 20, status: 'suspended' },
      ],
    });
    expect((await get(everything.body.campaign.id)).body).toEqual(everything.body);
    expect(await eventsOf(service, everything.body.campaign.id)).toMatchObject([
      {
        type: 'campaign.created',
        mode: 'live',
        actorId: team.keyId,
        after: { name: 'Autumn', status: 'draft', assistant_id: assistantId },
      },
    ]);
  });

  it('are found by a number that they call from', async () => {
    const id = await made();
    await made({ name: 'Without' });
    const found = (await listed(`?phoneNumberId=${numberId}`)).body;
    expect(found.campaigns.map((campaign: { id: string }) => campaign.id)).toEqual([id]);
    expect(found.count).toBe(1);
    expect((await listed(`?phoneNumberId=${numberId}&limit=1`)).body).toMatchObject({ count: 1 });
    const stranger = await newTeam(service);
    expect((await listed(`?phoneNumberId=${numberId}`, stranger)).body.campaigns).toEqual([]);
  });

  it('can start at once', async () => {
    const id = await made({ ...complete(), status: 'running' });
    expect((await get(id)).body.campaign.status).toBe('running');
    expect(await typesOf(id)).toEqual(['campaign.created', 'campaign.started']);
    for (const body of [
      { name: 'A', status: 'running' },
      { ...complete(), assistantId: null, status: 'running' },
      { ...complete(), fromNumbers: [], status: 'running' },
    ]) {
      expectRefusal(await create(body), 409, 'campaign_incomplete');
    }
    expect((await listed()).body.count).toBe(1);
  });

  it.each([
    ['no name', { name: undefined }, 'name'],
    ['a blank name', { name: ' ' }, 'name'],
    ['weight 0', { fromNumbers: [{ phoneNumberId: 'x', weight: 0 }] }, 'fromNumbers.0.weight'],
    ['weight 21', { fromNumbers: [{ phoneNumberId: 'x', weight: 21 }] }, 'fromNumbers.0.weight'],
    ['weight 1.5', { fromNumbers: [{ phoneNumberId: 'x', weight: 1.5 }] }, 'fromNumbers.0.weight'],
    ['a number without its id', { fromNumbers: [{ weight: 2 }] }, 'fromNumbers.0.phoneNumberId'],
    ['a number that is text', { fromNumbers: ['x'] }, 'fromNumbers.0'],
    ['a cap of 0', { dailyCapPerNumber: 0 }, 'dailyCapPerNumber'],
    ['a cap of 100001', { dailyCapPerNumber: 100_001 }, 'dailyCapPerNumber'],
    ['a cap as text', { dailyCapPerNumber: '5' }, 'dailyCapPerNumber'],
    ['a status that is none', { status: 'active' }, 'status'],
    ['no assistant id', { assistantId: '' }, 'assistantId'],
  ])('are not made with %s', async (_what, fields, path) => {
    expectInvalid(await create({ name: 'A', ...fields }), path);
    // A change needs no name.
    if (JSON.stringify(fields) !== '{}') expectInvalid(await patch(await made(), fields), path);
  });

  it('call from a thousand numbers, and not from more', async () => {
    const ids = await addNumbers(service, team, 1_000);
    const fromNumbers = ids.map((phoneNumberId) => ({ phoneNumberId, weight: 20 }));
    const answer = await create({ name: 'Large', fromNumbers });
    expect(answer.body.campaign.phone_number_count).toBe(1_000);
    const more = [...fromNumbers, { phoneNumberId: numberId }];
    expectInvalid(await create({ name: 'Larger', fromNumbers: more }), 'fromNumbers', /at most 1000/);
  });

  it("refuse numbers that are not the team's to call from", async () => {
    const stranger = await newTeam(service);
    const bad: [string, [number, string]][] = [
      [await addNumber(service, stranger), [404, 'not_found']],
      [await addNumber(service, team, { mode: 'test' }), [404, 'not_found']],
      ['+14155559999', [404, 'not_found']],
      [await addNumber(service, team, { status: 'purchasing' }), [409, 'not_assignable']],
      [await addNumber(service, team, { status: 'released' }), [409, 'not_assignable']],
      [numberId, [400, 'invalid_request']],
      [(await recordOf(service, numberId)).phoneNumber, [400, 'invalid_request']],
    ];
    const id = await made();
    for (const [name, refusal] of bad) {
      const fromNumbers = [{ phoneNumberId: numberId }, { phoneNumberId: name }];
      expectIssue(await create({ name: 'A', fromNumbers }), refusal, 'fromNumbers.1.phoneNumberId');
      expectIssue(await patch(id, { name: 'B', fromNumbers }), refusal, 'fromNumbers.1.phoneNumberId');
    }
    expect((await listed()).body.count).toBe(1);
    expect((await get(id)).body.campaign).toMatchObject({ name: 'Run', phone_number_count: 1 });
    expect(await typesOf(id)).toEqual(['campaign.created']);
  });

  it("refuse an assistant that is not the team's, or may not call out", async () => {
    const stranger = await newTeam(service);
    const foreign = await newAssistant(service, stranger);
    const silent = await newAssistant(service, team, { outboundEnabled: false });
    const id = await made();
    for (const unknown of [foreign, 'asst_01jzzzzzzzzzzzzzzzzzzzzzzz']) {
      expectIssue(await create({ name: 'A', assistantId: unknown }), [404, 'not_found'], 'assistantId');
      expectIssue(await patch(id, { assistantId: unknown }), [404, 'not_found'], 'assistantId');
    }
    expectInvalid(await create({ name: 'A', assistantId: silent }), 'assistantId', /outboundEnabled/);
    expectInvalid(await patch(id, { assistantId: silent }), 'assistantId');
    // One that was silenced since does not start anything either.
    const body = { outboundEnabled: false };
    await call(service, 'PATCH', `/api/assistants/${assistantId}`, { token: team.token, body });
    expectRefusal(await patch(id, { status: 'running' }), 409, 'campaign_incomplete');
    expect((await patch(id, { name: 'Other' })).status).toBe(200);
  });

  it('change in what is sent, and say so in events', async () => {
    const id = await made();
    const second = await addNumber(service, team);
    service.clock.advance(1000);
    const answer = await patch(id, {
      name: 'Other',
      dailyCapPerNumber: 50,
      fromNumbers: [{ phoneNumberId: second, weight: 3 }],
      status: 'running',
    });
    expect(answer.body.campaign).toMatchObject({
      name: 'Other',
      status: 'running',
      daily_cap_per_number: 50,
      from_numbers: [{ phone_number_id: second, weight: 3 }],
      assistant_id: assistantId,
    });
    expect(answer.body.campaign.updated_at > answer.body.campaign.created_at).toBe(true);
    const [, updated, started] = await eventsOf(service, id);
    expect(updated).toMatchObject({ type: 'campaign.updated' });
    expect(updated?.before).toEqual({
      name: 'Run',
      daily_cap_per_number: null,
      from_numbers: [{ phone_number_id: numberId, weight: 1 }],
    });
    expect(updated?.after).toEqual({
      name: 'Other',
      daily_cap_per_number: 50,
      from_numbers: [{ phone_number_id: second, weight: 3 }],
    });
    expect(started).toMatchObject({
      type: 'campaign.started',
      before: { status: 'draft' },
      after: { status: 'running' },
    });
    // The same again is no change.
    service.clock.advance(1000);
    const again = await patch(id, {
      name: 'Other',
      status: 'running',
      fromNumbers: [{ phoneNumberId: second, weight: 3 }],
    });
    expect(again.body).toEqual(answer.body);
    expect(await typesOf(id)).toHaveLength(3);
    expect((await patch(id, { dailyCapPerNumber: null })).body.campaign.daily_cap_per_number).toBeNull();
  });

  it.each(PAIRS)('that are %s become %s, or not', async (from, to) => {
    const id = await madeIn(from);
    const before = await typesOf(id);
    const answer = await patch(id, { status: to });
    const events = (await typesOf(id)).slice(before.length);
    if (from === to) {
      expect([answer.status, events]).toEqual([200, []]);
    } else if (ALLOWED[from].includes(to)) {
      const type = { running: 'started', paused: 'paused', completed: 'completed', draft: 'never' }[to];
      expect([answer.status, answer.body.campaign.status, events]).toEqual([200, to, [`campaign.${type}`]]);
    } else {
      expectRefusal(answer, 409, 'campaign_state');
      expect((await get(id)).body.campaign.status).toBe(from);
      expect(events).toEqual([]);
    }
  });

  it('that are completed stay as they are', async () => {
    const id = await madeIn('completed');
    for (const change of [{ name: 'Other' }, { assistantId: null }, { fromNumbers: [] }])
      expectRefusal(await patch(id, change), 409, 'campaign_state');
    expect((await get(id)).body.campaign).toMatchObject({ name: 'Run', phone_number_count: 1 });
  });

  it('do not run without an assistant and a number', async () => {
    const id = await made({ name: 'Bare' });
    expectRefusal(await patch(id, { status: 'running' }), 409, 'campaign_incomplete');
    expectRefusal(await patch(id, { status: 'running', assistantId }), 409, 'campaign_incomplete');
    const fromNumbers = [{ phoneNumberId: numberId }];
    expectRefusal(await patch(id, { status: 'running', fromNumbers }), 409, 'campaign_incomplete');
    expect((await get(id)).body.campaign).toMatchObject({ assistant_id: null, phone_number_count: 0 });
    expect((await patch(id, { status: 'running', assistantId, fromNumbers })).status).toBe(200);
    expectRefusal(await patch(id, { assistantId: null }), 409, 'campaign_incomplete');
    expectRefusal(await patch(id, { fromNumbers: [] }), 409, 'campaign_incomplete');
    // Together with a pause it is fine.
    expect((await patch(id, { fromNumbers: [], status: 'paused' })).status).toBe(200);
  });

  it('may share a number', async () => {
    const ids = [await made(), await made()];
    await call(service, 'DELETE', `/api/phone-numbers/${numberId}`, team);
    const release = (await eventsOf(service, numberId)).at(-1);
    expect(release).toMatchObject({ type: 'phone_number.release_started', data: { campaign_ids: ids } });
    for (const id of ids) expect((await get(id)).body.campaign.phone_number_count).toBe(0);
  });

  it('go, unless they run', async () => {
    const id = await madeIn('running');
    expectRefusal(await remove(id), 409, 'campaign_running');
    await patch(id, { status: 'paused' });
    expect((await remove(id)).body).toEqual({ success: true });
    expectRefusal(await get(id), 404, 'not_found');
    expectRefusal(await remove(id), 404, 'not_found');
    expect((await eventsOf(service, id)).at(-1)).toMatchObject({
      type: 'campaign.deleted',
      before: { name: 'Run', status: 'paused', from_numbers: [{ phone_number_id: numberId, weight: 1 }] },
    });
    expect((await recordOf(service, numberId)).status).toBe('active');
    for (const status of ['draft', 'completed'] as const)
      expect((await remove(await madeIn(status))).status).toBe(200);
  });

  it("are nobody else's, and of one mode", async () => {
    const id = await made();
    const stranger = await newTeam(service);
    const tester = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
    for (const other of [stranger, tester]) {
      for (const answer of [
        await get(id, other),
        await patch(id, { name: 'mine' }, other),
        await patch(id, { status: 'running' }, other),
        await remove(id, other),
      ]) {
        expectRefusal(answer, 404, 'not_found');
      }
      expect((await listed('', other)).body).toEqual({ success: true, campaigns: [], count: 0 });
    }
    expectRefusal(await create({ name: 'A' }, team, `?teamId=${stranger.teamId}`), 403, 'forbidden');
    expect((await get(id)).body.campaign).toMatchObject({ name: 'Run', status: 'draft' });
    const inTest = await create({ name: 'T', assistantId }, tester);
    expect(inTest.body.campaign).toMatchObject({ mode: 'test', assistant_id: assistantId });
  });

  it('are listed by a number that they have', async () => {
    const ids = [await made(), await made()];
    await made({ name: 'Another' });
    const of = `?phoneNumberId=${numberId}`;
    const all = (await listed(of)).body;
    expect(all.campaigns.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    expect((await listed(`${of}&limit=1`)).body).toMatchObject({ count: 2, campaigns: [{ id: ids[1] }] });
    const other = await newTeam(service);
    expect((await listed(of, other)).body).toEqual({ success: true, campaigns: [], count: 0 });
  });

  it('come newest first, all at once or in pages', async () => {
    const ids = [];
    for (let index = 0; index < 3; index++) ids.unshift(await made());
    const all = await listed(`?teamId=${team.teamId}`);
    expect(all.body.count).toBe(3);
    expect(all.body.campaigns.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(all.body.campaigns[0]).toMatchObject({ phone_number_count: 1, assistant_name: 'Sales' });
    expect(all.body.campaigns[0]).not.toHaveProperty('from_numbers');
    const first = await listed('?limit=2');
    expect(first.body).toMatchObject({ count: 3, limit: 2, next_cursor: ids[1] });
    const second = await listed(`?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body.campaigns.map(({ id }: { id: string }) => id)).toEqual([ids[2]]);
    expectInvalid(await listed(`?limit=2&cursor=asst${ids[0]?.slice(4)}`), 'cursor');
  });

  it('need their own scope', async () => {
    const id = await made();
    const reader = await newKey(service, team.teamId, { scopes: ['campaigns:read', 'numbers:*'] });
    expect((await get(id, { ...team, ...reader })).status).toBe(200);
    expectRefusal(await patch(id, { name: 'B' }, { ...team, ...reader }), 403, 'forbidden');
  });
});
