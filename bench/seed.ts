import pg from 'pg';
import { openPostgres } from '../packages/server/src/db/database.ts';
import { openEmbedded } from '../packages/server/src/db/embedded.ts';
import { hashToken, newToken } from '../packages/server/src/domain/api-token.ts';

/** How large a database is. */
export interface Size {
  teams: number;
  /** Live ones of each team. */
  numbersPerTeam: number;
  /** Released ones of each team, which lists leave out. */
  releasedPerTeam?: number;
  /** At most so many teams, evenly over all, have a key. Default 20,000; nobody asks for the others, but their rows are there. */
  keys?: number;
}

/** Some of a database's teams, evenly over all, each with its key. */
export interface SeededTeams {
  teams: readonly { teamId: string; token: string; numbers: readonly string[] }[];
}

/** A seeded database, with its address. */
export interface Seeded extends SeededTeams {
  url: string;
}

/** One statement to a database, and its rows. */
type Ask = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** The ids of numbers that were seeded; those of numbers that were bought begin otherwise. */
export const SEEDED_IDS = 'pn_00000%';

/**
 * A migrated database of its own on this PostgreSQL, with teams, each with a person, a key and two assistants, and
 * their numbers in the order of time, so that a team's rows lie far apart as they do in life.
 */
export async function seed(serverUrl: string, name: string, size: Size): Promise<Seeded> {
  const url = await createDatabase(serverUrl, name);
  const { close } = await openPostgres(url, () => undefined);
  await close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set maintenance_work_mem = '512MB'`);
    return { url, teams: await fill(async (text, values) => (await client.query(text, values)).rows, size) };
  } finally {
    await client.end();
  }
}

/** The same in an embedded database, in a directory that has none yet. */
export async function seedEmbedded(dataDir: string, size: Size): Promise<SeededTeams> {
  const database = await openEmbedded(dataDir);
  if (database.kind !== 'embedded') throw new Error('this database is not embedded');
  const { client, close } = database;
  try {
    return {
      teams: await fill(async (text, values) => (await client.query<never>(text, values)).rows, size),
    };
  } finally {
    await close();
  }
}

async function fill(ask: Ask, size: Size): Promise<SeededTeams['teams']> {
  // Rows without checks of foreign keys, and indexes when all are there: minutes instead of hours for ten millions.
  await ask('set session_replication_role = replica');
  await insertTeams(ask, size);
  await insertNumbers(ask, size);
  const teams = await insertKeys(ask, size);
  await ask('vacuum analyze');
  return teams;
}

/** An empty database on this PostgreSQL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

async function insertTeams(ask: Ask, { teams }: Size): Promise<void> {
  const upTo = (count: number) => `from generate_series(0, ${count - 1}) as i`;
  await ask(`
    insert into users (id, email, name, email_verified, created_at, updated_at)
      select 'usr_' || i, 'person' || i || '@example.com', 'Person ' || i, true, now(), now() ${upTo(teams)}`);
  await ask(`
    insert into teams (id, name, slug, plan, max_numbers, created_at, updated_at)
      select 'team_' || i, 'Team ' || i, 'team-' || i, 'enterprise', 1000000, now(), now() ${upTo(teams)}`);
  await ask(`
    insert into team_members (team_id, user_id, role, created_at)
      select 'team_' || i, 'usr_' || i, 'owner', now() ${upTo(teams)}`);
  await ask(`
    insert into assistants (id, team_id, name, metadata, created_at, updated_at)
      select 'asst_' || i, 'team_' || i % ${teams}, 'Assistant ' || i, '{"voice":"alloy","language":"en-US"}', now(), now()
      ${upTo(teams * 2)}`);
}

/** The telephone number of number i: as calls come in, eight millions to an area code. */
function numberOf(i: number): string {
  return `+1${201 + Math.floor(i / 8_000_000)}${2_000_000 + (i % 8_000_000)}`;
}

/** Number i is of team i modulo the teams, and of one of its assistants; the last ones are released. */
async function insertNumbers(ask: Ask, size: Size): Promise<void> {
  const { teams, numbersPerTeam, releasedPerTeam = 0 } = size;
  const all = teams * (numbersPerTeam + releasedPerTeam);
  const indexes = await ask(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = 'phone_numbers'::regclass and not indisprimary
      and not exists (select from pg_constraint where conindid = indexrelid)`);
  for (const { name } of indexes) await ask(`drop index ${name}`);
  await ask(`
    insert into phone_numbers (id, team_id, mode, phone_number, provider, status, is_trial, bought_as_trial,
      assistant_id, created_by, created_at, updated_at)
    select 'pn_' || lpad(i::text, 26, '0'), 'team_' || i % ${teams}, 'live', '+1' || 201 + i / 8000000 || 2000000 + i % 8000000, 'telnyx',
      case when i < ${teams * numbersPerTeam} then 'active' else 'released' end, false, false,
      'asst_' || i % ${teams * 2}, 'usr_' || i % ${teams}, now() - i * interval '1 second', now()
    from generate_series(0, ${all - 1}) as i`);
  for (const { definition } of indexes) await ask(String(definition));
}

async function insertKeys(
  ask: Ask,
  { teams, numbersPerTeam, keys = 20_000 }: Size,
): Promise<SeededTeams['teams']> {
  const step = Math.max(1, Math.floor(teams / keys));
  const some = Array.from({ length: Math.min(teams, keys) }, (_, index) => ({
    team: index * step,
    token: newToken('live'),
  }));
  await ask(
    `insert into api_keys (id, team_id, mode, name, prefix, token_hash, scopes, rate_limit_per_hour, created_by, created_at)
     select 'key_' || team, 'team_' || team, 'live', 'Bench', 'tk', hash, '{*}', 2000000000, 'usr_' || team, now()
     from unnest($1::int[], $2::text[]) as keys (team, hash)`,
    [some.map(({ team }) => team), some.map(({ token }) => hashToken(token))],
  );
  return some.map(({ team, token }) => ({
    teamId: `team_${team}`,
    token,
    numbers: Array.from({ length: Math.min(20, numbersPerTeam) }, (_, row) => numberOf(team + row * teams)),
  }));
}
