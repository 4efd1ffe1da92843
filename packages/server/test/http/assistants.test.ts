import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addNumber, assign, eventsOf, newAssistant, recordOf } from '../support/numbers.ts';
import { call, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe.each(DATABASE_KINDS)('assistants on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'business' });
  });
  afterAll(() => service.stop());

  const create = (body: object, { token } = team, query = '') =>
    call(service, 'POST', `/api/assistants${query}`, { token, body });
  const get = (id: string, { token } = team) => call(service, 'GET', `/api/assistants/${id}`, { token });
  const patch = (id: string, body: object, { token } = team) =>
    call(service, 'PATCH', `/api/assistants/${id}`, { token, body });
  const remove = (id: string, query = '', { token } = team) =>
    call(service, 'DELETE', `/api/assistants/${id}${query}`, { token });
  const listed = (query = '', { token } = team) => call(service, 'GET', `/api/assistants${query}`, { token });
  const testKey = async () => ({ ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) });
  const campaign = async (body: object) => {
    const answer = await call(service, 'POST', '/api/crm/campaigns', { token: team.token, body });
    expect(answer.status).toBe(201);
    return answer.body.campaign.id as string;
  };

  it('are made with little, and with everything', async () => {
    const little = await create({ name: 'Agent' });
    expect(little.status).toBe(201);
    expect(little.body).toEqual({
      success: true,
      assistant: {
        id: expect.stringMatching(/^asst_[0-9a-z]{26}$/),
        team_id: team.teamId,
        name: 'Agent',
        template_id: 'custom',
        inbound_enabled: true,
        outbound_enabled: true,
        connection_id: null,
        fallback_number: null,
        metadata: {},
        phone_number_count: 0,
        created_at: expect.stringMatching(ISO),
        updated_at: expect.stringMatching(ISO),
      },
    });
    const everything = await create({
      teamId: team.teamId,
      name: 'Setter',
      templateId: 'outbound-setter',
      inboundEnabled: false,
      outboundEnabled: false,
      connectionId: '1293384261075731499',
      fallbackNumber: '+14155550101',
      metadata: { voice: 'alto', nested: { list: [1, null, 'ü 😀'] } },
    });
    expect(everything.body.assistant).toMatchObject({
      template_id: 'outbound-setter',
      inbound_enabled: false,
      outbound_enabled: false,
      connection_id: '1293384261075731499',
      fallback_number: '+14155550101',
      metadata: { voice: 'alto', nested: { list: [1, null, 'ü 😀'] } },
    });
    expect((await get(everything.body.assistant.id)).body).toEqual(everything.body);
    const [event] = await eventsOf(service, everything.body.assistant.id);
    expect(event).toMatchObject({
      type: 'assistant.created',
      mode: null,
      actorType: 'key',
      actorId: team.keyId,
      after: { name: 'Setter', connection_id: '1293384261075731499' },
    });
  });

  it.each([
    ['no name', {}, 'name'],
    ['a blank name', { name: ' ' }, 'name'],
    ['a long name', { name: 'x'.repeat(101) }, 'name'],
    ['another template', { name: 'A', templateId: 'sales' }, 'templateId'],
    ['a connection that is none', { name: 'A', connectionId: 'a b' }, 'connectionId'],
    ['an empty connection', { name: 'A', connectionId: '' }, 'connectionId'],
    ['a fallback without +', { name: 'A', fallbackNumber: '4155550101' }, 'fallbackNumber'],
    ['a fallback that cannot be', { name: 'A', fallbackNumber: '+1415' }, 'fallbackNumber'],
    ['an empty fallback', { name: 'A', fallbackNumber: '' }, 'fallbackNumber'],
    ['a flag as text', { name: 'A', inboundEnabled: 'true' }, 'inboundEnabled'],
    ['metadata as text', { name: 'A', metadata: 'x' }, 'metadata'],
    ['metadata as a list', { name: 'A', metadata: [] }, 'metadata'],
    ['no metadata', { name: 'A', metadata: null }, 'metadata'],
    ['too much metadata', { name: 'A', metadata: { x: 'x'.repeat(16 * 1024) } }, 'metadata'],
    ['metadata with half a character', { name: 'A', metadata: { x: '\ud800' } }, 'metadata.x'],
    ['metadata with half a character in a key', { name: 'A', metadata: { '\udc00': 1 } }, 'metadata'],
    ['metadata with U+0000 in a key', { name: 'A', metadata: { 'a\0': 1 } }, 'metadata'],
    ['metadata with U+0000', { name: 'A', metadata: { a: '\0' } }, 'metadata.a'],
  ])('are not made with %s', async (_what, body, path) => {
    expectInvalid(await create(body), path);
    const id = await newAssistant(service, team);
    if (Object.keys(body).length > 0) expectInvalid(await patch(id, body), path);
  });

  it.each([33, 5_000, 20_000])('are not made with metadata of %i levels', async (levels) => {
    const { app } = service;
    const payload = `{"name":"A","metadata":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    const headers = { authorization: `Bearer ${team.token}`, 'content-type': 'application/json' };
    const response = await app.server.inject({ method: 'POST', url: '/api/assistants', headers, payload });
    expectInvalid(
      { status: response.statusCode, headers: response.headers, body: response.json() },
      'metadata',
    );
  });

  it('take 16 KiB of metadata and not a byte more', async () => {
    const room = 16 * 1024 - '{"x":""}'.length;
    expect((await create({ name: 'A', metadata: { x: 'x'.repeat(room) } })).status).toBe(201);
    expectInvalid(await create({ name: 'A', metadata: { x: 'x'.repeat(room + 1) } }), 'metadata', /16 KiB/);
    // Bytes, not characters.
    expectInvalid(await create({ name: 'A', metadata: { x: 'ü'.repeat(room / 2 + 1) } }), 'metadata');
  });

  it('change in the fields that are sent, and say which in an event', async () => {
    const id = await newAssistant(service, team, { connectionId: '12', fallbackNumber: '+14155550101' });
    service.clock.advance(1000);
    const answer = await patch(id, { name: 'Other', connectionId: null, fallbackNumber: null });
    expect(answer.body.assistant).toMatchObject({
      name: 'Other',
      connection_id: null,
      fallback_number: null,
      outbound_enabled: true,
    });
    expect(answer.body.assistant.updated_at > answer.body.assistant.created_at).toBe(true);
    const [, event] = await eventsOf(service, id);
    expect(event).toMatchObject({
      type: 'assistant.updated',
      before: { name: 'Sales', connection_id: '12', fallback_number: '+14155550101' },
      after: { name: 'Other', connection_id: null, fallback_number: null },
    });
    expect(Object.keys(event?.after as object)).toHaveLength(3);
    // The same again changes nothing, whatever the order of keys in metadata.
    await patch(id, { metadata: { b: 1, a: { d: 1, c: 2 } } });
    service.clock.advance(1000);
    const same = await patch(id, { name: 'Other', metadata: { a: { c: 2, d: 1 }, b: 1 } });
    expect(same.body.assistant.updated_at).toBe((await get(id)).body.assistant.updated_at);
    expect(await eventsOf(service, id)).toHaveLength(3);
  });

  it('come newest first, all at once or in pages', async () => {
    expect((await listed()).body).toEqual({ success: true, assistants: [], count: 0 });
    const ids = [];
    for (const name of ['one', 'two', 'three']) ids.unshift(await newAssistant(service, team, { name }));
    await addNumber(service, team, { assistantId: ids[0] ?? null });
    await addNumber(service, team, { assistantId: ids[0] ?? null, mode: 'test' });
    await newAssistant(service, await newTeam(service), { name: 'not ours' });
    const all = await listed(`?teamId=${team.teamId}`);
    expect(all.body).toMatchObject({ count: 3 });
    expect(all.body.assistants.map(({ id }: { id: string }) => id)).toEqual(ids);
    const counts = all.body.assistants.map((each: { phone_number_count: number }) => each.phone_number_count);
    expect(counts).toEqual([1, 0, 0]);

    const first = await listed('?limit=2');
    expect(first.body).toMatchObject({ count: 3, limit: 2, next_cursor: ids[1] });
    const second = await listed(`?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body.assistants.map(({ id }: { id: string }) => id)).toEqual([ids[2]]);
    expect(second.body.next_cursor).toBeNull();
    expectInvalid(await listed('?limit=2&cursor=nonsense'), 'cursor');
    expectInvalid(await listed(`?cursor=${ids[1]}`), 'cursor');
  });

  it('are at most a thousand, also where several come at once', async () => {
    await service.app.context.db.execute(sql`
      insert into assistants (id, team_id, name, created_at, updated_at)
      select 'asst_' || ${team.teamId} || i, ${team.teamId}, 'One of many', now(), now() from generate_series(1, 999) as i`);
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((each) => create({ name: `Last ${each}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403, 403]);
    expectRefusal(await create({ name: 'More' }), 403, 'assistant_limit_reached');
    expect((await listed('?limit=1')).body.count).toBe(1_000);
  });

  it('are one for both modes, with numbers counted apart', async () => {
    const id = await newAssistant(service, team);
    await addNumber(service, team, { assistantId: id });
    expect((await get(id)).body.assistant.phone_number_count).toBe(1);
    expect((await get(id, await testKey())).body.assistant.phone_number_count).toBe(0);
  });

  it("are nobody else's", async () => {
    const id = await newAssistant(service, team);
    const stranger = await newTeam(service);
    for (const answer of [
      await get(id, stranger),
      await patch(id, { name: 'mine' }, stranger),
      await remove(id, '', stranger),
      await remove(id, '?force=true', stranger),
      await assign(service, stranger, id, [await addNumber(service, stranger)]),
      await assign(service, stranger, id, [], { method: 'PATCH' }),
      await call(service, 'GET', `/api/assistants/${id}/telephony/phone-numbers`, { token: stranger.token }),
    ]) {
      expectRefusal(answer, 404, 'not_found');
    }
    for (const answer of [
      await create({ name: 'A' }, team, `?teamId=${stranger.teamId}`),
      await create({ name: 'A', teamId: team.teamId }, team, `?teamId=${stranger.teamId}`),
      await create({ name: 'A', teamId: stranger.teamId }, team, `?teamId=${team.teamId}`),
    ]) {
      expectRefusal(answer, 403, 'forbidden');
    }
    expect((await create({ name: 'A' }, team, `?teamId=${team.teamId}`)).status).toBe(201);
    expect((await get(id)).body.assistant.name).toBe('Sales');
  });

  describe('deleting', () => {
    it('takes one that nothing uses, once', async () => {
      const id = await newAssistant(service, team);
      expect((await remove(id)).body).toEqual({ success: true });
      expectRefusal(await remove(id), 404, 'not_found');
      expectRefusal(await get(id), 404, 'not_found');
      const types = (await eventsOf(service, id)).map(({ type }) => type);
      expect(types).toEqual(['assistant.created', 'assistant.deleted']);
    });

    it('is refused with what uses it, and forced all the same', async () => {
      const id = await newAssistant(service, team, { name: 'Busy', connectionId: '7' });
      const own = await addNumber(service, team, { assistantId: id, connectionId: '8' });
      const other = await addNumber(service, team, { assistantId: id, status: 'suspended' });
      const running = await campaign({
        name: 'Run',
        assistantId: id,
        fromNumbers: [{ phoneNumberId: own }],
        status: 'running',
      });
      const draft = await campaign({ name: 'Draft', assistantId: id });

      const refused = await remove(id);
      const { phone_numbers, campaigns, ...rest } = refused.body;
      expectRefusal({ ...refused, body: rest }, 409, 'assistant_in_use');
      expect(rest.error).toContain('2 phone numbers and 2 campaigns');
      const inList = await Promise.all([own, other].map((each) => recordOf(service, each)));
      expect(phone_numbers).toHaveLength(2);
      expect(phone_numbers).toEqual(
        expect.arrayContaining(inList.map((each) => ({ id: each.id, phone_number: each.phoneNumber }))),
      );
      expect(campaigns).toEqual([
        { id: running, name: 'Run' },
        { id: draft, name: 'Draft' },
      ]);

      expect((await remove(id, '?force=true')).status).toBe(200);
      expect(await recordOf(service, own)).toMatchObject({ assistantId: null, routingStatus: 'pending' });
      expect(await recordOf(service, other)).toMatchObject({ assistantId: null, routingStatus: 'in_sync' });
      const states = await Promise.all(
        [running, draft].map((each) =>
          call(service, 'GET', `/api/crm/campaigns/${each}`, { token: team.token }),
        ),
      );
      expect(states.map(({ body }) => [body.campaign.status, body.campaign.assistant_id])).toEqual([
        ['paused', null],
        ['draft', null],
      ]);
      // It is still a campaign, and calls nobody.
      const body = { campaignId: running, to: '+14155550199' };
      const asked = await call(service, 'POST', '/api/routing/caller-id', { token: team.token, body });
      expectRefusal(asked, 409, 'campaign_not_running');
      expect(await eventsOf(service, own)).toMatchObject([
        { type: 'phone_number.unassigned', before: { assistant_id: id }, after: { assistant_id: null } },
      ]);
      const types = async (of: string) => (await eventsOf(service, of)).map(({ type }) => type);
      expect((await types(running)).slice(2)).toEqual(['campaign.updated', 'campaign.paused']);
      expect((await types(draft)).slice(1)).toEqual(['campaign.updated']);
    });
  });

  it('keep what a test key does away from live calls', async () => {
    const id = await newAssistant(service, team, { connectionId: '7' });
    const live = await addNumber(service, team, { assistantId: id });
    const test = await addNumber(service, team, { assistantId: id, mode: 'test' });
    const tester = await testKey();
    const before = (await get(id)).body.assistant;
    for (const answer of [
      await patch(id, { connectionId: '9' }, tester),
      await patch(id, { connectionId: null }, tester),
      await patch(id, { inboundEnabled: false }, tester),
      await patch(id, { fallbackNumber: '+14155550199' }, tester),
      await patch(id, { outboundEnabled: false }, tester),
      await patch(id, { metadata: { prompt: 'Say nothing.' } }, tester),
      await remove(id, '?force=true', tester),
    ]) {
      expectRefusal(answer, 403, 'forbidden');
      expect(answer.body.error).toContain('tk_live_');
    }
    expect((await get(id)).body.assistant).toEqual(before);
    expect(await recordOf(service, live)).toMatchObject({ routingStatus: 'in_sync', assistantId: id });
    expect((await patch(id, { connectionId: '7' }, tester)).status).toBe(200);
    expect((await patch(id, { connectionId: '9' })).status).toBe(200);
    for (const each of [live, test])
      expect(await recordOf(service, each)).toMatchObject({ routingStatus: 'pending' });
    expect((await remove(id, '?force=true')).status).toBe(200);
    expect(await recordOf(service, test)).toMatchObject({ assistantId: null });

    const caller = await newAssistant(service, team);
    await campaign({ name: 'Live', assistantId: caller });
    expectRefusal(await patch(caller, { outboundEnabled: false }, tester), 403, 'forbidden');
    const idle = await newAssistant(service, team);
    await addNumber(service, team, { assistantId: idle, mode: 'test' });
    expect((await patch(idle, { inboundEnabled: false }, tester)).status).toBe(200);
  });

  it('show a caller what uses them in its own mode, and of the other only how much', async () => {
    const id = await newAssistant(service, team, { name: 'Both' });
    await addNumber(service, team, { assistantId: id });
    await campaign({ name: 'Secret', assistantId: id });
    const test = await recordOf(service, await addNumber(service, team, { assistantId: id, mode: 'test' }));
    const refused = await remove(id, '', await testKey());
    expect(refused).toMatchObject({
      status: 409,
      body: { phone_numbers: [{ id: test.id, phone_number: test.phoneNumber }], campaigns: [] },
    });
    expect(refused.body.error).toContain(
      '"Both" still has 1 phone number and 1 phone number in live mode and 1 campaign in live mode.',
    );
  });
});
