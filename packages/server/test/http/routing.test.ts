import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/db/database.ts';
import { assistants } from '../../src/db/schema.ts';
import { prepareFindWorkingKey } from '../../src/db/working-keys.ts';
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
import { expectInvalid } from './expectations.ts';

const NUMBER = '+14155550101';
const FALLBACK = '+12125550100';

describe.each(DATABASE_KINDS)('where an inbound call goes, on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let next = 0;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service);
  });
  afterAll(() => service.stop());

  const lookUp = (to: string, of: { token: string } = team): Promise<Answer> =>
    call(service, 'GET', `/api/routing/inbound?to=${encodeURIComponent(to)}`, { token: of.token });
  const freshNumber = () => {
    next += 1;
    return `+1415555${String(2000 + next)}`;
  };

  it('answers exactly as the reference says', async () => {
    const metadata = { voice: 'alloy', nested: { list: [1, 'two', null], deep: { yes: true } }, empty: {} };
    const assistantId = await addAssistant(service, team.teamId, {
      name: 'Sales Agent',
      templateId: 'inbound-support',
      connectionId: '1293384261075731499',
      fallbackNumber: FALLBACK,
      metadata,
    });
    const id = await addNumber(service, team.teamId, {
      phoneNumber: NUMBER,
      assistantId,
      label: 'Front desk',
    });
    const answer = await lookUp(NUMBER);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      action: 'assistant',
      assistant: {
        id: assistantId,
        name: 'Sales Agent',
        template_id: 'inbound-support',
        connection_id: '1293384261075731499',
        metadata,
      },
      phone_number: { id, phone_number: NUMBER, label: 'Front desk', status: 'active' },
      fallback_number: FALLBACK,
      reason: 'assigned',
      decision: [
        `${NUMBER} is a number of the team.`,
        'It is active.',
        'It is assigned to the assistant "Sales Agent".',
        'The assistant takes calls.',
      ],
    });
    await setNumber(service, id, { status: 'released', assistantId: null });
  });

  it('has no assistant where nobody is assigned, and where the number is nobody’s', async () => {
    const phoneNumber = freshNumber();
    const id = await addNumber(service, team.teamId, { phoneNumber });
    expect((await lookUp(phoneNumber)).body).toEqual({
      success: true,
      action: 'reject',
      assistant: null,
      phone_number: { id, phone_number: phoneNumber, label: null, status: 'active' },
      fallback_number: null,
      reason: 'unassigned',
      decision: expect.any(Array),
    });
    expect((await lookUp('+14155559999')).body).toEqual({
      success: true,
      action: 'reject',
      assistant: null,
      phone_number: null,
      fallback_number: null,
      reason: 'unknown',
      decision: ['+14155559999 is not a number of the team in live mode.'],
    });
  });

  it('sends calls on where the assistant takes none', async () => {
    const phoneNumber = freshNumber();
    const assistantId = await addAssistant(service, team.teamId, { inboundEnabled: false });
    const id = await addNumber(service, team.teamId, { phoneNumber, assistantId });
    expect((await lookUp(phoneNumber)).body).toMatchObject({
      action: 'reject',
      reason: 'inbound_off',
      assistant: null,
      phone_number: { id },
      fallback_number: null,
    });
    const { db } = service.app.context;
    await db.update(assistants).set({ fallbackNumber: FALLBACK }).where(eq(assistants.id, assistantId));
    expect((await lookUp(phoneNumber)).body).toMatchObject({
      action: 'fallback',
      reason: 'inbound_off',
      assistant: null,
      fallback_number: FALLBACK,
    });
  });

  it.each(['purchasing', 'suspended', 'releasing', 'released', 'error'] as const)(
    'turns calls away of a number that is %s',
    async (status) => {
      const phoneNumber = freshNumber();
      const assistantId = await addAssistant(service, team.teamId, { fallbackNumber: FALLBACK });
      const id = await addNumber(service, team.teamId, { phoneNumber, assistantId, status });
      expect((await lookUp(phoneNumber)).body).toMatchObject({
        action: 'reject',
        reason: status,
        assistant: null,
        phone_number: { id, status },
        fallback_number: null,
      });
    },
  );

  it('goes by the latest record of a number that came and went', async () => {
    const phoneNumber = freshNumber();
    const at = (time: string) => ({ phoneNumber, createdAt: new Date(time) });
    await addNumber(service, team.teamId, { status: 'error', ...at('2026-01-01T00:00:00Z') });
    const last = await addNumber(service, team.teamId, { status: 'released', ...at('2026-01-03T00:00:00Z') });
    await addNumber(service, team.teamId, { status: 'error', ...at('2026-01-02T00:00:00Z') });
    expect((await lookUp(phoneNumber)).body).toMatchObject({
      reason: 'released',
      phone_number: { id: last },
    });
    const live = await addNumber(service, team.teamId, at('2025-12-01T00:00:00Z'));
    expect((await lookUp(phoneNumber)).body).toMatchObject({
      reason: 'unassigned',
      phone_number: { id: live },
    });
  });

  it("knows nothing of other teams' numbers, nor of those of the other mode", async () => {
    const phoneNumber = freshNumber();
    const owner = await newTeam(service);
    const assistantId = await addAssistant(service, owner.teamId);
    await addNumber(service, owner.teamId, { phoneNumber, assistantId });
    const otherMode = await newKey(service, owner.teamId, { mode: 'test' });
    for (const stranger of [team, otherMode]) {
      expect((await lookUp(phoneNumber, stranger)).body).toMatchObject({
        action: 'reject',
        reason: 'unknown',
        assistant: null,
        phone_number: null,
      });
    }
    // Once it was theirs, and that is all they learn.
    await addNumber(service, team.teamId, { phoneNumber, status: 'released' });
    expect((await lookUp(phoneNumber)).body).toMatchObject({ reason: 'released', assistant: null });
    expect((await lookUp(phoneNumber, owner)).body).toMatchObject({ assistant: { id: assistantId } });
  });

  it('keeps numbers of the two modes apart', async () => {
    const phoneNumber = freshNumber();
    const testKey = await newKey(service, team.teamId, { mode: 'test' });
    const [live, test] = [await addAssistant(service, team.teamId), await addAssistant(service, team.teamId)];
    await addNumber(service, team.teamId, { phoneNumber, assistantId: live });
    await addNumber(service, team.teamId, { phoneNumber, assistantId: test, mode: 'test' });
    expect((await lookUp(phoneNumber)).body.assistant.id).toBe(live);
    expect((await lookUp(phoneNumber, testKey)).body.assistant.id).toBe(test);
  });

  it('goes by an assignment from the next look-up on', async () => {
    const phoneNumber = freshNumber();
    const [first, second] = [
      await addAssistant(service, team.teamId),
      await addAssistant(service, team.teamId),
    ];
    const id = await addNumber(service, team.teamId, { phoneNumber });
    for (const assistantId of [first, second, null, first]) {
      await setNumber(service, id, { assistantId });
      expect((await lookUp(phoneNumber)).body.assistant?.id ?? null).toBe(assistantId);
    }
  });

  it.each([
    '+14155550177',
    '%2B14155550177',
    '14155550177',
    '4155550177',
    '(415)%20555-0177',
    'sip:+14155550177@sip.example.com;user=phone',
    'sip%3A%2B14155550177%40sip.example.com%3Buser%3Dphone',
    'tel:+1-415-555-0177',
    '+14155550177&from=%2B442079460123',
    '+14155550177&from=anonymous',
    '+14155550177&from=',
  ])('takes ?to=%s as it stands in an address', async (query) => {
    const id = await addNumber(service, team.teamId, { phoneNumber: '+14155550177' });
    const answer = await call(service, 'GET', `/api/routing/inbound?to=${query}`, { token: team.token });
    expect(answer).toMatchObject({ status: 200, body: { phone_number: { id } } });
    await setNumber(service, id, { status: 'released' });
  });

  it('refuses what is no number, and says where', async () => {
    for (const to of ['anonymous', '911', 'sip:support@example.com', '+1']) {
      expectInvalid(await lookUp(to), 'to', /^must be a telephone number, like \+14155550101$/);
    }
    expectInvalid(await lookUp(''), 'to', /^must be the number that was called/);
    const answer = await call(service, 'GET', '/api/routing/inbound', { token: team.token });
    expectInvalid(answer, 'to', /^is required: the number that was called/);
  });
});

