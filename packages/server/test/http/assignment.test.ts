import { asc, eq } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { events, phoneNumbers, webhookDeliveries } from '../../src/db/schema.ts';
import type { PhoneNumberStatus } from '../../src/domain/phone-number.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addNumber, addNumbers, assign, eventsOf, newAssistant, recordOf } from '../support/numbers.ts';
import {
  type Answer,
  call,
  list,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

describe.each(DATABASE_KINDS)('pointing numbers at assistants on %s', (kind) => {
  let service: Service;
  /** A second server on the same database; the embedded one has room for one only. */
  let other: Service;
  let team: TeamWithKey;
  let sales: string;

  beforeAll(async () => {
    service = await startService({ kind });
    const { clock, database, simulator } = service;
    other =
      kind === 'embedded' ? service : await startService({ clock, database, sharedSimulator: simulator });
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'enterprise', maxNumbers: 5_000 });
    sales = await newAssistant(service, team);
  });
  afterAll(async () => {
    if (other !== service) await other.stop();
    await service.stop();
  });

  const idsIn = (numbers: { id: string }[]) => numbers.map(({ id }) => id).sort();
  const get = (assistantId: string, { token } = team) =>
    call(service, 'GET', `/api/assistants/${assistantId}/telephony/phone-numbers`, { token });
  const assistantOf = async (id: string) => (await recordOf(service, id)).assistantId;
  const happened = async (id: string) =>
    (await eventsOf(service, id)).map(({ type, before, after }) => ({ type, before, after }));

  /** A refusal with issues: their paths and codes. */
  function expectIssues(answer: Answer, status: number, code: string, issues: Record<string, string>) {
    const { issues: found, ...rest } = answer.body;
    expectRefusal({ ...answer, body: rest }, status, code);
    expect(
      Object.fromEntries(found.map((issue: { path: string; code: string }) => [issue.path, issue.code])),
    ).toEqual(issues);
    for (const { message } of found) expect(message).toMatch(/\S \S/);
    expect(rest.error).toContain('Nothing was changed.');
  }

  it('adds numbers, by id and by digits, and says so in an event each', async () => {
    const [one, two, three] = await addNumbers(service, team, 3);
    const digits = (await recordOf(service, two as string)).phoneNumber;
    const answer = await assign(service, team, sales, [one, digits]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ success: true, assistant_id: sales, count: 2 });
    expect(idsIn(answer.body.numbers)).toEqual([one, two].sort());
    expect(answer.body.numbers[0]).toEqual({
      id: expect.stringMatching(/^pn_/),
      phone_number: expect.stringMatching(/^\+1305/),
      status: 'active',
      label: null,
      assistant_id: sales,
      assistant_name: 'Sales',
      routing_status: 'in_sync',
    });
    expect(await happened(one as string)).toEqual([
      { type: 'phone_number.assigned', before: { assistant_id: null }, after: { assistant_id: sales } },
    ]);
    // What it has already stays, without another event.
    const again = await assign(service, team, sales, [one, three]);
    expect(idsIn(again.body.numbers)).toEqual([one, two, three].sort());
    expect(await happened(one as string)).toHaveLength(1);
    expect((await list(service, team)).body.numbers[0]).not.toHaveProperty('routing_status');
  });

  it('replaces the whole set, of the mode of the caller', async () => {
    const [one, two, three] = await addNumbers(service, team, 3, {});
    const inTest = await addNumber(service, team, { mode: 'test', assistantId: sales });
    await assign(service, team, sales, [one, two]);
    const answer = await assign(service, team, sales, [two, three], { method: 'PATCH' });
    expect(idsIn(answer.body.numbers)).toEqual([two, three].sort());
    expect(await assistantOf(one as string)).toBeNull();
    expect((await happened(one as string)).at(-1)).toEqual({
      type: 'phone_number.unassigned',
      before: { assistant_id: sales },
      after: { assistant_id: null },
    });
    expect(await happened(two as string)).toHaveLength(1);
    expect((await assign(service, team, sales, [], { method: 'PATCH' })).body).toMatchObject({ count: 0 });
    expect(await assistantOf(inTest)).toBe(sales);
  });

  it('lists what an assistant has, what is free, and what all have', async () => {
    const free = await addNumber(service, team);
    const mine = await addNumber(service, team, { assistantId: sales, label: 'Front desk' });
    const resting = await addNumber(service, team, { assistantId: sales, status: 'suspended' });
    const support = await newAssistant(service, team, { name: 'Support' });
    const theirs = await addNumber(service, team, { assistantId: support });
    await addNumber(service, team, { status: 'suspended' });
    await addNumber(service, team, { status: 'releasing' });
    await addNumber(service, team, { mode: 'test' });
    await addNumber(service, await newTeam(service));
    const answer = await get(sales);
    expect(idsIn(answer.body.numbers)).toEqual([mine, resting].sort());
    expect(idsIn(answer.body.available)).toEqual([free]);
    expect(answer.body.count).toBe(2);
    const all = await call(service, 'GET', `/api/assistant-phone-numbers?teamId=${team.teamId}`, team);
    expect(idsIn(all.body.numbers)).toEqual([mine, resting, theirs].sort());
    expect(all.body.numbers.find(({ id }: { id: string }) => id === theirs)).toMatchObject({
      assistant_id: support,
      assistant_name: 'Support',
    });
    expect(all.body.count).toBe(3);
  });

  describe('changes nothing where one number does not fit', () => {
    it.each<PhoneNumberStatus>(['purchasing', 'releasing', 'error', 'released'])(
      'because it is %s',
      async (status) => {
        const good = await addNumber(service, team);
        const bad = await addNumber(service, team, { status });
        for (const method of ['POST', 'PATCH'] as const) {
          const answer = await assign(service, team, sales, [good, bad], { method });
          expectIssues(answer, 409, 'not_assignable', { 'phoneNumberIds.1': 'not_assignable' });
          expect(answer.body.issues[0].message).toContain(` is ${status};`);
        }
        expect(await assistantOf(good)).toBeNull();
        expect(await happened(good)).toEqual([]);
      },
    );

    it("because it is another team's, of the other mode, or nobody's", async () => {
      const good = await addNumber(service, team);
      const foreign = await addNumber(service, await newTeam(service));
      const foreignDigits = (await recordOf(service, foreign)).phoneNumber;
      const inTest = await addNumber(service, team, { mode: 'test' });
      for (const bad of [
        foreign,
        foreignDigits,
        inTest,
        'pn_01jzzzzzzzzzzzzzzzzzzzzzzz',
        '+14155559999',
        '%',
      ]) {
        expectIssues(await assign(service, team, sales, [good, bad]), 404, 'not_found', {
          'phoneNumberIds.1': 'not_found',
        });
      }
      expect(await assistantOf(good)).toBeNull();
      expect(await assistantOf(foreign)).toBeNull();
    });

    it('because it is named twice, by whatever name', async () => {
      const [good, twice] = await addNumbers(service, team, 2);
      const { phoneNumber } = await recordOf(service, twice as string);
      expectIssues(await assign(service, team, sales, [good, twice, phoneNumber]), 400, 'invalid_request', {
        'phoneNumberIds.2': 'invalid_request',
      });
      expectIssues(await assign(service, team, sales, ['nobody', 'nobody']), 400, 'invalid_request', {
        'phoneNumberIds.0': 'not_found',
        'phoneNumberIds.1': 'invalid_request',
      });
      expect(await assistantOf(good as string)).toBeNull();
    });

    it('because another assistant has it, and says which; reassign moves it', async () => {
      const support = await newAssistant(service, team, { name: 'Support' });
      const [free, taken] = await addNumbers(service, team, 2);
      await assign(service, team, support, [taken]);
      for (const method of ['POST', 'PATCH'] as const) {
        const answer = await assign(service, team, sales, [free, taken], { method });
        expectIssues(answer, 409, 'already_assigned', { 'phoneNumberIds.1': 'already_assigned' });
        expect(answer.body.issues[0].assistant).toEqual({ id: support, name: 'Support' });
        expect(answer.body.error).toContain('Support');
      }
      expect(await assistantOf(taken as string)).toBe(support);
      const moved = await assign(service, team, sales, [free, taken], { reassign: true });
      expect(moved.body.count).toBe(2);
      expect((await happened(taken as string)).at(-1)).toEqual({
        type: 'phone_number.assigned',
        before: { assistant_id: support },
        after: { assistant_id: sales },
      });
      expect((await get(support)).body.count).toBe(0);
    });

    it('and answers with the gravest of several reasons', async () => {
      const support = await newAssistant(service, team);
      const gone = await addNumber(service, team, { status: 'released' });
      const taken = await addNumber(service, team, { assistantId: support });
      const steps: [string[], number, string][] = [
        [[taken, gone], 409, 'not_assignable'],
        [[taken, gone, 'nobody'], 404, 'not_found'],
        [[taken, gone, 'nobody', taken], 400, 'invalid_request'],
      ];
      for (const [ids, status, code] of steps) {
        const answer = await assign(service, team, sales, ids);
        expect([answer.status, answer.body.code, answer.body.issues.length]).toEqual([
          status,
          code,
          ids.length,
        ]);
      }
    });

    it.each([
      ['no list', undefined],
      ['null', null],
      ['one id', 'pn_1'],
      ['an empty id', ['']],
      ['a long id', ['x'.repeat(65)]],
      ['a number', [1]],
      ['U+0000', ['\0']],
    ])('because the list is %s', async (_what, ids) => {
      for (const method of ['POST', 'PATCH'] as const) {
        const answer = await assign(service, team, sales, ids, { method });
        expect(answer.status).toBe(400);
        expect(answer.body.issues[0].path).toMatch(/^phoneNumberIds/);
      }
    });

    it('because there are none to add, or more than a thousand', async () => {
      expectInvalid(await assign(service, team, sales, []), 'phoneNumberIds', /1 to 1000/);
      const many = Array.from({ length: 1_001 }, (_, index) => `pn_${index}`);
      for (const method of ['POST', 'PATCH'] as const) {
        const answer = await assign(service, team, sales, many, { method });
        expectInvalid(answer, 'phoneNumberIds', /1000 numbers/);
      }
      // A thousand strangers are a thousand answers.
      const strangers = await assign(service, team, sales, many.slice(1));
      expect(strangers.status).toBe(404);
      expect(strangers.body.issues).toHaveLength(1_000);
    });
  });

  it('moves a thousand numbers at once, in few statements', async () => {
    const ids = await addNumbers(service, team, 1_000);
    const wired = await newAssistant(service, team, { connectionId: '42' });
    const before = { jobs: await jobs(), events: await eventCount() };
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    const added = await assign(service, team, wired, ids);
    // What the jobs and the queue's upkeep send meanwhile counts too. The embedded database has a driver of its own.
    expect(statements.mock.calls.length).toBeLessThan(500);
    statements.mockRestore();
    expect(added.body).toMatchObject({ count: 1_000 });
    expect((await jobs()) - before.jobs).toBe(1_000);
    const replaced = await assign(service, team, wired, ids.slice(0, 999), { method: 'PATCH' });
    expect(replaced.body.count).toBe(999);
    expect((await eventCount()) - before.events).toBe(1_001);
    expect((await assign(service, team, wired, [], { method: 'PATCH' })).body.count).toBe(0);
    expect((await eventCount()) - before.events).toBe(2_000);
  });

  it('tells the webhooks that want to know of every number, and no other', async () => {
    const ids = await addNumbers(service, team, 30);
    const endpoints: string[] = [];
    for (const types of [['phone_number.assigned'], ['phone_number.unassigned']]) {
      const body = { teamId: team.teamId, url: 'https://93.184.215.14/', types };
      const created = await call(service, 'POST', '/api/webhook-endpoints', { token: team.token, body });
      expect(created.status).toBe(201);
      endpoints.push(created.body.endpoint.id);
    }
    expect((await assign(service, team, sales, ids)).status).toBe(200);
    const { db } = service.app.context;
    const told = await db
      .select({ endpointId: webhookDeliveries.endpointId, subject: webhookDeliveries.subject })
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.teamId, team.teamId))
      .orderBy(asc(webhookDeliveries.id));
    expect(told).toEqual(ids.map((subject) => ({ endpointId: endpoints[0], subject })));
  });

  const eventCount = () => service.app.context.db.$count(events, eq(events.teamId, team.teamId));

  const jobs = async () => {
    const { db } = service.app.context;
    const found = (await db.execute(
      `select count(*)::int as count from pgboss.job where name = 'sync-connection'`,
    )) as unknown as { rows: [{ count: number }] };
    return found.rows[0].count;
  };

  it('asks the carrier only where the wanted connection changes', async () => {
    const wired = await newAssistant(service, team, { connectionId: '42' });
    const [own, none, same] = await Promise.all([
      addNumber(service, team, { connectionId: '7' }),
      addNumber(service, team),
      addNumber(service, team, { connectionId: '42' }),
    ]);
    await assign(service, team, sales, [own, none, same]);
    for (const id of [own, none, same])
      expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'in_sync' });
    await assign(service, team, wired, [own, none, same], { reassign: true });
    const states = async () =>
      Promise.all([own, none, same].map(async (id) => (await recordOf(service, id)).routingStatus));
    expect(await states()).toEqual(['pending', 'pending', 'in_sync']);
    // Wanted by nobody any more: nothing to wait for.
    await assign(service, team, wired, [], { method: 'PATCH' });
    expect(await states()).toEqual(['pending', 'in_sync', 'in_sync']);
    const details = await call(service, 'GET', `/api/phone-numbers/${own}`, team);
    expect(details.body.phoneNumber.routing_status).toBe('pending');
  });

  it('asks the carrier again for what it had refused, without an event', async () => {
    const wired = await newAssistant(service, team, { connectionId: '42' });
    const id = await addNumber(service, team, { assistantId: wired, routingStatus: 'failed' });
    const answer = await assign(service, team, wired, [id]);
    expect(answer.body.numbers[0].routing_status).toBe('pending');
    expect(await happened(id)).toEqual([]);
    await service.app.context.db
      .update(phoneNumbers)
      .set({ routingStatus: 'failed' })
      .where(eq(phoneNumbers.id, id));
    const body = { connectionId: '42' };
    await call(service, 'PATCH', `/api/assistants/${wired}`, { token: team.token, body });
    expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'pending' });
  });

  it('ends with a release, which says what the number was for; a restored one is free', async () => {
    const id = await addNumber(service, team, { carrierNumberId: '1' });
    await assign(service, team, sales, [id]);
    const made = await call(service, 'POST', '/api/crm/campaigns', {
      token: team.token,
      body: { name: 'Run', assistantId: sales, fromNumbers: [{ phoneNumberId: id }] },
    });
    await call(service, 'DELETE', `/api/phone-numbers/${id}`, team);
    const release = await eventsOf(service, id);
    expect(release.map(({ type }) => type)).toEqual([
      'phone_number.assigned',
      'phone_number.unassigned',
      'phone_number.release_started',
    ]);
    expect(release[2]?.data).toMatchObject({
      assistant_id: sales,
      campaign_ids: [made.body.campaign.id],
    });
    const after = await call(service, 'GET', `/api/crm/campaigns/${made.body.campaign.id}`, team);
    expect(after.body.campaign).toMatchObject({ phone_number_count: 0, from_numbers: [] });
    await call(service, 'POST', `/api/phone-numbers/${id}/restore`, team);
    expect(await recordOf(service, id)).toMatchObject({ status: 'active', assistantId: null });
    expect(idsIn((await get(sales)).body.available)).toEqual([id]);
  });

  it('needs the scope of assistants, also for numbers', async () => {
    const id = await addNumber(service, team);
    const reader = await newKey(service, team.teamId, { scopes: ['assistants:read', 'numbers:*'] });
    expectRefusal(await assign(service, reader, sales, [id]), 403, 'forbidden');
    expect((await get(sales, { ...team, ...reader })).status).toBe(200);
    const writer = await newKey(service, team.teamId, { scopes: ['assistants:write'] });
    expect((await assign(service, writer, sales, [id])).status).toBe(200);
  });

  describe('at once', () => {
    it('gives one number to one of two assistants', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await addNumber(service, team);
        const rivals = [await newAssistant(service, team), await newAssistant(service, team)];
        const answers = await Promise.all([
          assign(service, team, rivals[0] as string, [id]),
          assign(other, team, rivals[1] as string, [id]),
        ]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        const winner = answers.findIndex(({ status }) => status === 200);
        expect(answers[1 - winner]?.body).toMatchObject({
          code: 'already_assigned',
          issues: [{ assistant: { id: rivals[winner] } }],
        });
        expect(await assistantOf(id)).toBe(rivals[winner]);
        expect(await happened(id)).toHaveLength(1);
      }
    });

    it('never leaves an assistant to a number that is being released', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await addNumber(service, team, { carrierNumberId: '1' });
        const [assigned, released] = await Promise.all([
          assign(service, team, sales, [id], { method: 'PATCH' }),
          call(other, 'DELETE', `/api/phone-numbers/${id}`, team),
        ]);
        expect(released.status).toBe(200);
        expect([200, 409]).toContain(assigned.status);
        if (assigned.status === 409) expect(assigned.body.code).toBe('not_assignable');
        expect(await recordOf(service, id)).toMatchObject({ status: 'releasing', assistantId: null });
        const types = (await happened(id)).map(({ type }) => type);
        expect(types).toEqual(
          assigned.status === 200
            ? ['phone_number.assigned', 'phone_number.unassigned', 'phone_number.release_started']
            : ['phone_number.release_started'],
        );
      }
    });

    it('loses no number where an assistant is deleted meanwhile', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await addNumber(service, team);
        const doomed = await newAssistant(service, team);
        const [assigned, deleted] = await Promise.all([
          assign(service, team, doomed, [id]),
          call(other, 'DELETE', `/api/assistants/${doomed}`, team),
        ]);
        expect([assigned.status, deleted.status]).toEqual(deleted.status === 200 ? [404, 200] : [200, 409]);
        expect(await assistantOf(id)).toBe(deleted.status === 200 ? null : doomed);
      }
    });
  });
});
