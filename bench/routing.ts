import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openPostgres } from '../packages/server/src/db/database.ts';
import { hashToken, newToken, tokenPrefix } from '../packages/server/src/domain/api-token.ts';
import { freePort, startOwnPostgres } from '../packages/server/test/support/own-postgres.ts';
import { measureLatency, measureRate, type NextRequest, percentile } from './load.ts';

/*
 * How fast the inbound look-up is, beside the least that could do the same: bare-routing.ts. Both in processes of
 * their own, on one PostgreSQL of the benchmark's own with 10,000 numbers, in turns, so that whatever else the
 * machine does meets both; the figures are medians of the rounds. `npm run bench:routing -- --rounds 20 --seconds 5`
 */

const NUMBERS = 10_000;
const CONNECTIONS = 16;
/** The rate at which the latency counts. */
const PER_SECOND = 500;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, seconds: { type: 'string', default: '2' } },
});
const rounds = Number(values.rounds);
const ms = Number(values.seconds) * 1000;

interface Subject {
  name: string;
  process: ChildProcess;
  next: NextRequest;
  rates: number[];
  /** ms, of each round. */
  p50s: number[];
  p99s: number[];
}

const postgres = await startOwnPostgres();
const subjects: Subject[] = [];
try {
  const token = await seed(postgres.url);
  subjects.push(
    await start('node:http + pg', 'bench/bare-routing.ts', (port) => `http://127.0.0.1:${port}/`),
  );
  subjects.push(
    await start(
      'this service',
      'packages/server/dist/main.js',
      (port) => `http://127.0.0.1:${port}/api/routing/inbound`,
      { authorization: `Bearer ${token}` },
    ),
  );
  for (const { next } of subjects) await measureRate(next, CONNECTIONS, ms / 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const { next, rates } of subjects) rates.push(await measureRate(next, CONNECTIONS, ms));
    for (const { next, p50s, p99s } of subjects) {
      const latencies = await measureLatency(next, PER_SECOND, ms);
      p50s.push(percentile(latencies, 50));
      p99s.push(percentile(latencies, 99));
    }
  }
  print(subjects);
} finally {
  for (const { process: child } of subjects) {
    child.kill();
    await once(child, 'exit');
  }
  await postgres.remove();
}

/** A team with its key, its assistants, and its numbers. */
async function seed(url: string): Promise<string> {
  const database = await openPostgres(url, () => undefined);
  await database.close();
  const token = newToken('live');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    insert into teams (id, name, slug, plan, created_at, updated_at)
      values ('team_bench', 'Bench', 'bench', 'business', now(), now());
    insert into assistants (id, team_id, name, metadata, created_at, updated_at)
      select 'asst_' || i, 'team_bench', 'Assistant ' || i, '{"voice":"alloy","language":"en-US"}', now(), now()
      from generate_series(1, 100) as i;
    insert into phone_numbers (id, team_id, mode, phone_number, provider, status, is_trial, bought_as_trial, assistant_id, created_at, updated_at)
      select 'pn_' || i, 'team_bench', 'live', '+1415' || (2000000 + i), 'telnyx', 'active', false, false, 'asst_' || (1 + i % 100), now(), now()
      from generate_series(0, ${NUMBERS - 1}) as i;
    analyze`);
  await client.query(
    `insert into api_keys (id, team_id, mode, name, prefix, token_hash, scopes, rate_limit_per_hour, created_at)
       values ('key_bench', 'team_bench', 'live', 'Bench', $1, $2, '{routing:read}', 2000000000, now())`,
    [tokenPrefix(token), hashToken(token)],
  );
  await client.end();
  return token;
}

async function start(
  name: string,
  script: string,
  address: (port: number) => string,
  headers: Record<string, string> = {},
): Promise<Subject> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', '--expose-gc', '--enable-source-maps', script],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: postgres.url,
        PORT: String(port),
        LOG_LEVEL: 'warn',
        MALLOC_ARENA_MAX: '2',
      },
    },
  );
  const next = () => {
    const to = 2_000_000 + Math.floor(Math.random() * NUMBERS);
    return { url: `${address(port)}?to=%2B1415${to}`, headers };
  };
  const subject = { name, process: child, next, rates: [], p50s: [], p99s: [] };
  await untilReady(subject);
  return subject;
}

/** The first look-up that succeeds: it has to start, and the service to migrate. */
async function untilReady({ name, process: child, next }: Subject): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { url, headers } = next();
    const answer = await fetch(url, { headers }).catch(() => null);
    if (answer?.ok) return;
    if (child.exitCode !== null) break;
    await delay(100);
  }
  child.kill();
  throw new Error(`${name} does not start`);
}

function print(all: readonly Subject[]): void {
  const baseline = percentile(all[0]?.rates ?? [], 50);
  const line = (cells: string[]) =>
    process.stdout.write(
      `${cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(14))).join('')}\n`,
    );
  line(['', 'requests/s', 'ratio', `p50 at ${PER_SECOND}/s`, `p99 at ${PER_SECOND}/s`]);
  for (const { name, rates, p50s, p99s } of all) {
    const rate = percentile(rates, 50);
    line([
      name,
      rate.toFixed(0),
      (rate / baseline).toFixed(2),
      `${percentile(p50s, 50).toFixed(2)} ms`,
      `${percentile(p99s, 50).toFixed(2)} ms`,
    ]);
  }
  process.stdout.write(
    `\n${NUMBERS} numbers, ${CONNECTIONS} connections, ${rounds} rounds of ${ms / 1000} s each in turns; medians of the rounds.\n`,
  );
}
