import pg from 'pg';
import { openPostgres } from '../packages/server/src/db/database.ts';
import { hashToken, newToken } from '../packages/server/src/domain/api-token.ts';

/** How large a database is. */
export interface Size {
  teams: number;
  /** Live ones of each team. */
  numbersPerTeam: number;
  /** Released ones of each team, which lists leave out. */
  releasedPerTeam?: number;
}

/** A seeded database: its address, and some of its teams, evenly over all, each with its key. */
export interface Seeded {
  url: string;
  teams: readonly { teamId: string; token: string; numbers: readonly string[] }[];
}

/** More teams have no keys: nobody asks for them, but their rows are there. */
const MOST_KEYS = 20_000;

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
  // Rows without checks of foreign keys, and indexes when all are there: minutes instead of hours for ten millions.
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'`);
  await insertTeams(client, size);
  await insertNumbers(client, size);
  const teams = await insertKeys(client, size);
  await client.query('vacuum analyze');
  await client.end();
  return { url, teams };
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = name;
  return url.href;
}

async function insertTeams(client: pg.Client, { teams }: Size): Promise<void> {
  await client.query(`
    insert into users (id, email, name, email_verified, created_at, updated_at)
      select 'usr_' || i, 'person' || i || '@example.com', 'Person ' || i, true, now(), now()
      from generate_series(0, ${teams - 1}) as i;
    insert into teams (id, name, slug, plan, max_numbers, created_at, updated_at)
      select 'team_' || i, 'Team ' || i, 'team-' || i, 'enterprise', 1000000, now(), now()
      from generate_series(0, ${teams - 1}) as i;
    insert into team_members (team_id, user_id, role, created_at)
      select 'team_' || i, 'usr_' || i, 'owner', now() from generate_series(0, ${teams - 1}) as i;
    insert into assistants (id, team_id, name, metadata, created_at, updated_at)
      select 'asst_' || i, 'team_' || i % ${teams}, 'Assistant ' || i, '{"voice":"alloy","language":"en-US"}', now(), now()
      from generate_series(0, ${teams * 2 - 1}) as i`);
}

/** Number i is of team i modulo the teams, and of one of its assistants; the last ones are released. */
async function insertNumbers(client: pg.Client, size: Size): Promise<void> {
  const { teams, numbersPerTeam, releasedPerTeam = 0 } = size;
  const all = teams * (numbersPerTeam + releasedPerTeam);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = 'phone_numbers'::regclass and not indisprimary
      and not exists (select from pg_constraint where conindid = indexrelid)`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query(`
    insert into phone_numbers (id, team_id, mode, phone_number, provider, status, is_trial, bought_as_trial,
      assistant_id, created_by, created_at, updated_at)
    select 'pn_' || lpad(i::text, 26, '0'), 'team_' || i % ${teams}, 'live', '+1' || 2000000000 + i, 'telnyx',
      case when i < ${teams * numbersPerTeam} then 'active' else 'released' end, false, false,
      'asst_' || i % ${teams * 2}, 'usr_' || i % ${teams}, now() - i * interval '1 second', now()
    from generate_series(0, ${all - 1}) as i`);
  for (const { definition } of indexes) await client.query(definition);
}

async function insertKeys(client: pg.Client, { teams, numbersPerTeam }: Size): Promise<Seeded['teams']> {
  const step = Math.max(1, Math.floor(teams / MOST_KEYS));
  const some = Array.from({ length: Math.min(teams, MOST_KEYS) }, (_, index) => ({
    team: index * step,
    token: newToken('live'),
  }));
  await client.query(
    `insert into api_keys (id, team_id, mode, name, prefix, token_hash, scopes, rate_limit_per_hour, created_by, created_at)
     select 'key_' || team, 'team_' || team, 'live', 'Bench', 'tk', hash, '{*}', 2000000000, 'usr_' || team, now()
     from unnest($1::int[], $2::text[]) as keys (team, hash)`,
    [some.map(({ team }) => team), some.map(({ token }) => hashToken(token))],
  );
  return some.map(({ team, token }) => ({
    teamId: `team_${team}`,
    token,
    numbers: Array.from(
      { length: Math.min(20, numbersPerTeam) },
      (_, row) => `+1${2_000_000_000 + team + row * teams}`,
    ),
  }));
}
