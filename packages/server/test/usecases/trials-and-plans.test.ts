import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endTrialsAsPaid } from '../../src/db/phone-numbers.ts';
import { assistants, events, phoneNumbers } from '../../src/db/schema.ts';
import { lockTeam } from '../../src/db/teams.ts';
import { changePlan } from '../../src/usecases/change-plan.ts';
import { endSuspensions } from '../../src/usecases/end-suspensions.ts';
import { endTrials } from '../../src/usecases/end-trials.ts';
import { giveNumberBack } from '../../src/usecases/give-number-back.ts';
import { settleLater } from '../../src/usecases/settle-later.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  buy,
  call,
  list,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { untilItWaits } from '../support/waiting.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

describe.each(DATABASE_KINDS)('trials and plan changes on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    // Generous in real time, for a machine with much to do; the clock of the tests waits in no time.
    service = await startService({ kind, environment: { PURCHASE_WAIT_MS: '20000' } });
  });
  afterEach(() => service.sim.faults.clear());
  afterAll(() => service.stop());

  const bought = async (team: TeamWithKey, number: string): Promise<string> => {
    const answer = await buy(service, team, number);
    expect(answer.status).toBe(200);
    return answer.body.phoneNumber.id;
  };
  const numberOf = async (id: string) => {
    const [row] = await service.app.context.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
    if (!row) throw new Error(`no number ${id}`);
    return row;
  };
  const eventsOf = async (id: string) => {
    const rows = await service.app.context.db
      .select()
      .from(events)
      .where(eq(events.subject, id))
      .orderBy(events.id);
    return rows.map(({ type, data }) => {
      const days = (data as { days_left?: number }).days_left;
      return type.replace('phone_number.', '') + (days === undefined ? '' : ` ${days}`);
    });
  };
  const assign = async (team: TeamWithKey, id: string) => {
    const { db, newId } = service.app.context;
    const assistantId = newId('asst');
    await db.insert(assistants).values({
      id: assistantId,
      teamId: team.teamId,
      name: 'Sales',
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    await db.update(phoneNumbers).set({ assistantId }).where(eq(phoneNumbers.id, id));
    return assistantId;
  };
  const rounds = async () => {
    await endTrials(service.app.context);
    await endSuspensions(service.app.context);
  };

  it('warn of a trial a day before, once, and end it at its time', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const id = await bought(team, '+14155554001');
    await assign(team, id);
    service.clock.advance(4 * DAY_MS - MINUTE_MS);
    await rounds();
    expect(await eventsOf(id)).toEqual(['purchase_started', 'purchased']);
    service.clock.advance(2 * MINUTE_MS);
    await rounds();
    await rounds();
    service.clock.advance(DAY_MS - 2 * MINUTE_MS);
    await rounds();
    expect(await numberOf(id)).toMatchObject({ status: 'active' });
    service.clock.advance(MINUTE_MS);
    await rounds();
    expect(await numberOf(id)).toMatchObject({ status: 'releasing', assistantId: null });
    await giveNumberBack(service.app.context, id);
    expect((await numberOf(id)).status).toBe('released');
    expect((await service.sim.ledger({ phoneNumber: '+14155554001' })).totals.releases).toBe(1);
    expect(await eventsOf(id)).toEqual([
      'purchase_started',
      'purchased',
      'trial_expiring',
      'trial_expired',
      'unassigned',
      'release_started',
      'released',
    ]);
    expect((await buy(service, team, '+14155554002')).body.code).toBe('trial_already_used');
  });

  it('end a trial that ran out while no server was up, without a warning after the fact', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const id = await bought(team, '+14155554003');
    service.clock.advance(30 * DAY_MS);
    await rounds();
    expect(await eventsOf(id)).toEqual(['purchase_started', 'purchased', 'trial_expired', 'release_started']);
  });

  it('let the trial number go free of grace: it cannot be restored', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const id = await bought(team, '+14155554004');
    service.clock.advance(5 * DAY_MS);
    await rounds();
    const answer = await call(service, 'POST', `/api/phone-numbers/${id}/restore`, { token: team.token });
    expect(answer).toMatchObject({ status: 409, body: { code: 'already_released' } });
  });

  it('make a trial a paid number, also in its last second: one of the two wins', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const team = await newTeam(service, { plan: 'free' });
      const id = await bought(team, `+141555541${String(round).padStart(2, '0')}`);
      service.clock.advance(5 * DAY_MS);
      const upgrade = () => changePlan(service.app.context, team.teamId, { plan: 'starter' });
      const end = () => endTrials(service.app.context);
      await Promise.all(round % 2 === 0 ? [upgrade(), end()] : [end(), upgrade()]);
      const { status, isTrial, trialExpiresAt } = await numberOf(id);
      outcomes.add(status);
      if (status === 'active')
        expect({ isTrial, trialExpiresAt }).toEqual({ isTrial: false, trialExpiresAt: null });
      else expect({ status, isTrial }).toEqual({ status: 'releasing', isTrial: true });
    }
    expect([...outcomes].every((status) => ['active', 'releasing'].includes(status))).toBe(true);
  });

  if (kind === 'postgres')
    it('end no trial of a team that is just changing its plan', async () => {
      const team = await newTeam(service, { plan: 'free' });
      const id = await bought(team, '+14155554007');
      service.clock.advance(5 * DAY_MS);
      const { context } = service.app;
      let ending: Promise<void> | undefined;
      await context.db.transaction(async (tx) => {
        await lockTeam(tx, team.teamId);
        // The change of plan has not come to the team's numbers yet.
        ending = endTrials(context);
        await untilItWaits(service, ending);
        await endTrialsAsPaid(tx, team.teamId, context.clock.now());
      });
      await ending;
      expect(await numberOf(id)).toMatchObject({ status: 'active', isTrial: false });
      expect(await eventsOf(id)).toEqual(['purchase_started', 'purchased']);
    });

  it('do not use the trial up by a purchase that failed', async () => {
    const team = await newTeam(service, { plan: 'free' });
    expect((await buy(service, team, '+14155550902')).status).toBe(502);
    expect((await buy(service, team, '+14155554005')).status).toBe(200);
  });

  it('do not use the trial up by a purchase that failed and was dismissed', async () => {
    const team = await newTeam(service, { plan: 'free' });
    expect((await buy(service, team, '+14155550902')).status).toBe(502);
    const dismissed = await call(service, 'DELETE', '/api/phone-numbers/+14155550902', { token: team.token });
    expect(dismissed).toMatchObject({ status: 200, body: { phoneNumber: { status: 'released' } } });
    expect(await buy(service, team, '+14155554006')).toMatchObject({
      status: 200,
      body: { phoneNumber: { is_trial: true } },
    });
  });

  it('keep the numbers at a downgrade and stop buying', async () => {
    const team = await newTeam(service);
    for (const line of ['4010', '4011', '4012', '4013']) await bought(team, `+1415555${line}`);
    await changePlan(service.app.context, team.teamId, { plan: 'starter' });
    const { numbers } = (await list(service, team)).body;
    expect(numbers.map((number: { status: string }) => number.status)).toEqual(Array(4).fill('active'));
    expect(await buy(service, team, '+14155554014')).toMatchObject({
      status: 403,
      body: { code: 'plan_limit_reached', eligibility: { currentCount: 4, maxAllowed: 3 } },
    });
  });

  it('suspend the newest at the end of a subscription, warn, and give back what nobody pays for', async () => {
    const team = await newTeam(service);
    const ids: string[] = [];
    for (const line of ['4020', '4021', '4022']) {
      ids.push(await bought(team, `+1415555${line}`));
      service.clock.advance(1000);
    }
    const [oldest = '', , newest = ''] = ids;
    await changePlan(service.app.context, team.teamId, { plan: 'free' });
    expect(await Promise.all(ids.map(async (id) => (await numberOf(id)).status))).toEqual([
      'active',
      'suspended',
      'suspended',
    ]);
    for (let day = 0; day < 7; day += 1) {
      await rounds();
      await rounds();
      service.clock.advance(DAY_MS);
    }
    expect(await eventsOf(newest)).toEqual([
      'purchase_started',
      'purchased',
      'suspended',
      'suspension_ending 7',
      'suspension_ending 3',
      'suspension_ending 1',
    ]);
    await rounds();
    await giveNumberBack(service.app.context, newest);
    expect((await numberOf(newest)).status).toBe('released');
    expect((await numberOf(oldest)).status).toBe('active');
    expect((await service.sim.ledger({ phoneNumber: '+14155554022' })).totals.releases).toBe(1);
  });

  it('bring suspended numbers back with a subscription in time, assistants included, as far as the plan goes', async () => {
    const team = await newTeam(service);
    const ids: string[] = [];
    for (const line of ['4030', '4031', '4032', '4033', '4034']) {
      ids.push(await bought(team, `+1415555${line}`));
      service.clock.advance(1000);
    }
    const assistantId = await assign(team, ids[1] ?? '');
    await changePlan(service.app.context, team.teamId, { plan: 'free' });
    expect(await numberOf(ids[1] ?? '')).toMatchObject({ status: 'suspended', assistantId });
    service.clock.advance(6 * DAY_MS);
    await changePlan(service.app.context, team.teamId, { plan: 'starter' });
    const numbers = await Promise.all(ids.map(numberOf));
    expect(numbers.map(({ status }) => status)).toEqual([
      'active',
      'active',
      'active',
      'suspended',
      'suspended',
    ]);
    expect(numbers[1]).toMatchObject({ assistantId, suspendedAt: null, suspensionEndsAt: null });
    expect((await eventsOf(ids[1] ?? '')).at(-1)).toBe('reactivated');
  });

  it('suspend a number that was still being bought when the subscription ended', async () => {
    const team = await newTeam(service, { plan: 'starter' });
    await bought(team, '+14155554040');
    service.sim.faults.add({ kind: 'pending', ms: 5 * MINUTE_MS });
    const { id } = (await buy(service, team, '+14155554041')).body.phoneNumber;
    await changePlan(service.app.context, team.teamId, { plan: 'free' });
    expect((await numberOf(id)).status).toBe('purchasing');
    service.clock.advance(6 * MINUTE_MS);
    const [order] = await service.app.context.db.query.numberOrders.findMany({
      where: (table, { eq: equals }) => equals(table.phoneNumberId, id),
    });
    await settleLater(service.app.context, order?.id ?? '');
    expect((await numberOf(id)).status).toBe('suspended');
  });

  it('bring a suspended number back when the team releases another', async () => {
    const team = await newTeam(service);
    const [kept, waiting] = [await bought(team, '+14155554050'), await bought(team, '+14155554051')];
    await changePlan(service.app.context, team.teamId, { plan: 'free' });
    expect((await numberOf(waiting)).status).toBe('suspended');
    await call(service, 'DELETE', `/api/phone-numbers/${kept}`, { token: team.token });
    expect((await numberOf(waiting)).status).toBe('active');
  });

  it('give a released trial number back as a paid one to a team that pays by then', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const id = await bought(team, '+14155554060');
    const path = `/api/phone-numbers/${id}`;
    await call(service, 'DELETE', path, { token: team.token });
    await changePlan(service.app.context, team.teamId, { plan: 'starter' });
    service.clock.advance(6 * DAY_MS);
    const restored = await call(service, 'POST', `${path}/restore`, { token: team.token });
    expect(restored).toMatchObject({
      status: 200,
      body: { phoneNumber: { is_trial: false, trial_expires_at: null } },
    });
    await rounds();
    expect((await numberOf(id)).status).toBe('active');
  });

  it('do not take a suspended number for which a slot has come free', async () => {
    const team = await newTeam(service);
    const [kept, waiting] = [await bought(team, '+14155554070'), await bought(team, '+14155554071')];
    await changePlan(service.app.context, team.teamId, { plan: 'free' });
    // Gone at the carrier, and so marked: nobody asked for it, and nobody has looked at the other since.
    await service.app.context.db
      .update(phoneNumbers)
      .set({ status: 'released' })
      .where(eq(phoneNumbers.id, kept));
    service.clock.advance(7 * DAY_MS);
    await rounds();
    expect((await numberOf(waiting)).status).toBe('active');
  });
});
