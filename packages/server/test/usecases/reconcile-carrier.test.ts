import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Carrier, CarrierNumber } from '../../src/carriers/carrier.ts';
import { lockNumber, updateNumber } from '../../src/db/phone-numbers.ts';
import type { ReconciliationReport } from '../../src/db/reconciliation.ts';
import {
  assistants,
  events,
  numberOrders,
  phoneNumbers,
  reconciliationClaims,
  reconciliationReports,
} from '../../src/db/schema.ts';
import { lockTeam } from '../../src/db/teams.ts';
import type { PhoneNumberStatus } from '../../src/domain/phone-number.ts';
import type { Context } from '../../src/usecases/context.ts';
import { lastReports, reconcileByTheClock, reconcileCarrier } from '../../src/usecases/reconcile-carrier.ts';
import { settleLater } from '../../src/usecases/settle-later.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { buy, call, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What changed here longer ago than this is judged. */
const QUIET_MS = 10 * MINUTE_MS;

const CONNECTION = '1293384261075731499';
const OTHER_CONNECTION = '1293384261075731500';

describe.each(DATABASE_KINDS)('reconciliation on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let context: Context;
  let carrier: Carrier;

  beforeAll(async () => {
    // By the clock of the tests; in real time it is the most that a purchase may take on a busy machine.
    service = await startService({ kind, environment: { PURCHASE_WAIT_MS: '20000' } });
    team = await newTeam(service, { plan: 'enterprise', maxNumbers: 100 });
    context = service.app.context;
    if (!context.carriers.live) throw new Error('live mode is off');
    carrier = context.carriers.live;
  });
  afterEach(async () => {
    await service.sim.reset();
    const { db } = context;
    for (const table of [numberOrders, phoneNumbers, reconciliationClaims, reconciliationReports])
      await db.delete(table);
    jobs = [];
  });
  afterAll(() => service.stop());

  /** The jobs that runs have left, by what they are told. */
  let jobs: unknown[] = [];
  const queue: Context['queue'] = {
    enqueue(tx, name, data, startAt) {
      jobs.push({ name, data, startAt });
      return context.queue.enqueue(tx, name, data, startAt);
    },
    enqueueAll(tx, name, data) {
      jobs.push(...data.map((each) => ({ name, data: each, startAt: undefined })));
      return context.queue.enqueueAll(tx, name, data);
    },
  };
  const settleJob = (orderId: string) => ({ name: 'settle-purchase', data: { orderId }, startAt: undefined });
  const runAll = (apply: boolean, over: Partial<Carrier> = {}) =>
    reconcileCarrier(
      { ...context, queue, carriers: { ...context.carriers, live: { ...carrier, ...over } } },
      { apply },
    );
  const run = async (apply: boolean, over: Partial<Carrier> = {}): Promise<ReconciliationReport> => {
    const report = (await runAll(apply, over)).find(({ mode }) => mode === 'live');
    if (!report) throw new Error('no report of live mode');
    return report;
  };
  const findings = async (over: Partial<Carrier> = {}) => (await run(false, over)).findings;

  /** A number bought long enough ago to be judged. */
  const bought = async (phoneNumber: string, body: object = {}) => {
    const answer = await buy(service, team, phoneNumber, { body });
    expect(answer.status).toBe(200);
    service.clock.advance(QUIET_MS + 1);
    const order = await orderOf(phoneNumber);
    const held = await carrier.findNumber(phoneNumber);
    if (!held) throw new Error(`${phoneNumber} is not held`);
    return { id: order.phoneNumberId, orderId: order.id, carrierNumberId: held.carrierNumberId, phoneNumber };
  };
  const orderOf = async (phoneNumber: string) => {
    const rows = await context.db
      .select()
      .from(numberOrders)
      .where(eq(numberOrders.phoneNumber, phoneNumber));
    if (!rows[0]) throw new Error(`no order for ${phoneNumber}`);
    return rows[0];
  };
  const recordOf = async (id: string) => {
    const [row] = await context.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
    return row;
  };
  const setStatus = (id: string, status: PhoneNumberStatus, more: object = {}) =>
    context.db
      .update(phoneNumbers)
      .set({ status, ...more })
      .where(eq(phoneNumbers.id, id));
  const setOrder = (id: string, change: object) =>
    context.db.update(numberOrders).set(change).where(eq(numberOrders.id, id));
  const eventsOf = async (subject: string) =>
    (await context.db.select().from(events).where(eq(events.subject, subject)).orderBy(events.id)).map(
      ({ type }) => type,
    );
  const actionsAt = async (phoneNumber: string) =>
    (await service.sim.ledger({ phoneNumber })).data.map(({ action }) => action);
  /** Everything that a dry run must leave alone. */
  const everything = async () =>
    JSON.stringify([
      (await service.sim.ledger()).data,
      await context.db.select().from(phoneNumbers).orderBy(phoneNumbers.id),
      await context.db.select().from(numberOrders).orderBy(numberOrders.id),
      await context.db.select().from(events).orderBy(events.id),
      jobs,
    ]);
  const api = (method: 'POST' | 'DELETE', path: string) =>
    call(service, method, `/api/phone-numbers/${path}`, { token: team.token });

  /** The order has failed here, and the carrier delivered all the same. */
  const orphan = async (phoneNumber: string, state: 'failed' | 'lost' = 'failed') => {
    const number = await bought(phoneNumber);
    await setOrder(number.orderId, { state, failureCode: 'order_lost' });
    await setStatus(number.id, 'error');
    return number;
  };
  const lostThere = async (phoneNumber: string) => {
    const number = await bought(phoneNumber);
    await carrier.releaseNumber(number.carrierNumberId);
    return number;
  };

  it('finds nothing where both sides agree, and keeps the report', async () => {
    await bought('+14155553001');
    await bought('+14155553002', { connectionId: CONNECTION });
    const report = await run(false);
    expect(report).toMatchObject({
      mode: 'live',
      applied: false,
      findings: [],
      summary: {
        numbers_there: 2,
        numbers_here: 2,
        orders_compared: 2,
        findings: 0,
        unconfirmed: 0,
        fixed: 0,
        unknown_monthly_cost: '0.00',
      },
    });
    const reports = await lastReports(context);
    expect(reports.map(({ mode }) => mode)).toEqual(['live', 'test']);
    expect(reports[0]).toEqual(report);
  });

  describe('unknown here', () => {
    it.each(['failed', 'lost'] as const)('gives back what a %s order brought after all', async (state) => {
      const number = await orphan('+14155553003', state);
      const report = await run(false);
      expect(report.findings).toEqual([
        {
          kind: 'unknown_here',
          phone_number: number.phoneNumber,
          phone_number_id: number.id,
          order_id: number.orderId,
          team_id: team.teamId,
          carrier_number_id: number.carrierNumberId,
          monthly_price: '1.00',
          detail: expect.stringContaining('the account holds its number'),
          fix: 'give_back',
        },
      ]);
      expect(report.summary).toMatchObject({ unknown_monthly_cost: '1.00', by_kind: { unknown_here: 1 } });

      const applied = await run(true);
      expect(applied.findings[0]).toMatchObject({ applied: true });
      expect(applied.summary.fixed).toBe(1);
      expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'unwanted' });
      expect(jobs).toEqual([settleJob(number.orderId)]);
      await settleLater(context, number.orderId);
      expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'failed' });
      expect(await actionsAt(number.phoneNumber)).toEqual(['order', 'release']);
      service.clock.advance(QUIET_MS + 1);
      // The carrier's order has still succeeded, and that is no finding.
      expect(await findings()).toEqual([]);
    });

    it('gives back what was released here and stayed there', async () => {
      const number = await bought('+14155553004');
      await setStatus(number.id, 'released', {
        givingBackAt: context.clock.now(),
        releasedAt: context.clock.now(),
      });
      expect(await findings()).toMatchObject([
        { kind: 'unknown_here', fix: 'give_back', monthly_price: '1.00', order_id: number.orderId },
      ]);
      expect((await run(true)).findings).toMatchObject([{ applied: true }]);
      expect(await actionsAt(number.phoneNumber)).toEqual(['order', 'release']);
      expect(await eventsOf(number.orderId)).toEqual(['number_order.given_back']);
      expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'completed' });
      expect(await findings()).toEqual([]);
    });

    it('finds by its order a number that the list of numbers has missed', async () => {
      await orphan('+14155553005');
      const nothing: Partial<Carrier> = { listNumbers: () => pages([]) };
      expect(await findings(nothing)).toMatchObject([{ kind: 'unknown_here', fix: 'give_back' }]);
    });

    it('never touches what this service has not bought', async () => {
      const number = await orphan('+14155553006');
      await service.sim.addOwnedNumbers({ count: 2 });
      await service.sim.addOwnedNumbers({ count: 1, customerReference: 'somebody-else' });
      await service.sim.addOwnedNumbers({
        count: 1,
        customerReference: 'ord_01jzzzzzzzzzzzzzzzzzzzzzzz',
      });
      // Our own reference on a number that the order was not for.
      await service.sim.addOwnedNumbers({ count: 1, customerReference: number.orderId });
      const { findings: found, summary } = await run(true);
      expect(found.map(({ fix, applied, monthly_price }) => [fix, applied, monthly_price])).toEqual([
        ['give_back', true, '1.00'],
        ...Array(5).fill(['none', undefined, null]),
      ]);
      expect(summary).toMatchObject({
        numbers_there: 6,
        by_kind: { unknown_here: 6 },
        by_fix: { give_back: 1, none: 5 },
        fixed: 1,
      });
      await settleLater(context, number.orderId);
      expect((await service.sim.ledger()).totals).toMatchObject({ releases: 1, numbers_held: 5 });
    });

    it('takes an order of the other mode for none of its own', async () => {
      const number = await orphan('+14155553008');
      await setOrder(number.orderId, { mode: 'test' });
      await context.db.update(phoneNumbers).set({ mode: 'test' });
      expect((await run(true)).findings).toMatchObject([{ kind: 'unknown_here', fix: 'none' }]);
      expect(await actionsAt(number.phoneNumber)).toEqual(['order']);
    });

    it('reports a fix that the carrier refuses, and goes on', async () => {
      const refused = await bought('+14155550914');
      await setStatus(refused.id, 'released', { givingBackAt: context.clock.now() });
      const number = await bought('+14155553007');
      await setStatus(number.id, 'released', { givingBackAt: context.clock.now() });
      const { findings: found, summary } = await run(true);
      expect(found).toHaveLength(2);
      expect(found.find(({ phone_number }) => phone_number === refused.phoneNumber)).toMatchObject({
        applied: false,
        outcome: 'The carrier refuses to do this to this number.',
      });
      expect(summary.fixed).toBe(1);
      expect(await eventsOf(refused.orderId)).toEqual([]);
      expect(await actionsAt(number.phoneNumber)).toEqual(['order', 'release']);
    });
  });

  describe('gone there', () => {
    it.each([
      ['active', 'phone_number.lost'],
      ['suspended', 'phone_number.lost'],
      ['releasing', 'phone_number.released'],
    ] as const)('releases the record of a number that was %s', async (status, event) => {
      const number = await lostThere('+14155553011');
      const assistantId = `asst_${number.id}`;
      const assistant = {
        id: assistantId,
        teamId: team.teamId,
        name: 'Sales',
        createdAt: context.clock.now(),
        updatedAt: context.clock.now(),
      };
      await context.db.insert(assistants).values(assistant);
      await setStatus(number.id, status, { assistantId, releaseAt: context.clock.now() });
      expect(await findings()).toMatchObject([
        { kind: 'gone_there', fix: 'mark_gone', phone_number_id: number.id, team_id: team.teamId },
      ]);
      expect(await recordOf(number.id)).toMatchObject({ status });

      expect((await run(true)).findings).toMatchObject([{ applied: true }]);
      expect(await recordOf(number.id)).toMatchObject({
        status: 'released',
        assistantId: null,
        releaseAt: null,
        releasedAt: context.clock.now(),
      });
      expect((await eventsOf(number.id)).at(-1)).toBe(event);
      expect(await findings()).toEqual([]);
    });

    it('does not believe one listing', async () => {
      await bought('+14155553012');
      expect(await findings({ listNumbers: () => pages([]) })).toEqual([]);
    });

    it('marks none where so many are missing that the account is likely another', async () => {
      for (let line = 3210; line < 3231; line++) await lostThere(`+1415555${line}`);
      const { findings: found, summary } = await run(true);
      expect(summary).toMatchObject({ by_kind: { gone_there: 21 }, fixed: 0 });
      expect(found[0]).toMatchObject({
        applied: false,
        outcome: expect.stringContaining('21 of 21 numbers are missing'),
      });
    });
  });

  it('points a number back at its connection', async () => {
    const number = await bought('+14155553021', { connectionId: CONNECTION });
    await carrier.setConnection(number.carrierNumberId, OTHER_CONNECTION);
    expect(await findings()).toMatchObject([
      {
        kind: 'wrong_connection',
        fix: 'set_connection',
        detail: `Its calls go to ${OTHER_CONNECTION} instead of ${CONNECTION}.`,
      },
    ]);
    expect((await run(true)).findings).toMatchObject([{ applied: true }]);
    expect(await carrier.findNumber(number.phoneNumber)).toMatchObject({ connectionId: CONNECTION });
    expect(await findings()).toEqual([]);
  });

  it('leaves the connection alone where the record names none', async () => {
    const number = await bought('+14155553022');
    await carrier.setConnection(number.carrierNumberId, OTHER_CONNECTION);
    expect(await findings()).toEqual([]);
  });

  it('settles an order that has been open for more than an hour, and no sooner', async () => {
    service.sim.faults.add({ kind: 'pending', ms: 30 * MINUTE_MS });
    expect((await buy(service, team, '+14155553031')).status).toBe(202);
    const order = await orderOf('+14155553031');
    await setOrder(order.id, { nextStepAt: new Date(context.clock.now().getTime() + 5 * HOUR_MS) });
    service.clock.advance(59 * MINUTE_MS);
    expect(await findings()).toEqual([]);
    service.clock.advance(MINUTE_MS);
    expect(await findings()).toMatchObject([
      { kind: 'order_open_too_long', fix: 'settle', order_id: order.id, monthly_price: '1.00' },
    ]);
    expect(jobs).toEqual([]);
    expect((await run(true)).findings).toMatchObject([{ applied: true }]);
    expect(jobs).toEqual([settleJob(order.id)]);
    await settleLater(context, order.id);
    expect(await recordOf(order.phoneNumberId)).toMatchObject({ status: 'active' });
  });

  it('leaves an order alone that is watched because it got lost', async () => {
    const number = await bought('+14155553032');
    await carrier.releaseNumber(number.carrierNumberId);
    await setOrder(number.orderId, { state: 'lost' });
    await setStatus(number.id, 'error');
    service.clock.advance(HOUR_MS);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['cannot carry calls', { state: 'pending' }],
    ['has another id', { carrierNumberId: '1' }],
  ] as const)('shows a number that %s there, and leaves it to a person', async (_what, difference) => {
    await bought('+14155553041');
    const over: Partial<Carrier> = { listNumbers: () => changed(carrier.listNumbers(), difference) };
    const before = await everything();
    expect((await run(true, over)).findings).toMatchObject([
      { kind: 'state_different', fix: 'none', phone_number: '+14155553041' },
    ]);
    expect(await everything()).toBe(before);
  });

  it('changes nothing in a dry run, and with apply exactly what is safe', async () => {
    const failed = await orphan('+14155553051');
    const released = await bought('+14155553052');
    await setStatus(released.id, 'released', { givingBackAt: context.clock.now() });
    const gone = await lostThere('+14155553053');
    const misdirected = await bought('+14155553054', { connectionId: CONNECTION });
    await carrier.setConnection(misdirected.carrierNumberId, OTHER_CONNECTION);
    service.sim.faults.add({ kind: 'pending', ms: null });
    await buy(service, team, '+14155553055');
    await service.sim.addOwnedNumbers({ count: 1 });
    const good = await bought('+14155553056');
    service.clock.advance(2 * HOUR_MS);

    const before = await everything();
    const dry = await run(false);
    expect(await everything()).toBe(before);
    expect(dry.findings.map(({ kind: found, fix }) => `${found} ${fix}`)).toEqual([
      'unknown_here give_back',
      'unknown_here give_back',
      'gone_there mark_gone',
      'wrong_connection set_connection',
      'order_open_too_long settle',
      'unknown_here none',
    ]);
    expect(dry.findings.some((finding) => 'applied' in finding)).toBe(false);
    expect(dry.summary).toMatchObject({
      numbers_there: 5,
      numbers_here: 3,
      findings: 6,
      by_kind: {
        unknown_here: 3,
        gone_there: 1,
        wrong_connection: 1,
        order_open_too_long: 1,
        state_different: 0,
      },
      unknown_monthly_cost: '2.00',
    });

    const wet = await run(true);
    expect(wet.findings.map(({ applied }) => applied)).toEqual([true, true, true, true, true, undefined]);
    expect(wet.summary.fixed).toBe(5);
    await settleLater(context, failed.orderId);
    expect(await actionsAt(failed.phoneNumber)).toEqual(['order', 'release']);
    expect(await actionsAt(released.phoneNumber)).toEqual(['order', 'release']);
    expect(await recordOf(gone.id)).toMatchObject({ status: 'released' });
    expect(await recordOf(good.id)).toMatchObject({ status: 'active' });
    expect(await actionsAt(good.phoneNumber)).toEqual(['order']);
    // Four are held: two live ones, the foreign one, and none of what went back.
    expect((await service.sim.ledger()).totals).toMatchObject({ releases: 3, numbers_held: 3 });
  });

  describe('while things go on', () => {
    it('leaves a purchase in flight alone, whatever the carrier holds already', async () => {
      // The order succeeds at once, its number shows half a minute later.
      const phoneNumber = '+14155550913';
      const answer = await buy(service, team, phoneNumber, { body: { connectionId: CONNECTION } });
      expect(answer.status).toBe(202);
      service.clock.advance(30_000);
      const order = await orderOf(phoneNumber);
      expect(order.state).toBe('fulfilled');
      expect(await carrier.findNumber(phoneNumber)).toMatchObject({ reference: order.id });
      // Also where its record is missing, as if its transaction were still under way.
      for (const step of ['with its record', 'without']) {
        const { findings: found, summary } = await run(true);
        expect(found, step).toEqual([]);
        expect(summary.numbers_there).toBe(1);
        await context.db.delete(phoneNumbers);
      }
      expect(await actionsAt(phoneNumber)).toEqual(['order']);
    });

    it('judges nothing that changed a moment ago', async () => {
      const number = await bought('+14155553062', { connectionId: CONNECTION });
      await carrier.setConnection(number.carrierNumberId, OTHER_CONNECTION);
      await setStatus(number.id, 'active', { updatedAt: context.clock.now() });
      expect(await findings()).toEqual([]);
      await setOrder(number.orderId, { state: 'failed', updatedAt: context.clock.now() });
      await setStatus(number.id, 'error');
      expect(await findings()).toEqual([]);
      await carrier.releaseNumber(number.carrierNumberId);
      await setStatus(number.id, 'active');
      expect(await findings()).toEqual([]);
      service.clock.advance(QUIET_MS);
      expect(await findings()).toMatchObject([{ kind: 'gone_there' }]);
    });

    it('finds nothing about a number that is released while the lists are read', async () => {
      const number = await bought('+14155553063');
      const { findings: found } = await run(true, {
        listNumbers: () =>
          beforeEvery(carrier.listNumbers(), async () => {
            await api('DELETE', `${number.id}?immediately=true`);
            // A slow run: not even the time since then protects it.
            service.clock.advance(HOUR_MS);
          }),
      });
      expect(found).toEqual([]);
      expect(await recordOf(number.id)).toMatchObject({ status: 'released' });
      expect(await actionsAt(number.phoneNumber)).toEqual(['order', 'release']);
    });

    it('finds nothing about a number that is bought behind the list', async () => {
      const listNumbers = () =>
        after(carrier.listNumbers(), async () => {
          await bought('+14155553064');
          service.clock.advance(HOUR_MS);
        });
      const { findings: found, summary } = await run(true, { listNumbers });
      expect(found).toEqual([]);
      expect(summary).toMatchObject({ numbers_there: 0, numbers_here: 1 });
    });

    it('leaves alone what is no longer so when its turn comes', async () => {
      const gone = await lostThere('+14155553065');
      const number = await bought('+14155553066', { connectionId: CONNECTION });
      await carrier.setConnection(number.carrierNumberId, OTHER_CONNECTION);
      const looks = new Map<string, number>();
      const findNumber = async (phoneNumber: string) => {
        const count = (looks.get(phoneNumber) ?? 0) + 1;
        looks.set(phoneNumber, count);
        // The second look is the one before the fix.
        if (count === 2) await api('DELETE', gone.phoneNumber === phoneNumber ? gone.id : number.id);
        return carrier.findNumber(phoneNumber);
      };
      const { findings: found, summary } = await run(true, { findNumber });
      expect(found.map(({ fix, applied }) => [fix, applied])).toEqual([
        ['mark_gone', false],
        ['set_connection', false],
      ]);
      expect(summary.fixed).toBe(0);
      expect(await recordOf(gone.id)).toMatchObject({ status: 'releasing' });
      expect(await carrier.findNumber(number.phoneNumber)).toMatchObject({ connectionId: OTHER_CONNECTION });
    });

    if (kind === 'postgres')
      it('waits for whoever holds the team, and looks at what they did', async () => {
        const gone = await lostThere('+14155553067');
        let looks = 0;
        let change: Promise<void> | undefined;
        const findNumber = async (phoneNumber: string) => {
          looks += 1;
          if (looks === 2) {
            const locked = Promise.withResolvers<void>();
            change = context.db.transaction(async (tx) => {
              await lockTeam(tx, team.teamId);
              locked.resolve();
              while (!(await somebodyWaits())) await new Promise(setImmediate);
              await lockNumber(tx, gone.id);
              await updateNumber(tx, gone.id, { label: 'Front desk', updatedAt: context.clock.now() });
            });
            await locked.promise;
          }
          return carrier.findNumber(phoneNumber);
        };
        const { findings: found } = await run(true, { findNumber });
        await change;
        expect(found).toMatchObject([{ fix: 'mark_gone', applied: false }]);
        expect(await recordOf(gone.id)).toMatchObject({ status: 'active', label: 'Front desk' });
      });
  });

  const somebodyWaits = async () => {
    const found = await context.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return (found as unknown as { rows: unknown[] }).rows.length > 0;
  };

  it('keeps no report and fixes nothing where the carrier fails in mid-listing', async () => {
    const number = await orphan('+14155553071');
    await service.sim.addOwnedNumbers({ count: 300 });
    const before = await everything();
    const listNumbers = () =>
      afterFirst(carrier.listNumbers(), async () => {
        service.sim.faults.add({ kind: 'error_before', on: 'list_numbers', times: 3 });
      });
    await expect(run(true, { listNumbers })).rejects.toMatchObject({
      code: 'carrier_unavailable',
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(await everything()).toBe(before);
    // The other mode has a carrier of its own, and its report.
    expect((await lastReports(context)).map(({ mode }) => mode)).toEqual(['test']);
    expect(await context.db.select().from(reconciliationClaims)).toEqual([]);
    expect((await run(true)).summary).toMatchObject({ fixed: 1, numbers_there: 301 });
    expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'unwanted' });
  });

  it('refuses a second run while the first is at work', async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const listNumbers = () =>
      after(carrier.listNumbers(), async () => {
        reached.resolve();
        await gate.promise;
      });
    const first = runAll(false, { listNumbers });
    await reached.promise;
    await expect(runAll(false)).rejects.toMatchObject({ code: 'reconciliation_in_progress' });
    gate.resolve();
    await first;
    await expect(runAll(false)).resolves.toHaveLength(2);
  });

  it('takes over from a run that has died, which then stops if it lives after all', async () => {
    const number = await orphan('+14155553081');
    let second: ReconciliationReport | undefined;
    const listNumbers = () =>
      after(carrier.listNumbers(), async () => {
        service.clock.advance(5 * MINUTE_MS);
        second = await run(false);
      });
    await expect(run(true, { listNumbers })).rejects.toMatchObject({ code: 'reconciliation_in_progress' });
    expect(second?.findings).toHaveLength(1);
    expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'failed' });
    expect((await lastReports(context)).find(({ mode }) => mode === 'live')?.id).toBe(second?.id);
  });

  it('holds its claim for as long as it works', async () => {
    await service.sim.addOwnedNumbers({ count: 600 });
    const listNumbers = () =>
      afterEvery(carrier.listNumbers(), async () => {
        service.clock.advance(4 * MINUTE_MS);
        await expect(run(false)).rejects.toMatchObject({ code: 'reconciliation_in_progress' });
      });
    await expect(run(false, { listNumbers })).resolves.toMatchObject({ summary: { numbers_there: 600 } });
  });

  it('lists a thousand findings at most, what can be fixed first, and counts them all', async () => {
    await service.sim.addOwnedNumbers({ count: 1_000 });
    await orphan('+14155553091');
    const { findings: found, summary } = await run(false);
    expect(found).toHaveLength(1_000);
    expect(found[0]).toMatchObject({ fix: 'give_back' });
    expect(summary).toMatchObject({ findings: 1_001, by_kind: { unknown_here: 1_001 } });
  });

  it('keeps the last hundred reports of each mode', async () => {
    const { db, clock } = context;
    const [mine] = await runAll(false);
    if (!mine) throw new Error('no report');
    await db.delete(reconciliationReports);
    const old = (mode: 'live' | 'test', age: number) => ({
      ...mine,
      mode,
      id: `rec_${mode}_${age}`,
      startedAt: new Date(clock.now().getTime() - age * HOUR_MS),
    });
    await db
      .insert(reconciliationReports)
      .values([...Array.from({ length: 100 }, (_, index) => old('live', index + 1)), old('test', 500)]);
    await run(false);
    const ids = (await db.select({ id: reconciliationReports.id }).from(reconciliationReports)).map(
      ({ id }) => id,
    );
    expect(ids).toHaveLength(100 + 2);
    expect(ids).not.toContain('rec_live_100');
    expect(ids).toContain('rec_live_99');
    expect(ids).toContain('rec_test_500');
  });

  it('looks by the clock and fixes nothing, and a carrier that is down is no failure', async () => {
    const number = await orphan('+14155553095');
    await reconcileByTheClock(context);
    const [report] = await lastReports(context);
    expect(report).toMatchObject({ applied: false, findings: [{ fix: 'give_back' }] });
    expect(await orderOf(number.phoneNumber)).toMatchObject({ state: 'failed' });
    service.sim.faults.add({ kind: 'error_before', on: 'list_numbers', times: 3 });
    await expect(reconcileByTheClock(context)).resolves.toBeUndefined();
  });

  it('compares test mode alone where there is no carrier key', async () => {
    const offline = { ...context, carriers: { ...context.carriers, live: null } };
    const reports = await reconcileCarrier(offline, { apply: false });
    expect(reports.map(({ mode }) => mode)).toEqual(['test']);
  });
});

