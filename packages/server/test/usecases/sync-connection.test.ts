import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Carrier, CarrierError } from '../../src/carriers/carrier.ts';
import { later } from '../../src/domain/time.ts';
import type { Context } from '../../src/usecases/context.ts';
import { reconcileCarrier } from '../../src/usecases/reconcile-carrier.ts';
import { resumeConnections } from '../../src/usecases/resume-connections.ts';
import { syncConnection } from '../../src/usecases/sync-connection.ts';
import { seededRandom } from '../faults/random.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addNumber, assign, eventsOf, newAssistant, recordOf } from '../support/numbers.ts';
import {
  buy,
  call,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const [A, B, C] = ['1111', '2222', '3333'];

describe.each(DATABASE_KINDS)('the connection of a number on %s', (kind) => {
  let service: Service;
  let context: Context;
  let carrier: Carrier;
  let team: TeamWithKey;
  let lastNumber = 4_000;

  beforeAll(async () => {
    service = await startService({ kind });
    context = service.app.context;
    if (!context.carriers.live) throw new Error('live mode is off');
    carrier = context.carriers.live;
  });
  beforeEach(async () => {
    await service.sim.reset();
    team = await newTeam(service, { plan: 'enterprise', maxNumbers: 100 });
  });
  afterAll(() => service.stop());

  /** A number that the carrier holds, bought for this connection or none. */
  async function bought(connectionId?: string, of = team): Promise<{ id: string; phoneNumber: string }> {
    lastNumber += 1;
    const phoneNumber = `+1415555${lastNumber}`;
    const answer = await buy(service, of, phoneNumber, { body: connectionId ? { connectionId } : {} });
    expect(answer.status).toBe(200);
    return { id: answer.body.phoneNumber.id, phoneNumber };
  }

  const setConnection = (assistantId: string, connectionId: string | null, { token } = team) =>
    call(service, 'PATCH', `/api/assistants/${assistantId}`, { token, body: { connectionId } });
  const atCarrier = async (phoneNumber: string, of = carrier) =>
    (await of.findNumber(phoneNumber))?.connectionId ?? null;
  const sync = (id: string, over: Partial<Carrier> = {}) =>
    syncConnection({ ...context, carriers: { ...context.carriers, live: { ...carrier, ...over } } }, id);
  /** Runs jobs, as long as there is something due. */
  const settle = async (id: string) => {
    for (let round = 0; round < 10; round++) await sync(id);
    return recordOf(service, id);
  };

  /** A carrier that does what it is told only when it is let, and answers only when it is let. */
  function slowCarrier() {
    const [asked, may, done, mayAnswer] = [gate(), gate(), gate(), gate()];
    const over: Partial<Carrier> = {
      async setConnection(carrierNumberId, connectionId) {
        asked.open();
        await may.passed;
        await carrier.setConnection(carrierNumberId, connectionId);
        done.open();
        await mayAnswer.passed;
      },
    };
    return { over, asked, may, done, mayAnswer };
  }

  it('goes to the carrier, and back to its own when it is unassigned', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id, phoneNumber } = await bought(C);
    await assign(service, team, assistant, [id]);
    expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'pending', routingAttempts: 0 });
    await sync(id);
    expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'in_sync', routingAttempts: 0 });
    expect(await atCarrier(phoneNumber)).toBe(A);
    await setConnection(assistant, B);
    await sync(id);
    expect(await atCarrier(phoneNumber)).toBe(B);
    await assign(service, team, assistant, [], { method: 'PATCH' });
    expect((await settle(id)).routingStatus).toBe('in_sync');
    expect(await atCarrier(phoneNumber)).toBe(C);
  });

  it('is left alone where none is wanted, and where nothing has changed', async () => {
    const calls = vi.fn();
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id, phoneNumber } = await bought();
    await sync(id, { setConnection: calls });
    await assign(service, team, assistant, [id]);
    await setConnection(assistant, null);
    expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'in_sync' });
    await sync(id, { setConnection: calls });
    expect(calls).not.toHaveBeenCalled();
    expect(await atCarrier(phoneNumber)).toBeNull();
  });

  it('is set by one of many who look after it', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id } = await bought();
    await assign(service, team, assistant, [id]);
    const calls = vi.fn(carrier.setConnection);
    await Promise.all([1, 2, 3, 4].map(() => sync(id, { setConnection: calls })));
    expect(calls).toHaveBeenCalledTimes(1);
    expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
  });

  it('is set at once by a server whose clock is behind', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id, phoneNumber } = await bought();
    await assign(service, team, assistant, [id]);
    const late = { now: () => later(service.clock.now(), -50), sleep: async () => undefined };
    await syncConnection({ ...context, clock: late }, id);
    expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
    expect(await atCarrier(phoneNumber)).toBe(A);
  });

  describe('ends at the newest', () => {
    it('where the older call arrives last', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const slow = slowCarrier();
      const older = sync(id, slow.over);
      await slow.asked.passed;
      await setConnection(assistant, B);
      await sync(id);
      expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
      slow.may.open();
      slow.mayAnswer.open();
      await older;
      // The late call has undone the newer one: that is noticed.
      expect(await atCarrier(phoneNumber)).toBe(A);
      expect((await recordOf(service, id)).routingStatus).toBe('pending');
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(B);
    });

    it('where what is wanted changes while the carrier is told, and back', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      await settle(id);
      await setConnection(assistant, B);
      const toB = slowCarrier();
      const second = sync(id, toB.over);
      await toB.asked.passed;
      await setConnection(assistant, A);
      const toA = slowCarrier();
      const third = sync(id, toA.over);
      await toA.asked.passed;
      // A arrives before B; the answer about B comes before the one about A.
      toA.may.open();
      await toA.done.passed;
      toB.may.open();
      toB.mayAnswer.open();
      await second;
      toA.mayAnswer.open();
      await third;
      expect(await atCarrier(phoneNumber)).toBe(B);
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(A);
    });

    it('where the older call has no answer', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const slow = slowCarrier();
      const older = sync(id, {
        async setConnection(...told) {
          await slow.over.setConnection?.(...told);
          throw new CarrierError('unavailable', 'timed out');
        },
      });
      await slow.asked.passed;
      await setConnection(assistant, B);
      await sync(id);
      slow.may.open();
      slow.mayAnswer.open();
      await older;
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(B);
    });

    it.each([1, 2, 3, 4])('in any order, %i', async (seed) => {
      const assistant = await newAssistant(service, team, { connectionId: C });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const random = seededRandom(seed);
      const steps: (() => void)[] = [];
      const running: Promise<void>[] = [];
      const step = () => new Promise<void>((go) => steps.push(go));
      const delayed: Partial<Carrier> = {
        async setConnection(...told) {
          await step();
          await carrier.setConnection(...told);
          await step();
          if (random.chance(0.3)) throw new CarrierError('unavailable', 'timed out');
        },
      };
      let last = C;
      for (let round = 0; round < 25; round++) {
        if (random.chance(0.5)) {
          last = random.pick([A, B, C]);
          await setConnection(assistant, last);
        }
        running.push(sync(id, delayed));
        if (random.chance(0.6)) steps.splice(random.between(0, Math.max(0, steps.length - 1)), 1)[0]?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
      const all = Promise.all(running).then(() => true);
      while (
        !(await Promise.race([all, new Promise<false>((resolve) => setImmediate(() => resolve(false)))]))
      )
        steps.splice(random.between(0, Math.max(0, steps.length - 1)), 1)[0]?.();
      // Whatever waits for its time comes round.
      for (let round = 0; round < 5; round++) {
        service.clock.advance(HOUR_MS);
        await sync(id);
      }
      expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(last);
    });
  });

  describe('where the carrier does not do it', () => {
    const down: Partial<Carrier> = {
      async setConnection() {
        throw new CarrierError('unavailable', 'down');
      },
    };

    it('is tried again at growing distances, up to an hour, without end', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const waits: number[] = [];
      for (let round = 0; round < 15; round++) {
        await sync(id, down);
        const { routingStatus, routingNextAt, routingAttempts } = await recordOf(service, id);
        expect([routingStatus, routingAttempts]).toEqual(['pending', round + 1]);
        waits.push((routingNextAt?.getTime() ?? 0) - service.clock.now().getTime());
        // Not before its time.
        await sync(id);
        expect((await recordOf(service, id)).routingStatus).toBe('pending');
        service.clock.advance(waits.at(-1) ?? 0);
      }
      expect(waits[0]).toBeLessThanOrEqual(5_000);
      expect(waits[3]).toBeGreaterThan(waits[0] as number);
      expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR_MS);
      expect(waits.at(-1)).toBeGreaterThan(HOUR_MS / 2);
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(A);
      expect((await eventsOf(service, id)).map(({ type }) => type)).not.toContain(
        'phone_number.routing_failed',
      );
    });

    it('waits as long as the carrier wants', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id } = await bought();
      await assign(service, team, assistant, [id]);
      await sync(id, {
        async setConnection() {
          throw new CarrierError('rate_limited', 'slow down', { retryAfterMs: 90_000 });
        },
      });
      service.clock.advance(80_000);
      expect((await settle(id)).routingStatus).toBe('pending');
      service.clock.advance(10_000);
      expect((await settle(id)).routingStatus).toBe('in_sync');
    });

    it('fails where the carrier refuses for good, says so, and is tried again by hand', async () => {
      const assistant = await newAssistant(service, team, { connectionId: 'nobody-knows' });
      const { id, phoneNumber } = await bought(C);
      await assign(service, team, assistant, [id]);
      await sync(id);
      const { body } = await call(service, 'GET', `/api/phone-numbers/${id}`, team);
      expect(body.phoneNumber.routing_status).toBe('failed');
      expect((await eventsOf(service, id)).at(-1)).toMatchObject({
        type: 'phone_number.routing_failed',
        actorType: 'carrier',
        before: { routing_status: 'pending' },
        after: { routing_status: 'failed' },
        data: {
          phone_number: phoneNumber,
          assistant_id: assistant,
          connection_id: 'nobody-knows',
          reason: 'invalid_connection',
        },
      });
      service.clock.advance(2 * HOUR_MS);
      expect((await settle(id)).routingStatus).toBe('failed');
      await setConnection(assistant, A);
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(A);
    });

    it('is not failed by the refusal of what nobody wants any more', async () => {
      const assistant = await newAssistant(service, team, { connectionId: 'nobody-knows' });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const slow = slowCarrier();
      const older = sync(id, slow.over);
      await slow.asked.passed;
      await setConnection(assistant, A);
      slow.may.open();
      slow.mayAnswer.open();
      await older;
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(A);
    });

    it('is picked up by the clock after a crash between the call and the commit', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought();
      await assign(service, team, assistant, [id]);
      const crash = sync(id, {
        async setConnection(...told) {
          await carrier.setConnection(...told);
          throw new Error('killed');
        },
      });
      await expect(crash).rejects.toThrow('killed');
      expect((await recordOf(service, id)).routingStatus).toBe('pending');
      const queued: unknown[] = [];
      const queue: Context['queue'] = {
        enqueue: async () => undefined,
        enqueueAll: async (_tx, name, data) => void queued.push(...data.map((each) => ({ name, ...each }))),
      };
      const round = () => resumeConnections({ ...context, queue });
      await round();
      expect(queued).toEqual([]);
      service.clock.advance(2 * MINUTE_MS);
      await round();
      expect(queued).toEqual([{ name: 'sync-connection', phoneNumberId: id }]);
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(A);
    });
  });

  it('stays as it is while a number is released, and comes back as its own', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id, phoneNumber } = await bought(C);
    await assign(service, team, assistant, [id]);
    const slow = slowCarrier();
    const late = sync(id, slow.over);
    await slow.asked.passed;
    await call(service, 'DELETE', `/api/phone-numbers/${id}`, team);
    slow.may.open();
    slow.mayAnswer.open();
    await late;
    expect(await settle(id)).toMatchObject({ status: 'releasing', routingStatus: 'in_sync' });
    await call(service, 'POST', `/api/phone-numbers/${id}/restore`, team);
    expect((await recordOf(service, id)).routingStatus).toBe('pending');
    expect((await settle(id)).routingStatus).toBe('in_sync');
    expect(await atCarrier(phoneNumber)).toBe(C);
  });

  it('is set while a number is suspended', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const id = await addNumber(service, team, { status: 'suspended', carrierNumberId: '9' });
    await assign(service, team, assistant, [id]);
    const told = vi.fn();
    await sync(id, { setConnection: told });
    expect(told).toHaveBeenCalledWith('9', A);
    expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
  });

  it('works in test mode as in live mode', async () => {
    const tester = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
    const assistant = await newAssistant(service, tester, { connectionId: A });
    const { id, phoneNumber } = await bought(undefined, tester);
    await assign(service, tester, assistant, [id]);
    await syncConnection(context, id);
    expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
    expect(await atCarrier(phoneNumber, context.carriers.test)).toBe(A);
  });

  it('waits for a server that has a carrier', async () => {
    const assistant = await newAssistant(service, team, { connectionId: A });
    const { id } = await bought();
    await assign(service, team, assistant, [id]);
    await syncConnection({ ...context, carriers: { ...context.carriers, live: null } }, id);
    expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'pending', routingAttempts: 0 });
  });

  describe('in reconciliation', () => {
    const findings = async (apply = false, over: Partial<Carrier> = {}) => {
      const carriers = { ...context.carriers, live: { ...carrier, ...over } };
      const reports = await reconcileCarrier({ ...context, carriers }, { apply });
      const live = reports.find(({ mode }) => mode === 'live');
      // The carrier forgets between tests; we do not.
      return live?.findings.filter(({ team_id }) => team_id === team.teamId);
    };

    it("is compared with the assistant's before the number's own", async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought(C);
      await assign(service, team, assistant, [id]);
      // Just changed: it is on its way.
      expect(await findings()).toEqual([]);
      await settle(id);
      service.clock.advance(HOUR_MS);
      expect(await findings()).toEqual([]);
      const { carrierNumberId } = await recordOf(service, id);
      await carrier.setConnection(carrierNumberId ?? '', B);
      expect(await findings(true)).toMatchObject([
        { kind: 'wrong_connection', detail: `Its calls go to ${B} instead of ${A}.`, applied: true },
      ]);
      expect(await atCarrier(phoneNumber)).toBe(A);
      expect((await recordOf(service, id)).routingStatus).toBe('in_sync');
    });

    it('is reported where it had failed, and a fix leaves it in sync', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought(C);
      await assign(service, team, assistant, [id]);
      await sync(id, {
        async setConnection() {
          throw new CarrierError('refused', 'not now');
        },
      });
      service.clock.advance(HOUR_MS);
      expect((await recordOf(service, id)).routingStatus).toBe('failed');
      expect(await findings(true)).toMatchObject([{ kind: 'wrong_connection', applied: true }]);
      expect(await atCarrier(phoneNumber)).toBe(A);
      expect((await settle(id)).routingStatus).toBe('in_sync');
    });

    it('ends at the newest where a fix is overtaken', async () => {
      const assistant = await newAssistant(service, team, { connectionId: A });
      const { id, phoneNumber } = await bought(C);
      await assign(service, team, assistant, [id]);
      await settle(id);
      await carrier.setConnection((await recordOf(service, id)).carrierNumberId ?? '', C);
      service.clock.advance(HOUR_MS);
      await findings(true, {
        async setConnection(...told) {
          await setConnection(assistant, B);
          await settle(id);
          await carrier.setConnection(...told);
        },
      });
      expect(await atCarrier(phoneNumber)).toBe(A);
      expect((await settle(id)).routingStatus).toBe('in_sync');
      expect(await atCarrier(phoneNumber)).toBe(B);
    });
  });
});

describe.each(DATABASE_KINDS)('the job on %s', (kind) => {
  it('sets the connection by itself', async () => {
    const service = await startService({ kind, workers: true });
    try {
      const team = await newTeam(service);
      const assistant = await newAssistant(service, team, { connectionId: A });
      const answer = await buy(service, team, '+14155559901');
      const { id } = answer.body.phoneNumber;
      await assign(service, team, assistant, [id]);
      await vi.waitFor(async () => expect((await recordOf(service, id)).routingStatus).toBe('in_sync'), {
        timeout: 20_000,
        interval: 100,
      });
      const held = await service.app.context.carriers.live?.findNumber('+14155559901');
      expect(held?.connectionId).toBe(A);
    } finally {
      await service.stop();
    }
  });
});

function gate() {
  const { promise: passed, resolve: open } = Promise.withResolvers<void>();
  return { passed, open };
}
