import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changeStatus, lockNumber } from '../../src/db/phone-numbers.ts';
import { assistants, events, phoneNumbers } from '../../src/db/schema.ts';
import { giveNumberBack } from '../../src/usecases/give-number-back.ts';
import { resumeReleases } from '../../src/usecases/resume-releases.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  buy,
  call,
  list,
  newKey,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { untilItWaits } from '../support/waiting.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(DATABASE_KINDS)('releasing and restoring on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    // Generous in real time, for a machine with much to do; the clock of the tests waits in no time.
    service = await startService({ kind, environment: { PURCHASE_WAIT_MS: '20000' } });
  });
  afterEach(() => service.sim.faults.clear());
  afterAll(() => service.stop());

  const path = (id: string, rest = '') => `/api/phone-numbers/${encodeURIComponent(id)}${rest}`;
  const get = ({ token }: TeamWithKey, id: string) => call(service, 'GET', path(id), { token });
  const release = ({ token }: TeamWithKey, id: string, query = '') =>
    call(service, 'DELETE', path(id, query), { token });
  const restore = ({ token }: TeamWithKey, id: string) =>
    call(service, 'POST', path(id, '/restore'), { token });
  const patch = ({ token }: TeamWithKey, id: string, body: object) =>
    call(service, 'PATCH', path(id), { token, body });
  const bought = async (team: TeamWithKey, number: string): Promise<string> => {
    const answer = await buy(service, team, number);
    expect(answer.status).toBe(200);
    return answer.body.phoneNumber.id;
  };
  const eventsOf = async (id: string) => {
    const rows = await service.app.context.db
      .select()
      .from(events)
      .where(eq(events.subject, id))
      .orderBy(events.id);
    return rows.map(({ type }) => type);
  };
  const releasesOf = async (phoneNumber: string) =>
    (await service.sim.ledger({ phoneNumber })).data.filter(({ action }) => action === 'release').length;

  it('answers everything about a number, by id and in E.164 form', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553001');
    const answer = await get(team, id);
    expect(answer).toMatchObject({
      status: 200,
      body: { success: true, phoneNumber: { id, status: 'active', label: null } },
    });
    expect(answer.body.phoneNumber).toMatchObject({
      deletion_lock: false,
      monthly_price: '1.00',
      mode: 'live',
    });
    expect((await get(team, '+14155553001')).body).toEqual(answer.body);
  });

  it('hides the numbers of other teams and of the other mode', async () => {
    const [owner, stranger] = [await newTeam(service), await newTeam(service)];
    const id = await bought(owner, '+14155553002');
    const otherMode = { ...owner, ...(await newKey(service, owner.teamId, { mode: 'test' })) };
    for (const team of [stranger, otherMode]) {
      for (const name of [id, '+14155553002']) {
        for (const answer of [
          await get(team, name),
          await patch(team, name, { label: 'mine' }),
          await release(team, name),
          await restore(team, name),
        ]) {
          expect(answer).toMatchObject({ status: 404, body: { success: false, code: 'not_found' } });
        }
      }
    }
    expect((await get(owner, id)).body.phoneNumber).toMatchObject({ status: 'active', label: null });
  });

  it('names a number and locks it against release', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553003');
    const changed = await patch(team, id, { label: 'Reception', deletionLock: true });
    expect(changed).toMatchObject({
      status: 200,
      body: { phoneNumber: { label: 'Reception', deletion_lock: true } },
    });
    expect(await release(team, id)).toMatchObject({ status: 409, body: { code: 'deletion_locked' } });
    expect((await get(team, id)).body.phoneNumber.status).toBe('active');
    await patch(team, id, { deletionLock: false, label: null });
    expect((await release(team, id)).status).toBe(200);
    expect(await eventsOf(id)).toEqual([
      'phone_number.purchase_started',
      'phone_number.purchased',
      'phone_number.updated',
      'phone_number.updated',
      'phone_number.release_started',
    ]);
  });

  it.each([
    {},
    { label: '' },
    { label: 'x'.repeat(101) },
    { label: 1 },
    { deletionLock: 'true' },
    { status: 'active' },
    null,
  ])('refuses the change %j', async (body) => {
    const team = await newTeam(service);
    expect((await patch(team, 'pn_any', body as object)).status).toBe(400);
  });

  it('keeps a released number for seven days and then gives it back', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553004');
    const { db } = service.app.context;
    const assistantId = service.app.context.newId('asst');
    await db.insert(assistants).values({
      id: assistantId,
      teamId: team.teamId,
      name: 'Sales',
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    await db.update(phoneNumbers).set({ assistantId }).where(eq(phoneNumbers.id, id));

    const first = await release(team, id);
    expect(first).toMatchObject({
      status: 200,
      body: { phoneNumber: { status: 'releasing', assistant_id: null } },
    });
    expect(first.body.phoneNumber.release_at).toBe(
      new Date(service.clock.now().getTime() + 7 * DAY_MS).toISOString().replace('.000Z', 'Z'),
    );
    expect((await release(team, id)).body).toEqual(first.body);
    expect((await list(service, team)).body.numbers[0].status).toBe('releasing');

    await giveNumberBack(service.app.context, id);
    expect(await releasesOf('+14155553004')).toBe(0);
    service.clock.advance(7 * DAY_MS);
    await giveNumberBack(service.app.context, id);
    expect(await releasesOf('+14155553004')).toBe(1);
    expect((await get(team, id)).body.phoneNumber).toMatchObject({ status: 'released', release_at: null });
    expect((await list(service, team)).body.count).toBe(0);
    expect(await restore(team, id)).toMatchObject({ status: 409, body: { code: 'already_released' } });
    const again = await release(team, id);
    expect(again).toMatchObject({ status: 200, body: { phoneNumber: { status: 'released' } } });
  });

  it('gives a number back at once where that is asked for, also out of the grace', async () => {
    const team = await newTeam(service);
    const [now, later] = [await bought(team, '+14155553005'), await bought(team, '+14155553006')];
    expect((await release(team, now, '?immediately=true')).body.phoneNumber.status).toBe('released');
    await release(team, later);
    expect((await release(team, later, '?immediately=true')).body.phoneNumber.status).toBe('released');
    expect([await releasesOf('+14155553005'), await releasesOf('+14155553006')]).toEqual([1, 1]);
    // The number is for sale again.
    expect((await buy(service, team, '+14155553005')).status).toBe(200);
  });

  it('frees the slot at once, and wants one for the way back', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    const id = await bought(team, '+14155553007');
    await release(team, id);
    expect(await restore(team, id)).toMatchObject({
      status: 200,
      body: { phoneNumber: { status: 'active', release_at: null } },
    });
    expect((await restore(team, id)).status).toBe(200);
    await release(team, id);
    await bought(team, '+14155553008');
    expect(await restore(team, id)).toMatchObject({
      status: 403,
      body: { code: 'plan_limit_reached', eligibility: { currentCount: 1, maxAllowed: 1 } },
    });
    service.clock.advance(8 * DAY_MS);
    await giveNumberBack(service.app.context, id);
    expect(await releasesOf('+14155553007')).toBe(1);
  });

  it('leaves a restored number alone when the job of its release comes', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553009');
    await release(team, id);
    await restore(team, id);
    service.clock.advance(8 * DAY_MS);
    await giveNumberBack(service.app.context, id);
    expect(await releasesOf('+14155553009')).toBe(0);
    expect((await get(team, id)).body.phoneNumber.status).toBe('active');
  });

  it('keeps no more numbers in grace than the plan has, and lets the oldest go first', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 2 });
    const ids: string[] = [];
    for (const line of ['3010', '3011', '3012']) {
      const id = await bought(team, `+1415555${line}`);
      ids.push(id);
      await release(team, id);
      service.clock.advance(1000);
    }
    for (const id of ids) await giveNumberBack(service.app.context, id);
    const statuses = await Promise.all(ids.map(async (id) => (await get(team, id)).body.phoneNumber.status));
    expect(statuses).toEqual(['released', 'releasing', 'releasing']);
  });

  it('refuses to release what is being bought, and dismisses what failed', async () => {
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'pending', ms: 60_000 });
    const pending = (await buy(service, team, '+14155553013')).body.phoneNumber.id;
    expect(await release(team, pending)).toMatchObject({
      status: 409,
      body: { code: 'purchase_in_progress' },
    });
    const failed = await buy(service, team, '+14155550902');
    expect(failed.status).toBe(502);
    expect(await release(team, '+14155550902')).toMatchObject({
      status: 200,
      body: { phoneNumber: { status: 'released' } },
    });
    expect(
      (await list(service, team)).body.numbers.map((n: { phone_number: string }) => n.phone_number),
    ).toEqual(['+14155553013']);
  });

  it('says of what is being bought and of what failed that there is nothing to restore', async () => {
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'pending', ms: 60_000 });
    const pending = (await buy(service, team, '+14155553015')).body.phoneNumber.id;
    const early = await restore(team, pending);
    expect(early).toMatchObject({ status: 409, body: { code: 'purchase_in_progress' } });
    expect(early.body.error).toContain('Wait until it is active');
    service.sim.faults.clear();
    expect((await buy(service, team, '+14155550902')).status).toBe(502);
    const failed = await restore(team, '+14155550902');
    expect(failed).toMatchObject({ status: 409, body: { code: 'already_released' } });
    expect(failed.body.error).toMatch(/^The purchase of \+14155550902 failed.*Search/);
  });

  it.each([
    ['refuses for now', '+14155550922', 1],
    ['does it and loses the answer', '+14155550921', 1],
  ])('asks again where the carrier %s', async (_what, number, releases) => {
    const team = await newTeam(service);
    const id = await bought(team, number);
    const first = await release(team, id, '?immediately=true');
    expect(first.body.phoneNumber.status).toBe('releasing');
    expect(await restore(team, id)).toMatchObject({ status: 409, body: { code: 'already_released' } });
    service.clock.advance(10_000);
    await giveNumberBack(service.app.context, id);
    expect((await get(team, id)).body.phoneNumber.status).toBe('released');
    expect(await releasesOf(number)).toBe(releases);
  });

  it('never forgets a number that the carrier will not take, and shows it to the operator after a day', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155550914');
    const attention = () => call(service, 'GET', '/api/operator/attention', { token: OPERATOR_TOKEN });
    const mine = async () => (await attention()).body.items.filter((item: { id: string }) => item.id === id);
    await release(team, id, '?immediately=true');
    for (let hour = 0; hour < 23; hour += 1) {
      service.clock.advance(DAY_MS / 24);
      await resumeReleases(service.app.context);
      await giveNumberBack(service.app.context, id);
    }
    expect(await mine()).toEqual([]);
    service.clock.advance(DAY_MS / 12);
    expect(await mine()).toEqual([
      expect.objectContaining({
        kind: 'release',
        phone_number: '+14155550914',
        monthly_price: '1.00',
        team_id: team.teamId,
      }),
    ]);
    expect(Number((await attention()).body.monthly_cost)).toBeGreaterThanOrEqual(1);
    expect((await get(team, id)).body.phoneNumber.status).toBe('releasing');
  });

  it('lets one of a restore and the give-back win', async () => {
    const team = await newTeam(service);
    for (let round = 0; round < 8; round += 1) {
      const number = `+141555532${String(round).padStart(2, '0')}`;
      const id = await bought(team, number);
      await release(team, id);
      service.clock.advance(7 * DAY_MS);
      const [restored] = await Promise.all([restore(team, id), giveNumberBack(service.app.context, id)]);
      const { status } = (await get(team, id)).body.phoneNumber;
      expect([restored.status, status, await releasesOf(number)]).toEqual(
        restored.status === 200 ? [200, 'active', 0] : [409, 'released', 1],
      );
      await release(team, id, '?immediately=true');
    }
  });

  it('has the intent written down before the carrier is asked to take a number back', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553928');
    await release(team, id);
    service.clock.advance(7 * DAY_MS);
    const { carriers, db } = service.app.context;
    const { live } = carriers;
    if (!live) throw new Error('live mode is off');
    const answers: unknown[] = [];
    carriers.live = {
      ...live,
      releaseNumber: async (carrierNumberId) => {
        const [row] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
        answers.push(row?.givingBackAt, (await restore(team, id)).body.code);
        return live.releaseNumber(carrierNumberId);
      },
    };
    await giveNumberBack(service.app.context, id).finally(() => {
      carriers.live = live;
    });
    expect(answers).toEqual([service.clock.now(), 'already_released']);
    expect((await get(team, id)).body.phoneNumber.status).toBe('released');
  });

  if (kind === 'postgres')
    it('leaves a number alone that is just being restored', async () => {
      const team = await newTeam(service);
      const id = await bought(team, '+14155553929');
      await release(team, id);
      service.clock.advance(7 * DAY_MS);
      const { context } = service.app;
      let giving: Promise<void> | undefined;
      await context.db.transaction(async (tx) => {
        await lockNumber(tx, id);
        // It has seen a number that is due, and wants its row.
        giving = giveNumberBack(context, id);
        await untilItWaits(service, giving);
        const restored = { releaseAt: null, updatedAt: context.clock.now() };
        await changeStatus(tx, { id, status: 'releasing' }, 'active', restored);
      });
      await giving;
      expect((await get(team, id)).body.phoneNumber.status).toBe('active');
      expect(await releasesOf('+14155553929')).toBe(0);
    });

  it('writes an event for every change of state', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553014');
    await release(team, id);
    await restore(team, id);
    await release(team, id, '?immediately=true');
    expect(await eventsOf(id)).toEqual([
      'phone_number.purchase_started',
      'phone_number.purchased',
      'phone_number.release_started',
      'phone_number.restored',
      'phone_number.release_started',
      'phone_number.released',
    ]);
    const { db } = service.app.context;
    const [byKey] = await db
      .select()
      .from(events)
      .where(and(eq(events.subject, id), eq(events.type, 'phone_number.restored')));
    expect(byKey).toMatchObject({ actorType: 'key', actorId: team.keyId, teamId: team.teamId });
  });

  it('takes a release from a client that names a content type and sends no body', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553925');
    const headers = { 'content-type': 'application/json' };
    expect((await call(service, 'DELETE', path(id), { token: team.token, headers })).status).toBe(200);
    expect((await call(service, 'POST', path(id, '/restore'), { token: team.token, headers })).status).toBe(
      200,
    );
  });

  it('keeps what it cannot give back for a later try, where the server has no carrier for it', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553926');
    const { carriers } = service.app.context;
    const { live } = carriers;
    carriers.live = null;
    const answer = await release(team, id, '?immediately=true').finally(() => {
      carriers.live = live;
    });
    expect(answer).toMatchObject({ status: 200, body: { phoneNumber: { status: 'releasing' } } });
    expect((await restore(team, id)).status).toBe(200);
  });

  it('holds to a lock that was set during the grace', async () => {
    const team = await newTeam(service);
    const id = await bought(team, '+14155553927');
    await release(team, id);
    await patch(team, id, { deletionLock: true });
    expect(await release(team, id, '?immediately=true')).toMatchObject({
      status: 409,
      body: { code: 'deletion_locked' },
    });
    expect((await release(team, id)).body.phoneNumber.status).toBe('releasing');
  });
});