async function* pages<T>(...all: T[][]): AsyncGenerator<T[]> {
  yield* all;
}

/** The pages, with something happening between the carrier's answer and whoever reads it. */
async function* beforeEvery<T>(all: AsyncIterable<T[]>, happens: () => Promise<void>): AsyncGenerator<T[]> {
  for await (const page of all) {
    await happens();
    yield page;
  }
}

/** The pages, with something happening after each, after the first, or after the last. */
async function* afterEvery<T>(all: AsyncIterable<T[]>, happens: () => Promise<void>): AsyncGenerator<T[]> {
  for await (const page of all) {
    yield page;
    await happens();
  }
}

async function* afterFirst<T>(all: AsyncIterable<T[]>, happens: () => Promise<void>): AsyncGenerator<T[]> {
  let first = true;
  for await (const page of all) {
    yield page;
    if (first) await happens();
    first = false;
  }
}

async function* after<T>(all: AsyncIterable<T[]>, happens: () => Promise<void>): AsyncGenerator<T[]> {
  yield* all;
  await happens();
}

async function* changed(
  all: AsyncIterable<CarrierNumber[]>,
  difference: Partial<CarrierNumber>,
): AsyncGenerator<CarrierNumber[]> {
  for await (const page of all) yield page.map((number) => ({ ...number, ...difference }));
}
