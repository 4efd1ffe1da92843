import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CarrierError } from '../../src/carriers/carrier.ts';
import { numberOrders, phoneNumbers } from '../../src/db/schema.ts';
import type { Context } from '../../src/usecases/context.ts';
import { resumePurchases } from '../../src/usecases/resume-purchases.ts';
import { settleLater } from '../../src/usecases/settle-later.ts';
import { settlePurchase } from '../../src/usecases/settle-purchase.ts';
import { startPurchase } from '../../src/usecases/start-purchase.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  asCaller,
  buy,
  list,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';

const MINUTE_MS = 60_000;
const GRACE_MS = 120_000;

describe.each(DATABASE_KINDS)('settling a purchase on %s', (kind) => {
  let service: Service;

  /** What the tests of a block wait for is waited for by their own clock; this is how long in real time at most. */
  const serveWaiting = (waitMs: number) => {
    beforeAll(async () => {
      service = await startService({ kind, environment: { PURCHASE_WAIT_MS: String(waitMs) } });
    });
    afterEach(() => service.sim.faults.clear());
    afterAll(() => service.stop());
  };

  const orderOf = async (phoneNumber: string) => {
    const { db } = service.app.context;
    const [order] = await db.select().from(numberOrders).where(eq(numberOrders.phoneNumber, phoneNumber));
    if (!order) throw new Error(`no order for ${phoneNumber}`);
    return order;
  };
  const statusOf = async (team: TeamWithKey) => (await list(service, team)).body.numbers[0]?.status;
  const ledger = (phoneNumber: string) => service.sim.ledger({ phoneNumber });

  /** A purchase that is written down, and whose request has gone no further. */
  const started = async (context: Context, team: TeamWithKey, phoneNumber: string) => {
    const start = await startPurchase(context, asCaller(team), { phoneNumber });
    if (start.kind !== 'started') throw new Error(start.kind);
    return start.order;
  };

  /** How many jobs stand in the queue for an order. */
  const jobsFor = async (orderId: string) => {
    const found = await service.app.context.db.execute(
      sql`select id from pgboss.job where name = 'settle-purchase' and data->>'orderId' = ${orderId}`,
    );
    return (found as unknown as { rows: unknown[] }).rows.length;
  };

  /** The job, again and again, until the time is up. */
  const settleFor = async (phoneNumber: string, ms: number) => {
    const { id } = await orderOf(phoneNumber);
    const end = service.clock.now().getTime() + ms;
    while (service.clock.now().getTime() < end) {
      service.clock.advance(5_000);
      await settleLater(service.app.context, id);
    }
    return orderOf(phoneNumber);
  };

  describe('while the buyer waits', () => {
    // Generous, for a machine with much to do.
    serveWaiting(20_000);

    it('waits for a pending order and answers when it is done', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'pending', ms: 500 });
      expect((await buy(service, team, '+14155552001')).status).toBe(200);
    });

    it('searches and orders once more where the carrier wants a search first', async () => {
      const team = await newTeam(service);
      expect((await buy(service, team, '+14155550909')).status).toBe(200);
      const { data } = await ledger('+14155550909');
      expect(data.map(({ action }) => action)).toEqual(['order_refused', 'order']);
    });

    it('waits out a carrier that is asked too often', async () => {
      const team = await newTeam(service);
      expect((await buy(service, team, '+14155550908')).status).toBe(200);
      expect((await orderOf('+14155550908')).orderAttempts).toBe(2);
    });

    it('reports an order that fails at the carrier', async () => {
      const team = await newTeam(service);
      const answer = await buy(service, team, '+14155550902');
      expect(answer).toMatchObject({ status: 502, body: { code: 'carrier_error' } });
      expect(answer.body.error).toContain('Choose another number');
      expect(await statusOf(team)).toBe('error');
    });

    it('sends the connection with the order, and sets it where the number came without', async () => {
      const team = await newTeam(service);
      const connectionId = '1293384261075731499';
      await buy(service, team, '+14155552008', { body: { connectionId } });
      const number = await service.app.context.carriers.live?.findNumber('+14155552008');
      expect(number).toMatchObject({ connectionId, state: 'active' });
    });

    it('tells the buyer at once that a number needs documents, and gives it back should it come after all', async () => {
      const team = await newTeam(service, { plan: 'free' });
      const answer = await buy(service, team, '+14155550911');
      expect(answer).toMatchObject({ status: 422, body: { code: 'regulatory_requirements' } });
      expect((await orderOf('+14155550911')).state).toBe('unwanted');
      expect(await statusOf(team)).toBe('error');
      expect((await buy(service, team, '+14155552014')).status).toBe(200);
    });
  });

  describe('that takes longer than the buyer waits', () => {
    // Short: where a call of the carrier's hangs, all of it goes by.
    serveWaiting(1_000);

    it('asks for a delivered number no sooner again than the carrier wants it', async () => {
      const { context } = service.app;
      const { live } = context.carriers;
      if (!live) throw new Error('there is no live carrier');
      let asked = 0;
      const busy = {
        ...live,
        findNumber: async () => {
          asked += 1;
          throw new CarrierError('rate_limited', 'slow down', { retryAfterMs: 90_000 });
        },
      };
      const withBusy = { ...context, carriers: { ...context.carriers, live: busy } };
      const { id } = await started(withBusy, await newTeam(service), '+14155552061');
      const settled = await settlePurchase(withBusy, id, { buyerWaits: () => false });
      expect(asked).toBe(1);
      expect(settled.state).toBe('fulfilled');
      expect(settled.nextStepAt.getTime()).toBeGreaterThanOrEqual(context.clock.now().getTime() + 90_000);
    });

    it('answers 202 for an order that stays pending, and finishes it later', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'pending', ms: 5 * MINUTE_MS });
      const answer = await buy(service, team, '+14155552002');
      expect(answer).toMatchObject({
        status: 202,
        body: { success: true, phoneNumber: { status: 'purchasing', provider_number_id: null } },
      });
      expect(await statusOf(team)).toBe('purchasing');
      await settleFor('+14155552002', 7 * MINUTE_MS);
      expect(await statusOf(team)).toBe('active');
    });

    it.each([
      ['the answer is lost after the order stands', 'lost_answer', '+14155552003'],
      ['the carrier fails after the order stands', 'error_after', '+14155552004'],
    ] as const)('finds an order again where %s', async (_what, faultKind, number) => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: faultKind, on: 'create_order' });
      await buy(service, team, number);
      await settleFor(number, MINUTE_MS);
      expect(await statusOf(team)).toBe('active');
      expect((await ledger(number)).totals).toMatchObject({ orders: 1, most_orders_of_one_reference: 1 });
    });

    it('finds an order that the carrier lists late', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'delayed_list', on: 'create_order', ms: 90_000 });
      service.sim.faults.add({ kind: 'lost_answer', on: 'create_order' });
      await buy(service, team, '+14155552005');
      await settleFor('+14155552005', 2 * MINUTE_MS);
      expect(await statusOf(team)).toBe('active');
      expect((await ledger('+14155552005')).totals.orders).toBe(1);
    });

    it('gives up after the grace what never reached the carrier, and frees the slot', async () => {
      const team = await newTeam(service, { plan: 'free' });
      service.sim.faults.add({ kind: 'error_before', on: 'create_order', status: 500 });
      const answer = await buy(service, team, '+14155552006');
      expect(answer.status).toBe(202);
      await settleFor('+14155552006', GRACE_MS - 20_000);
      expect(await statusOf(team)).toBe('purchasing');
      const order = await settleFor('+14155552006', MINUTE_MS);
      expect(order).toMatchObject({ state: 'lost', failureCode: 'order_lost' });
      expect(await statusOf(team)).toBe('error');
      // One request that stored nothing, and no second one; the trial is not used up.
      expect((await ledger('+14155552006')).data.map(({ action }) => action)).toEqual(['order_refused']);
      expect((await buy(service, team, '+14155552007')).body).toMatchObject({
        success: true,
        phoneNumber: { is_trial: true },
      });
    });

    it('lets one of two settlers order', async () => {
      const team = await newTeam(service);
      const { context } = service.app;
      const { id } = await started(context, team, '+14155552009');
      const settle = () => settlePurchase(context, id, { buyerWaits: () => false });
      await Promise.all([settle(), settle(), settle(), settle()]);
      await settleFor('+14155552009', 20_000);
      expect((await ledger('+14155552009')).data.filter(({ action }) => action === 'order')).toHaveLength(1);
      expect(await statusOf(team)).toBe('active');
    });

    it('has the intent written down before the order goes out', async () => {
      const { context } = service.app;
      const { live } = context.carriers;
      if (!live) throw new Error('live mode is off');
      const seen: string[] = [];
      context.carriers.live = {
        ...live,
        order: async (request) => {
          seen.push((await orderOf(request.phoneNumber)).state);
          return live.order(request);
        },
      };
      try {
        await buy(service, await newTeam(service), '+14155552015');
      } finally {
        context.carriers.live = live;
      }
      expect(seen).toEqual(['ordering']);
    });

    it('leaves its job in the transaction that starts it: both, or neither', async () => {
      const team = await newTeam(service);
      const { context } = service.app;
      const { id } = await started(context, team, '+14155552016');
      expect(await jobsFor(id)).toBe(1);

      const jobs: { orderId?: string }[] = [];
      const dying: Context = {
        ...context,
        queue: {
          ...context.queue,
          enqueue: async (tx, name, data, startAt) => {
            await context.queue.enqueue(tx, name, data, startAt);
            jobs.push(data as { orderId?: string });
            throw new Error('the server dies');
          },
        },
      };
      await expect(started(dying, team, '+14155552017')).rejects.toThrow('the server dies');
      const orderId = jobs[0]?.orderId ?? 'none';
      expect(await jobsFor(orderId)).toBe(0);
      const { db } = context;
      expect(await db.select().from(numberOrders).where(eq(numberOrders.id, orderId))).toEqual([]);
      const numbers = await db
        .select()
        .from(phoneNumbers)
        .where(eq(phoneNumbers.phoneNumber, '+14155552017'));
      expect(numbers).toEqual([]);
    });

    it('is seen through by its job where the request has died', async () => {
      const environment = { PURCHASE_WAIT_MS: '0' };
      const working = await startService({ kind, environment, workers: true });
      try {
        const team = await newTeam(working);
        await started(working.app.context, team, '+14155552018');
        const status = async () => (await list(working, team)).body.numbers[0]?.status;
        // Its clock stands still: for the round of the clock, nothing is ever late.
        await expect.poll(status, { timeout: 20_000 }).toBe('active');
      } finally {
        await working.stop();
      }
    });

    it('leaves a job for its next step, for as long as there is one', async () => {
      const { context } = service.app;
      service.sim.faults.add({ kind: 'pending', ms: MINUTE_MS });
      const { id } = await started(context, await newTeam(service), '+14155552021');
      await settleLater(context, id);
      expect([(await orderOf('+14155552021')).state, await jobsFor(id)]).toEqual(['ordered', 2]);
      service.clock.advance(2 * MINUTE_MS);
      await settleLater(context, id);
      expect([(await orderOf('+14155552021')).state, await jobsFor(id)]).toEqual(['completed', 2]);
    });

    it('is taken up by the round of the clock where its job is lost', async () => {
      const { context } = service.app;
      const team = await newTeam(service);
      const { id } = await started(context, team, '+14155552019');
      await context.db.execute(sql`delete from pgboss.job where name = 'settle-purchase'`);
      // Not before its job can have done it.
      service.clock.advance(MINUTE_MS - 1);
      await resumePurchases(context);
      expect(await orderOf('+14155552019')).toMatchObject({ id, state: 'reserved' });
      service.clock.advance(1);
      // One that cannot be moved does not keep the others waiting.
      const { id: other } = await started(context, team, '+14155552020');
      await context.db
        .update(numberOrders)
        .set({ nextStepAt: new Date(0) })
        .where(eq(numberOrders.id, other));
      const { live } = context.carriers;
      if (!live) throw new Error('live mode is off');
      const findOffer: typeof live.findOffer = async (phoneNumber, options) => {
        if (phoneNumber === '+14155552020') throw new Error('a defect');
        return live.findOffer(phoneNumber, options);
      };
      await resumePurchases({ ...context, carriers: { ...context.carriers, live: { ...live, findOffer } } });
      expect((await orderOf('+14155552019')).state).toBe('completed');
      expect((await orderOf('+14155552020')).state).toBe('reserved');
    });

    it('is looked for by the clock once a minute', async () => {
      const working = await startService({ kind, workers: true });
      try {
        const found = await working.app.context.db.execute(sql`select name, cron from pgboss.schedule`);
        expect((found as unknown as { rows: unknown[] }).rows).toEqual(
          expect.arrayContaining([
            { name: 'resume-purchases', cron: '* * * * *' },
            { name: 'resume-releases', cron: '* * * * *' },
            { name: 'end-trials', cron: '* * * * *' },
          ]),
        );
      } finally {
        await working.stop();
      }
    });

    it('gives a number back that turns up after it was given up', async () => {
      const team = await newTeam(service);
      const { context } = service.app;
      // Whoever sends the order is held up between the intent and the sending, for longer than the grace.
      const { live } = context.carriers;
      if (!live) throw new Error('live mode is off');
      const gate = Promise.withResolvers<void>();
      context.carriers.live = {
        ...live,
        order: async (request) => {
          await gate.promise;
          return live.order(request);
        },
      };
      try {
        expect((await buy(service, team, '+14155552010')).status).toBe(202);
        const given = await settleFor('+14155552010', GRACE_MS + MINUTE_MS);
        expect(given.state).toBe('lost');
        expect(await statusOf(team)).toBe('error');
      } finally {
        context.carriers.live = live;
        gate.resolve();
      }
      // Now the order is sent, and accepted, after it was given up.
      await Promise.all(context.background);
      const settled = await settleFor('+14155552010', MINUTE_MS);
      expect(settled).toMatchObject({ state: 'failed', failureCode: 'order_lost' });
      expect((await ledger('+14155552010')).totals).toMatchObject({ orders: 1, releases: 1 });
    });

    it('gives a number back whose order the carrier shows after everybody has gone', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'delayed_list', on: 'create_order', ms: 30 * MINUTE_MS });
      service.sim.faults.add({ kind: 'lost_answer', on: 'create_order' });
      expect((await buy(service, team, '+14155552011')).status).toBe(202);
      expect((await settleFor('+14155552011', GRACE_MS + MINUTE_MS)).state).toBe('lost');
      const settled = await settleFor('+14155552011', 90 * MINUTE_MS);
      expect(settled).toMatchObject({ state: 'failed', failureCode: 'order_lost' });
      expect((await ledger('+14155552011')).totals).toMatchObject({ orders: 1, releases: 1 });
    });

    it('stops watching for an order that never shows', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'error_before', on: 'create_order', status: 502 });
      await buy(service, team, '+14155552012');
      await settleFor('+14155552012', GRACE_MS + MINUTE_MS);
      service.clock.advance(48 * 60 * MINUTE_MS);
      expect((await settleFor('+14155552012', MINUTE_MS)).state).toBe('failed');
    });

    it('does not ask for ever after a number that it has given back without hearing so', async () => {
      const team = await newTeam(service);
      service.sim.faults.add({ kind: 'delayed_list', on: 'create_order', ms: 10 * MINUTE_MS });
      service.sim.faults.add({ kind: 'lost_answer', on: 'create_order' });
      await buy(service, team, '+14155552013');
      await settleFor('+14155552013', GRACE_MS + MINUTE_MS);
      service.sim.faults.add({ kind: 'lost_answer', on: 'delete_number' });
      expect((await settleFor('+14155552013', 60 * MINUTE_MS)).state).toBe('failed');
      expect((await ledger('+14155552013')).totals).toMatchObject({ orders: 1, releases: 1 });
    });
  });
});
