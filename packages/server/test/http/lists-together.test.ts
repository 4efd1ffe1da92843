import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgres } from '../../src/db/database.ts';
import { prepareListAll } from '../../src/db/listed-numbers.ts';
import { teamMembers, users } from '../../src/db/schema.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addNumber, addNumbers, newAssistant } from '../support/numbers.ts';
import { list, newKey, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

/** As many as one statement asks for. */
const MOST_TOGETHER = 20;

describe.each(DATABASE_KINDS)('lists of several teams, asked for in the same moment, on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(() => service.stop());

  /** What each of them gets, all asked for at once. */
  const listsOf = async (teams: readonly TeamWithKey[]) => {
    const answers = await Promise.all(teams.map((team) => list(service, team)));
    expect(answers.map(({ status }) => status)).toEqual(teams.map(() => 200));
    for (const { body } of answers) expect(body.count).toBe(body.numbers.length);
    return answers.map(({ body }) => body.numbers as Record<string, unknown>[]);
  };
  const idsOf = (numbers: readonly Record<string, unknown>[] | undefined) => numbers?.map(({ id }) => id);
  const ownerOf = async ({ teamId }: TeamWithKey) => {
    const [owner] = await service.app.context.db
      .select({ id: users.id, email: users.email, name: users.name })
      .from(users)
      .innerJoin(teamMembers, eq(teamMembers.userId, users.id))
      .where(eq(teamMembers.teamId, teamId));
    if (!owner) throw new Error('a team without an owner');
    return owner;
  };

  it('are to each team its own, the newest first, also where times are the same', async () => {
    const [first, second] = [await newTeam(service), await newTeam(service)];
    const now = service.clock.now().getTime();
    const at = (minutes: number) => ({ createdAt: new Date(now + minutes * 60_000) });
    const ids: Record<string, string> = {};
    // Written down in no order, the teams' numbers between each other's in time.
    for (const [name, team, minutes] of [
      ['b', second, 2],
      ['a', first, 1],
      ['d', second, 4],
      ['c', first, 3],
    ] as const)
      ids[name] = await addNumber(service, team, at(minutes));
    const same = await addNumbers(service, first, 3, at(0));
    await addNumber(service, first, { ...at(9), status: 'released' });
    const [ofFirst, ofSecond] = await listsOf([first, second]);
    expect(idsOf(ofFirst)).toEqual([ids.c, ids.a, ...same.toSorted().toReversed()]);
    expect(idsOf(ofSecond)).toEqual([ids.d, ids.b]);
  });

  it('name the assistants and buyers of each, also those that several share', async () => {
    const [first, second] = [await newTeam(service), await newTeam(service)];
    const [ava, bob] = [await ownerOf(first), await ownerOf(second)];
    const sales = await newAssistant(service, first, { name: 'Sales' });
    const theirSales = await newAssistant(service, second, { name: 'Sales' });
    const support = await newAssistant(service, second, { name: 'Support' });
    const named = (assistantId: string | null, createdBy: string | null, minutes: number) => ({
      assistantId,
      createdBy,
      createdAt: new Date(service.clock.now().getTime() - minutes * 60_000),
    });
    await addNumber(service, first, named(sales, ava.id, 1));
    await addNumber(service, first, named(sales, bob.id, 2));
    await addNumber(service, first, named(null, null, 3));
    await addNumber(service, second, named(theirSales, bob.id, 1));
    await addNumber(service, second, named(support, ava.id, 2));
    const [ofFirst, ofSecond] = await listsOf([first, second]);
    const namesIn = (numbers: readonly Record<string, unknown>[] | undefined) =>
      numbers?.map((number) => [
        number.assistant_id,
        number.assistant_name,
        number.created_by_email,
        number.created_by_name,
      ]);
    expect(namesIn(ofFirst)).toEqual([
      [sales, 'Sales', ava.email, ava.name],
      [sales, 'Sales', bob.email, bob.name],
      [null, null, null, null],
    ]);
    expect(namesIn(ofSecond)).toEqual([
      [theirSales, 'Sales', bob.email, bob.name],
      [support, 'Support', ava.email, ava.name],
    ]);
  });

  it('keep live and test of one team apart, and answer one who asks twice, and one who has none', async () => {
    const [team, other, empty] = [await newTeam(service), await newTeam(service), await newTeam(service)];
    const test = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
    const live = await addNumbers(service, team, 2);
    const inTest = await addNumbers(service, team, 1, { mode: 'test' });
    const theirs = await addNumbers(service, other, 1, { mode: 'test' });
    const lists = await listsOf([team, test, empty, team, other, test]);
    expect(lists.map((numbers) => idsOf(numbers)?.toSorted())).toEqual([live, inTest, [], live, [], inTest]);
    expect(JSON.stringify(lists)).not.toContain(theirs[0]);
  });

  it('are several statements where they are many, each answer still its own', async () => {
    const teams: TeamWithKey[] = [];
    for (let team = 0; team < MOST_TOGETHER + 5; team += 1) teams.push(await newTeam(service));
    const ids = [];
    for (const team of teams) ids.push([await addNumber(service, team)]);
    const query = vi.spyOn(pg.Client.prototype, 'query');
    expect((await listsOf(teams)).map(idsOf)).toEqual(ids);
    if (kind === 'embedded') return;
    const asked = query.mock.calls
      .map(([config]) => config as unknown as { name?: string; values: [string[]] })
      .filter(({ name }) => name === 'list_all_numbers')
      .map(({ values }) => values[0].length);
    expect(asked.reduce((sum, teamsInOne) => sum + teamsInOne, 0)).toBe(teams.length);
    expect(Math.max(...asked)).toBeLessThanOrEqual(MOST_TOGETHER);
    expect(asked.length).toBeLessThan(teams.length);
  });
});

describe('the list of a team among many', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
  });
  afterAll(() => service.stop());

  it('is asked for by its index, planned without looking at the values', async () => {
    const { db } = service.app.context;
    const team = await newTeam(service);
    // Tables of a few rows are read in any way.
    await db.execute(sql`
      insert into teams (id, name, slug, plan, created_at, updated_at)
      select 'team_' || i, 'Team', 'many-' || i, 'free', now(), now() from generate_series(1, 500) as i`);
    await db.execute(sql`
      insert into phone_numbers (id, team_id, mode, phone_number, provider, status, is_trial, bought_as_trial, created_at, updated_at)
      select 'pn_' || i, 'team_' || (i % 500 + 1), 'live', '+1212' || (5550000 + i), 'telnyx',
        case when i % 3 = 0 then 'active' else 'released' end, false, false, now(), now()
      from generate_series(1, 10000) as i`);
    await db.execute(sql`vacuum analyze phone_numbers, assistants, users`);
    const { close, lookUps } = await openPostgres(
      service.database.environment.DATABASE_URL ?? '',
      () => undefined,
    );
    await prepareListAll(lookUps)(team.teamId, 'live');
    const explain = lookUps.prepare(
      'explain',
      `explain (verbose) execute list_all_numbers(array['${team.teamId}'], array['live'])`,
    );
    const plan = JSON.stringify(await explain());
    await close();
    // Nothing of the values stands in a plan that was made without them.
    expect(plan).toContain('unnest($1), unnest($2)');
    // All that the list shows stands in the index.
    expect(plan).toContain('Index Only Scan using ');
    expect(plan).toContain('n.team_id = asked.team_id');
    expect(plan).not.toContain('Seq Scan');
  });
});
