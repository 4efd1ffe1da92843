import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countOutboundCall } from '../../src/db/number-days.ts';
import { assistants, campaigns, numberDays, phoneNumbers } from '../../src/db/schema.ts';
import { CAMPAIGN_STATUSES } from '../../src/domain/campaign.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addAssistant, addCampaign, addNumber, setNumber } from '../support/routing-records.ts';
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
const TO = '+14155550199';

describe.each(DATABASE_KINDS)('choosing a caller ID on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let assistantId: string;
  let last = 1000;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service);
    assistantId = await addAssistant(service, team.teamId, { name: 'Setter' });
  });
  afterAll(() => service.stop());

  const ask = (body: object, of: { token: string } = team): Promise<Answer> =>
    call(service, 'POST', '/api/routing/caller-id', { token: of.token, body });
  /** A number that no other test has. */
  const inArea = (areaCode: string) => {
    last += 1;
    return { phoneNumber: `+1${areaCode}555${last}` };
  };
  const dayOf = async (id: string) =>
    service.app.context.db.select().from(numberDays).where(eq(numberDays.phoneNumberId, id));
  const lastCallOf = async (id: string) => {
    const [row] = await service.app.context.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
    return row?.lastCallAt;
  };

  it('answers exactly as the reference says, and counts', async () => {
    const near = { ...inArea('415'), label: 'West' };
    const id = await addNumber(service, team.teamId, near);
    const far = await addNumber(service, team.teamId, inArea('212'));
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id, far]);
    for (const calls of [1, 2]) {
      const answer = await ask({ campaignId, to: TO });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        success: true,
        phone_number: { id, phone_number: near.phoneNumber, label: 'West' },
        match: 'area_code',
        decision: [
          "The choice is among 1 of 2: those with the contact's area code, 415.",
          `${near.phoneNumber} is the one of them that this contact gets every time.`,
        ],
        calls_today: calls,
      });
    }
    expect(await dayOf(id)).toEqual([
      { phoneNumberId: id, day: '2026-01-15', outboundCalls: 2, answered: 0, rejected: 0, spamFlags: 0 },
    ]);
    expect(await lastCallOf(id)).toEqual(service.clock.now());
    expect(await dayOf(far)).toEqual([]);
    expect(await lastCallOf(far)).toBeNull();
  });

  it('only looks on a dry run', async () => {
    const id = await addNumber(service, team.teamId, inArea('415'));
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id], { dailyCapPerNumber: 1 });
    for (let round = 0; round < 3; round += 1) {
      expect(await ask({ campaignId, to: TO, dryRun: true })).toMatchObject({
        status: 200,
        body: { phone_number: { id }, calls_today: 0 },
      });
    }
    expect(await dayOf(id)).toEqual([]);
    expect(await lastCallOf(id)).toBeNull();
    expect((await ask({ campaignId, to: TO, dryRun: false })).body.calls_today).toBe(1);
    expectRefusal(await ask({ campaignId, to: TO, dryRun: true }), 409, 'no_caller_id', {
      decision: expect.any(Array),
    });
  });

  it('chooses among the numbers of an assistant, in the mode of the key', async () => {
    const live = await addNumber(service, team.teamId, { ...inArea('212'), assistantId });
    const test = await addNumber(service, team.teamId, { ...inArea('415'), assistantId, mode: 'test' });
    await addNumber(service, team.teamId, inArea('415'));
    await addNumber(service, team.teamId, { ...inArea('415'), assistantId, status: 'released' });
    const testKey = await newKey(service, team.teamId, { mode: 'test' });
    expect((await ask({ assistantId, to: TO })).body).toMatchObject({
      phone_number: { id: live },
      match: 'country',
      calls_today: 1,
    });
    expect((await ask({ assistantId, to: TO }, testKey)).body).toMatchObject({ phone_number: { id: test } });
  });

  it('gives a contact the same number again, in whatever spelling, and goes by the key where one is sent', async () => {
    const ids = [];
    for (let index = 0; index < 8; index += 1) ids.push(await addNumber(service, team.teamId, inArea('415')));
    const campaignId = await addCampaign(service, team.teamId, assistantId, ids);
    const chosen = async (more: object) => (await ask({ campaignId, ...more })).body.phone_number.id;
    const first = await chosen({ to: TO });
    for (const to of ['(415) 555-0199', ' 14155550199', 'tel:+1-415-555-0199']) {
      expect(await chosen({ to })).toBe(first);
    }
    const byKey = await chosen({ to: TO, contactKey: 'contact-7' });
    expect(await chosen({ to: '+14155550155', contactKey: 'contact-7' })).toBe(byKey);
    const keys = Array.from({ length: 20 }, (_, index) => `contact-${index}`);
    const several = new Set<string>();
    for (const contactKey of keys) several.add(await chosen({ to: TO, contactKey }));
    expect(several.size).toBeGreaterThan(3);
  });

  it('keeps to the cap of a day, and starts anew with the next', async () => {
    const [near, far] = [inArea('415'), inArea('212')];
    const [id, other] = [
      await addNumber(service, team.teamId, near),
      await addNumber(service, team.teamId, far),
    ];
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id, other], {
      dailyCapPerNumber: 2,
    });
    const got = async () => {
      const { status, body } = await ask({ campaignId, to: TO });
      return status === 200 ? [body.phone_number.id, body.calls_today] : body.code;
    };
    expect([await got(), await got(), await got(), await got(), await got()]).toEqual([
      [id, 1],
      [id, 2],
      [other, 1],
      [other, 2],
      'no_caller_id',
    ]);
    expectRefusal(await ask({ campaignId, to: TO }), 409, 'no_caller_id', {
      decision: expect.arrayContaining([
        `${near.phoneNumber} is skipped: it has had its 2 calls of today (UTC).`,
        `${far.phoneNumber} is skipped: it has had its 2 calls of today (UTC).`,
        'No number is left.',
      ]),
    });
    // An assistant has no cap, and its calls count all the same.
    await setNumber(service, id, { assistantId });
    expect((await ask({ assistantId, to: TO })).body.calls_today).toBe(3);
    service.clock.advance(DAY_MS);
    expect(await got()).toEqual([id, 1]);
    expect(await dayOf(id)).toHaveLength(2);
  });

  it('lets a flagged number rest', async () => {
    const near = inArea('415');
    const id = await addNumber(service, team.teamId, near);
    const other = await addNumber(service, team.teamId, inArea('212'));
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id, other]);
    await call(service, 'POST', `/api/phone-numbers/${id}/health`, {
      token: team.token,
      body: { signal: 'spam_flagged' },
    });
    const resting = await ask({ campaignId, to: TO });
    expect(resting.body).toMatchObject({ phone_number: { id: other }, match: 'country' });
    expect(resting.body.decision[0]).toMatch(
      /^\+1415\d+ is skipped: it was flagged as spam and rests until /,
    );
    service.clock.advance(7 * DAY_MS - 1);
    expect((await ask({ campaignId, to: TO })).body.phone_number.id).toBe(other);
    service.clock.advance(1);
    expect((await ask({ campaignId, to: TO })).body.phone_number.id).toBe(id);
  });

  it('says of each number why it cannot be shown', async () => {
    const statuses = ['purchasing', 'suspended', 'releasing', 'released', 'error'] as const;
    const numbers = statuses.map((status) => ({ ...inArea('415'), status }));
    const ids = [];
    for (const number of numbers) ids.push(await addNumber(service, team.teamId, number));
    const campaignId = await addCampaign(service, team.teamId, assistantId, ids);
    const answer = await ask({ campaignId, to: TO });
    expectRefusal(answer, 409, 'no_caller_id', { decision: expect.any(Array) });
    expect([...answer.body.decision].sort()).toEqual(
      [
        ...numbers.map(({ phoneNumber, status }) => `${phoneNumber} is skipped: it is ${status}.`),
        'No number is left.',
      ].sort(),
    );
    const empty = await addCampaign(service, team.teamId, assistantId, []);
    expectRefusal(await ask({ campaignId: empty, to: TO }), 409, 'no_caller_id', {
      decision: ['There is no number to choose from.'],
    });
  });

  it.each(CAMPAIGN_STATUSES.filter((status) => status !== 'running'))(
    'refuses a campaign that is %s',
    async (status) => {
      const id = await addNumber(service, team.teamId, inArea('415'));
      const campaignId = await addCampaign(service, team.teamId, assistantId, [id], { status });
      const answer = await ask({ campaignId, to: TO });
      expectRefusal(answer, 409, 'campaign_not_running');
      expect(answer.body.error).toContain(status);
      expect(answer.body.error).toContain(status === 'completed' ? 'Make a new one.' : 'Start it first.');
      await service.app.context.db
        .update(campaigns)
        .set({ status: 'running' })
        .where(eq(campaigns.id, campaignId));
      expect((await ask({ campaignId, to: TO })).status).toBe(200);
    },
  );

  it('refuses an assistant that places no calls, by itself and behind a campaign', async () => {
    const id = await addNumber(service, team.teamId, { ...inArea('415'), assistantId });
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id]);
    const { db } = service.app.context;
    await db.update(assistants).set({ outboundEnabled: false }).where(eq(assistants.id, assistantId));
    for (const from of [{ assistantId }, { campaignId }]) {
      expectRefusal(await ask({ ...from, to: TO }), 409, 'outbound_off');
    }
    expect(await dayOf(id)).toEqual([]);
  });

  it('hides what is of other teams, or of the other mode', async () => {
    const id = await addNumber(service, team.teamId, { ...inArea('415'), assistantId });
    const campaignId = await addCampaign(service, team.teamId, assistantId, [id]);
    const stranger = await newTeam(service);
    const otherMode = await newKey(service, team.teamId, { mode: 'test' });
    for (const from of [
      { assistantId },
      { campaignId },
      { assistantId: 'unknown' },
      { campaignId: 'unknown' },
    ]) {
      expectRefusal(await ask({ ...from, to: TO }, stranger), 404, 'not_found');
    }
    expectRefusal(await ask({ campaignId, to: TO }, otherMode), 404, 'not_found');
    // The assistant is of both modes, its numbers are not.
    expectRefusal(await ask({ assistantId, to: TO }, otherMode), 409, 'no_caller_id', {
      decision: ['There is no number to choose from.'],
    });
  });

  it('asks for one of campaignId and assistantId, and for a number', async () => {
    const campaignId = await addCampaign(service, team.teamId, assistantId, []);
    expectInvalid(await ask({ to: TO }), 'campaignId', /^is required, or assistantId: /);
    expectInvalid(
      await ask({ campaignId, assistantId, to: TO }),
      'assistantId',
      /^does not go with campaignId/,
    );
    expectInvalid(await ask({ campaignId, to: 'nobody' }), 'to', /^must be a telephone number/);
  });

  it('gives no more calls than the cap, whatever comes at once', async () => {
    const ids = [
      await addNumber(service, team.teamId, inArea('415')),
      await addNumber(service, team.teamId, inArea('510')),
      await addNumber(service, team.teamId, inArea('212')),
    ];
    const campaignId = await addCampaign(service, team.teamId, assistantId, ids, { dailyCapPerNumber: 10 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ask({ campaignId, to: TO, contactKey: `contact-${index}` })),
    );
    const given = answers.filter(({ status }) => status === 200);
    expect(given).toHaveLength(30);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectRefusal(answer, 409, 'no_caller_id', { decision: expect.any(Array) });
    }
    for (const id of ids) {
      const counts = given
        .filter(({ body }) => body.phone_number.id === id)
        .map(({ body }) => body.calls_today);
      expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await dayOf(id)).toMatchObject([{ outboundCalls: 10 }]);
    }
  });

  it('counts no call of a number that went out of service, or began to rest, meanwhile', async () => {
    const { db } = service.app.context;
    const now = service.clock.now();
    const count = (id: string) => countOutboundCall(db, id, { now, day: '2026-01-15', cap: null });
    const id = await addNumber(service, team.teamId, inArea('415'));
    expect(await count(id)).toBe(1);
    await setNumber(service, id, { status: 'suspended' });
    expect(await count(id)).toBeNull();
    await setNumber(service, id, { status: 'active', restingUntil: new Date(now.getTime() + 1) });
    expect(await count(id)).toBeNull();
    await setNumber(service, id, { restingUntil: now });
    expect(await count(id)).toBe(2);
  });
});