describe('many look-ups on two servers while the assignment changes', () => {
  const CHANGES = 100;
  const LOOK_UPS = 1_000;
  let first: Service;
  let second: Service;

  beforeAll(async () => {
    first = await startService({ kind: 'postgres' });
    second = await startService({
      database: first.database,
      sharedSimulator: first.simulator,
      clock: first.clock,
    });
  });
  afterAll(async () => {
    await second.stop();
    await first.stop();
  });

  it('never give an assignment that was over before they began, nor one of another team', async () => {
    const addresses = await Promise.all(
      [first, second].map(({ app }) => app.server.listen({ port: 0, host: '127.0.0.1' })),
    );
    const [owner, stranger] = [await newTeam(first), await newTeam(first)];
    // A new assistant each time, so that each answer tells how old it is.
    const versions: string[] = [];
    for (let version = 0; version <= CHANGES; version += 1) {
      versions.push(await addAssistant(first, owner.teamId, { name: `Version ${version}` }));
    }
    const id = await addNumber(first, owner.teamId, {
      phoneNumber: NUMBER,
      assistantId: versions[0] ?? null,
    });
    const theirs = await addAssistant(first, stranger.teamId);
    await addNumber(first, stranger.teamId, { phoneNumber: '+14155550102', assistantId: theirs });

    const progress = { begun: 0, committed: 0, lookUps: 0, failed: false };
    const unfinished = () =>
      !progress.failed && (progress.committed < CHANGES || progress.lookUps < LOOK_UPS);
    const lookUp = async (address: string, token: string, to: string) => {
      const url = `${address}/api/routing/inbound?to=${to}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(200);
      return (await response.json()) as { assistant: { id: string } | null; reason: string };
    };

    async function askForOwn(address: string): Promise<void> {
      while (unfinished()) {
        const committed = progress.committed;
        const { assistant } = await lookUp(address, owner.token, NUMBER);
        const seen = versions.indexOf(assistant?.id ?? '');
        expect(seen).toBeGreaterThanOrEqual(committed);
        expect(seen).toBeLessThanOrEqual(progress.begun);
        progress.lookUps += 1;
      }
    }
    async function askForTheirs(address: string): Promise<void> {
      while (unfinished()) {
        expect(await lookUp(address, stranger.token, NUMBER)).toMatchObject({
          assistant: null,
          reason: 'unknown',
        });
        expect((await lookUp(address, stranger.token, '+14155550102')).assistant?.id).toBe(theirs);
        progress.lookUps += 2;
      }
    }
    async function change(): Promise<void> {
      for (let version = 1; version <= CHANGES && !progress.failed; version += 1) {
        progress.begun = version;
        // Through either server's connections, in turns.
        await setNumber(version % 2 === 0 ? first : second, id, { assistantId: versions[version] ?? null });
        progress.committed = version;
        for (const address of addresses) {
          expect((await lookUp(address, owner.token, NUMBER)).assistant?.id).toBe(versions[version]);
          progress.lookUps += 1;
        }
      }
    }
    const askers = addresses.flatMap((address) => [
      askForOwn(address),
      askForOwn(address),
      askForOwn(address),
      askForTheirs(address),
    ]);
    const stopAll = (error: unknown) => {
      progress.failed = true;
      throw error;
    };
    await Promise.all([...askers, change()].map((each) => each.catch(stopAll)));
    expect(progress).toMatchObject({ begun: CHANGES, committed: CHANGES });
    expect(progress.lookUps).toBeGreaterThanOrEqual(LOOK_UPS);
    // Seconds, and more on a machine with much else to do.
  }, 120_000);

  it('ask unique indexes, also where PostgreSQL plans without looking at the values', async () => {
    const { db } = first.app.context;
    // As in life: teams have few numbers each, so that to look through a team's does not seem much to PostgreSQL.
    await db.execute(sql`
      insert into teams (id, name, slug, plan, created_at, updated_at)
      select 'team_' || i, 'Team', 'many-' || i, 'business', now(), now() from generate_series(1, 500) as i`);
    await db.execute(sql`
      insert into assistants (id, team_id, name, created_at, updated_at)
      select 'asst_' || i, 'team_' || i, 'Ava', now(), now() from generate_series(1, 500) as i`);
    await db.execute(sql`
      insert into phone_numbers (id, team_id, mode, phone_number, provider, status, is_trial, bought_as_trial, assistant_id, created_at, updated_at)
      select 'pn_' || i, 'team_' || (i % 500 + 1), 'live', '+1212' || (5550000 + i), 'telnyx',
        case when i % 3 = 0 then 'active' else 'released' end, false, false, 'asst_' || (i % 500 + 1), now(), now()
      from generate_series(1, 20000) as i`);
    await db.execute(sql`
      insert into api_keys (id, team_id, mode, name, prefix, token_hash, scopes, created_at)
      select 'key_' || i, 'team_' || i, 'live', 'Key', 'tk_live_', md5(i::text), '{*}', now() from generate_series(1, 500) as i`);
    await db.execute(sql`vacuum analyze phone_numbers, assistants, api_keys`);
    const { close, lookUps } = await openPostgres(
      first.database.environment.DATABASE_URL ?? '',
      () => undefined,
    );
    await prepareFindWorkingKey(lookUps, first.clock)('hash', NUMBER);
    const explain = lookUps.prepare(
      'explain',
      `explain execute find_working_keys(array['hash'], array['${NUMBER}'], now())`,
    );
    const plan = JSON.stringify(await explain());
    await close();
    // Nothing of the values stands in a plan that was made without them.
    expect(plan).toContain('expires_at > $3');
    expect(plan).toContain('Index Scan using api_keys_token_hash_unique');
    expect(plan).toContain('Index Scan using phone_numbers_live');
    expect(plan).toContain('Index Scan using assistants_pkey');
    expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
  });
});
