import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { events, numberDays, phoneNumbers } from '../../src/db/schema.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addAssistant, addNumber, setNumber } from '../support/routing-records.ts';
import {
  type Answer,
  call,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(DATABASE_KINDS)('the health of numbers on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service);
  });
  afterAll(() => service.stop());

  const tell = (id: string, signal: string, of: { token: string } = team): Promise<Answer> =>
    call(service, 'POST', `/api/phone-numbers/${encodeURIComponent(id)}/health`, {
      token: of.token,
      body: { signal },
    });
  const calls = (id: string, query = ''): Promise<Answer> =>
    call(service, 'GET', `/api/phone-numbers/${encodeURIComponent(id)}/calls${query}`, { token: team.token });
  const daysOf = (id: string) =>
    service.app.context.db.select().from(numberDays).where(eq(numberDays.phoneNumberId, id));
  const eventsOf = (id: string) =>
    service.app.context.db.select().from(events).where(eq(events.subject, id)).orderBy(events.id);
  const iso = (ms = 0) => `${new Date(service.clock.now().getTime() + ms).toISOString().slice(0, 19)}Z`;
  const today = () => iso().slice(0, 10);

  describe('signals', () => {
    it.each([
      ['answered', { answered: 1 }],
      ['rejected', { rejected: 1 }],
    ])('%s is counted, and the call remembered', async (signal, counted) => {
      const id = await addNumber(service, team.teamId);
      const answer = await tell(id, signal);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        success: true,
        phone_number: { id, resting_until: null, last_call_at: iso() },
      });
      const none = { outboundCalls: 0, answered: 0, rejected: 0, spamFlags: 0 };
      expect(await daysOf(id)).toEqual([{ phoneNumberId: id, day: today(), ...none, ...counted }]);
      expect(await eventsOf(id)).toEqual([]);
    });

    it('inbound_call only says when the last call was', async () => {
      const id = await addNumber(service, team.teamId);
      expect((await tell(id, 'inbound_call')).body.phone_number).toEqual({
        id,
        resting_until: null,
        last_call_at: iso(),
      });
      expect(await daysOf(id)).toEqual([]);
    });

    it('spam_flagged lets the number rest, and says so in an event', async () => {
      const id = await addNumber(service, team.teamId);
      const until = iso(7 * DAY_MS);
      expect((await tell(id, 'spam_flagged')).body.phone_number).toEqual({
        id,
        resting_until: until,
        last_call_at: iso(),
      });
      service.clock.advance(DAY_MS);
      const later = iso(7 * DAY_MS);
      expect((await tell(id, 'spam_flagged')).body.phone_number.resting_until).toBe(later);
      // What comes after does not shorten the rest.
      expect((await tell(id, 'answered')).body.phone_number.resting_until).toBe(later);
      const [number] = await service.app.context.db
        .select()
        .from(phoneNumbers)
        .where(eq(phoneNumbers.id, id));
      expect(await eventsOf(id)).toMatchObject([
        {
          teamId: team.teamId,
          mode: 'live',
          type: 'phone_number.flagged',
          actorType: 'key',
          actorId: team.keyId,
          before: { resting_until: null },
          after: { resting_until: until },
          data: { phone_number: number?.phoneNumber },
        },
        {
          type: 'phone_number.flagged',
          before: { resting_until: until },
          after: { resting_until: later },
        },
      ]);
      expect(await daysOf(id)).toMatchObject([{ spamFlags: 1 }, { day: today(), spamFlags: 1, answered: 1 }]);
    });

    it('rest for as long as the server is set to', async () => {
      const { clock } = service;
      const short = await startService({ kind, clock, environment: { CALLER_ID_REST_DAYS: '0' } });
      const own = await newTeam(short);
      const id = await addNumber(short, own.teamId);
      const answer = await call(short, 'POST', `/api/phone-numbers/${id}/health`, {
        token: own.token,
        body: { signal: 'spam_flagged' },
      });
      expect(answer.body.phone_number.resting_until).toBe(iso());
      await short.stop();
    });

    it('take the number by its digits too, and count at the same time', async () => {
      const id = await addNumber(service, team.teamId, { phoneNumber: '+14155553333' });
      await Promise.all(Array.from({ length: 10 }, () => tell('+14155553333', 'answered')));
      await Promise.all([tell(id, 'spam_flagged'), tell(id, 'rejected'), tell(id, 'spam_flagged')]);
      expect(await daysOf(id)).toMatchObject([{ answered: 10, rejected: 1, spamFlags: 2 }]);
      await setNumber(service, id, { status: 'released' });
    });

    it("are not taken of others' numbers, nor of those of the other mode, nor unknown ones", async () => {
      const owner = await newTeam(service);
      const id = await addNumber(service, owner.teamId, { phoneNumber: '+14155553334' });
      const otherMode = await newKey(service, owner.teamId, { mode: 'test' });
      for (const stranger of [team, otherMode]) {
        for (const name of [id, '+14155553334']) {
          expectRefusal(await tell(name, 'spam_flagged', stranger), 404, 'not_found');
        }
      }
      expectRefusal(await calls(id), 404, 'not_found');
      expect(await daysOf(id)).toEqual([]);
      expectInvalid(
        await tell(id, 'spam', owner),
        'signal',
        /^must be one of spam_flagged, answered, rejected, inbound_call$/,
      );
    });
  });

  describe('the calls of a number', () => {
    it('are shown day by day, those without any too', async () => {
      const id = await addNumber(service, team.teamId);
      const { db } = service.app.context;
      const day = (days: number) => iso(-days * DAY_MS).slice(0, 10);
      const row = { phoneNumberId: id, outboundCalls: 5, answered: 3, rejected: 1, spamFlags: 1 };
      await db.insert(numberDays).values([
        { ...row, day: day(0) },
        { ...row, day: day(2), outboundCalls: 7 },
        { ...row, day: day(3) },
      ]);
      const counts = { answered: 3, rejected: 1, spam_flags: 1 };
      expect((await calls(id, '?days=3')).body).toEqual({
        success: true,
        days: [
          { day: day(2), outbound_calls: 7, ...counts },
          { day: day(1), outbound_calls: 0, answered: 0, rejected: 0, spam_flags: 0 },
          { day: day(0), outbound_calls: 5, ...counts },
        ],
      });
      const month = (await calls(id)).body.days;
      expect(month).toHaveLength(30);
      expect(month.at(0).day).toBe(day(29));
    });

    it.each(['0', '367', '-1', '1.5', 'x', ''])('are not shown for %j days', async (days) => {
      const id = await addNumber(service, team.teamId);
      expectInvalid(await calls(id, `?days=${days}`), 'days', /^must be a whole number from 1 to 366$/);
    });
  });

  describe('the report of idle numbers', () => {
    const report = (query = '', of = team): Promise<Answer> =>
      call(service, 'GET', `/api/reports/idle-numbers?teamId=${of.teamId}${query}`, { token: of.token });
    const ago = (days: number, ms = 0) => new Date(service.clock.now().getTime() - days * DAY_MS + ms);

    it('has the numbers without a call, the longest idle first, and what they cost', async () => {
      const assistantId = await addAssistant(service, team.teamId, { name: 'Sales Agent' });
      const old = { createdAt: ago(100) };
      const never = await addNumber(service, team.teamId, {
        ...old,
        phoneNumber: '+14155554441',
        label: 'Spare',
        monthlyPrice: '1.00',
      });
      const assigned = await addNumber(service, team.teamId, {
        ...old,
        phoneNumber: '+14155554442',
        assistantId,
        lastCallAt: ago(31),
        status: 'suspended',
        monthlyPrice: '2.0525',
      });
      const unpriced = await addNumber(service, team.teamId, { ...old, lastCallAt: ago(30) });
      await addNumber(service, team.teamId, { ...old, lastCallAt: ago(30, 1), monthlyPrice: '9.00' });
      await addNumber(service, team.teamId, { createdAt: ago(29), monthlyPrice: '9.00' });
      for (const status of ['purchasing', 'releasing', 'released', 'error'] as const) {
        await addNumber(service, team.teamId, { ...old, status, monthlyPrice: '9.00' });
      }
      await addNumber(service, team.teamId, { ...old, mode: 'test', monthlyPrice: '9.00' });
      await addNumber(service, (await newTeam(service)).teamId, { ...old, monthlyPrice: '9.00' });

      const { status, body } = await report();
      expect(status).toBe(200);
      expect(body).toEqual({
        success: true,
        numbers: [
          {
            id: never,
            phone_number: '+14155554441',
            label: 'Spare',
            status: 'active',
            assistant_id: null,
            assistant_name: null,
            monthly_price: '1.00',
            last_call_at: null,
            created_at: iso(-100 * DAY_MS),
          },
          {
            id: assigned,
            phone_number: '+14155554442',
            label: null,
            status: 'suspended',
            assistant_id: assistantId,
            assistant_name: 'Sales Agent',
            monthly_price: '2.0525',
            last_call_at: iso(-31 * DAY_MS),
            created_at: iso(-100 * DAY_MS),
          },
          expect.objectContaining({ id: unpriced, monthly_price: null }),
        ],
        count: 3,
        monthly_cost: '3.0525',
        limit: 50,
        next_cursor: null,
      });
      expect((await report('&days=90')).body).toMatchObject({ count: 1, monthly_cost: '1.00' });
      expect((await report('&days=366')).body).toMatchObject({ numbers: [], count: 0, monthly_cost: '0.00' });
      // A call takes a number out of it.
      await tell(never, 'inbound_call');
      expect((await report()).body.count).toBe(2);
    });

    it('comes in pages, and counts all of them on each', async () => {
      const ids = [];
      for (const days of [60, 50, 50, 50, 40]) {
        ids.push(await addNumber(service, team.teamId, { createdAt: ago(days), monthlyPrice: '1.00' }));
      }
      for (const limit of [1, 2, 3, 4, 5, 100]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const query = `&limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
          const { body }: Answer = await report(query);
          expect(body).toMatchObject({ count: 5, monthly_cost: '5.00', limit });
          seen.push(...body.numbers.map(({ id }: { id: string }) => id));
          cursor = body.next_cursor;
        } while (cursor !== null);
        expect(seen).toEqual([ids[0], ...ids.slice(1, 4).sort(), ids[4]]);
      }
      expectInvalid(await report('&cursor=nonsense'), 'cursor', /is not a cursor/);
    });
  });
});
