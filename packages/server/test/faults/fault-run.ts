import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PlanId, planOf } from '../../src/domain/plans.ts';
import { freePort, type OwnPostgres, startOwnPostgres } from '../support/own-postgres.ts';
import { checkAnswers, checkRepeats } from './answer-checks.ts';
import { checkGrace, findViolations, SLOTS_PER_TEAM, type Violation } from './checks.ts';
import { send } from './http.ts';
import { Load, type Team, type World } from './load.ts';
import { type Random, seededRandom } from './random.ts';
import { countDeadlocks, openRecords, type Records, takeSnapshot } from './records.ts';
import { ServerProcess } from './server-process.ts';
import { findUnsettled, lookForLostOrders, openJobSender, waitUntilSettled } from './settling.ts';
import { startSimulatorProcess } from './simulator.ts';

export interface FaultRunOptions {
  seed: number;
  purchases: number;
  clients: number;
  /** How often a server is killed while clients buy. */
  kills: number;
  /** How often the database is stopped and started while clients buy. */
  databaseRestarts: number;
  /** How long the servers have to come to rest by themselves before time is made to pass quickly, ms. */
  patienceMs: number;
}

/** What was done to the service, and what it made of it. */
export interface FaultReport {
  seed: number;
  checks: { name: string; violations: Violation[] }[];
  counts: Record<string, Record<string, number | string>>;
  /** The servers' own words. */
  logs: string;
}

/** Short enough that late orders turn up after it. */
const GRACE_MS = 3_000;
const WAIT_MS = 1_500;
const OPERATOR_TOKEN = 'operator-token-of-the-fault-run';

/** The longest that a fault hides an order, and a little, ms. */
const EVERYTHING_SHOWS_MS = GRACE_MS + 7_000;

/** No run needs longer than this to come to rest, ms. */
const SETTLE_LIMIT_MS = 240_000;

/**
 * Buys numbers from two servers on one database while everything around them fails: the carrier by faults, the servers
 * by kill -9, the database by restarts. Then lets it come to rest, and compares what is written down, what the carrier
 * holds and what the clients were told.
 */
export async function runFaults(options: FaultRunOptions): Promise<FaultReport> {
  const logs = mkdtempSync(join(tmpdir(), 'talkturo-fault-logs-'));
  const postgres = await startOwnPostgres({ canStartAgain: true });
  const simulator = await startSimulatorProcess();
  const servers = await startServers(postgres.url, simulator.baseUrl, logs);
  const records = openRecords(postgres.url);
  try {
    const jobs = await openJobSender(postgres.url);
    const random = seededRandom(options.seed);
    const world = { servers, simulator, records, jobs, random };
    const report = await runIn(world, postgres, options).finally(() => jobs.stop());
    return { ...report, logs };
  } finally {
    await records.close();
    for (const server of servers) await server.kill();
    await simulator.stop();
    await postgres.remove();
  }
}

/** Two servers that differ in one setting, so that released numbers go back at once or can be restored. */
async function startServers(databaseUrl: string, carrierUrl: string, logs: string): Promise<ServerProcess[]> {
  const servers: ServerProcess[] = [];
  for (const releaseGraceDays of [0, 7]) {
    const environment = {
      DATABASE_URL: databaseUrl,
      TELNYX_API_KEY: 'KEY_of_the_fault_run',
      TELNYX_BASE_URL: carrierUrl,
      OPERATOR_TOKEN,
      PURCHASE_WAIT_MS: String(WAIT_MS),
      RESOLVE_GRACE_MS: String(GRACE_MS),
      RELEASE_GRACE_DAYS: String(releaseGraceDays),
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_HOUR: '0',
      RATE_LIMIT_PER_ADDRESS: '0',
    };
    servers.push(
      new ServerProcess(await freePort(), environment, join(logs, `server-${servers.length + 1}.log`)),
    );
  }
  await Promise.all(servers.map((server) => server.start()));
  return servers;
}

async function runIn(
  world: World<ServerProcess>,
  postgres: OwnPostgres,
  options: FaultRunOptions,
): Promise<Omit<FaultReport, 'logs'>> {
  const { servers, simulator, records, jobs, random } = world;
  const startedAt = Date.now();
  const teams = await createTeams(random.fork('teams'), servers, options.purchases);
  const load = new Load(world, teams, {
    purchases: options.purchases,
    clients: options.clients,
    faultRate: 0.45,
    graceMs: GRACE_MS,
    operatorToken: OPERATOR_TOKEN,
  });
  const watch = watchLimits(records, teams);
  const trouble = makeTrouble(random.fork('trouble'), servers, postgres, options, () => load.started);
  await Promise.all([load.run(), trouble]).catch(async (error: unknown) => {
    await watch.stop();
    throw error;
  });
  const loadMs = Date.now() - startedAt;

  const faults = await simulator.faultCounts();
  await simulator.clearFaults();
  const quietAt = Date.now();
  let stuck = await waitUntilSettled(records, jobs, {
    patienceMs: options.patienceMs,
    limitMs: SETTLE_LIMIT_MS,
  });
  const settledMs = Date.now() - quietAt;
  await delay(Math.max(0, quietAt + EVERYTHING_SHOWS_MS - Date.now()));
  const neglected = await lookForLostOrders(records, jobs, 60_000);
  stuck = await waitUntilSettled(records, jobs, { patienceMs: 1_000, limitMs: SETTLE_LIMIT_MS });
  const overLimit = await watch.stop();

  const snapshot = await takeSnapshot(records);
  const carrier = { held: await simulator.heldNumbers(), ledger: await simulator.ledger() };
  const limits = new Map(teams.map(({ id, mostAllowed }) => [id, mostAllowed]));
  const server = servers[0]?.url ?? '';
  const checks = [
    { name: 'nothing is stuck', violations: asViolations('stuck', [...stuck, ...neglected]) },
    { name: 'no team was seen over its limit', violations: overLimit },
    {
      name: 'no server ended by itself',
      violations: asViolations(
        'a server ended by itself',
        servers.flatMap(({ collapses }) => collapses),
      ),
    },
    { name: 'our records and the carrier agree', violations: findViolations(snapshot, carrier, limits) },
    { name: 'no order is given up before its time', violations: checkGrace(snapshot, GRACE_MS) },
    { name: 'clients were told the truth', violations: checkAnswers(load.log, snapshot) },
    { name: 'the service finds no difference either', violations: await reconcile(server) },
  ];
  const deadlocks = await countDeadlocks(records);
  checks.push({
    name: 'no transactions waited for each other in a circle',
    violations: deadlocks === 0 ? [] : asViolations('deadlock', [`${deadlocks} of them`]),
  });
  const repeats = await checkRepeats(records, load.log.purchases, { server, limit: 200 });
  checks.push({ name: 'the same key has the same answer', violations: repeats.violations });
  checks.push({
    name: 'and nothing is under way after that',
    violations: asViolations('stuck', await findUnsettled(records)),
  });

  const { totals } = carrier.ledger;
  return {
    seed: options.seed,
    checks,
    counts: {
      'faults that struck': faults,
      trouble: await trouble,
      'answers to clients': load.log.counts,
      'orders here': countBy(snapshot.orders.map(({ state }) => state)),
      'failures here': countBy(snapshot.orders.flatMap(({ failure_code }) => failure_code ?? [])),
      'numbers here': countBy(snapshot.numbers.map(({ status }) => status)),
      events: countBy(snapshot.events.map(({ type }) => type)),
      'at the carrier': totals,
      run: {
        teams: teams.length,
        purchases: load.started,
        'keys asked again': repeats.repeated,
        'looks at the limits': watch.looks(),
        'seconds of load': seconds(loadMs),
        'seconds to settle': seconds(settledMs),
        seconds: seconds(Date.now() - startedAt),
      },
    },
  };
}

const seconds = (ms: number) => Math.round(ms / 100) / 10;

async function createTeams(random: Random, servers: ServerProcess[], purchases: number): Promise<Team[]> {
  const plans: PlanId[] = [
    'free',
    'starter',
    'growth',
    'enterprise',
    'free',
    'business',
    'growth',
    'starter',
  ];
  const count = Math.max(plans.length, Math.round(purchases / 8));
  const url = servers[0]?.url ?? '';
  const teams: Team[] = [];
  for (let index = 0; index < count; index += 1) {
    const plan = plans[index % plans.length] ?? 'free';
    const maxNumbers = plan === 'enterprise' ? random.between(2, 20) : undefined;
    const owner = { email: `owner${index}@example.com`, name: `Owner ${index}` };
    const { team } = await operate(`${url}/api/operator/teams`, {
      name: `Team ${index}`,
      plan,
      owner,
      ...(maxNumbers !== undefined && { maxNumbers }),
    });
    const { apiKey } = await operate(`${url}/api/operator/teams/${team.id}/api-keys`, {
      mode: 'live',
      name: 'Fault run',
    });
    const mostAllowed = planOf(plan, maxNumbers ?? null).maxNumbers;
    teams.push({ id: team.id, token: apiKey.fullKey, plan, mostAllowed });
  }
  return teams;
}

async function operate(url: string, body: object) {
  const reply = await send('POST', url, { token: OPERATOR_TOKEN, body });
  if (reply.status === null || reply.status >= 300)
    throw new Error(`${url} answers ${JSON.stringify(reply)}`);
  return reply.body;
}

/** Kills servers and restarts the database, spread over the time in which clients buy. */
async function makeTrouble(
  random: Random,
  servers: ServerProcess[],
  postgres: OwnPostgres,
  { purchases, kills, databaseRestarts }: FaultRunOptions,
  started: () => number,
): Promise<Record<string, number>> {
  const plan = [
    ...Array.from({ length: kills }, () => ({ what: 'kill' as const, at: random.next() })),
    ...Array.from({ length: databaseRestarts }, () => ({ what: 'database' as const, at: random.next() })),
  ].sort((a, b) => a.at - b.at);
  const done = { 'servers killed': 0, 'database restarts': 0 };
  const starting: Promise<void>[] = [];
  for (const { what, at } of plan) {
    const from = Math.floor((0.05 + 0.9 * at) * purchases);
    while (started() < from) await delay(20);
    if (what === 'kill') {
      const server = random.pick(servers);
      await server.kill();
      done['servers killed'] += 1;
      starting.push(delay(random.between(0, 1_500)).then(() => server.start()));
    } else {
      await postgres.stop();
      await delay(random.between(0, 1_000));
      await postgres.start();
      done['database restarts'] += 1;
    }
  }
  await Promise.all(starting);
  return done;
}

/** Looks at every team's numbers, again and again, while everything is running. */
function watchLimits(records: Records, teams: Team[]) {
  const violations: Violation[] = [];
  let looks = 0;
  let watching = true;
  const watched = (async () => {
    while (watching) {
      const limits = new Map(teams.map(({ id, mostAllowed }) => [id, mostAllowed]));
      const held = await records.query<{ id: string; held: number }>(SLOTS_PER_TEAM).catch(() => []);
      looks += 1;
      for (const team of held) {
        // The plan may have changed while we looked; a larger one is in the list before it is asked for.
        const limit = limits.get(team.id) ?? 0;
        if (team.held > limit && team.held > (teams.find(({ id }) => id === team.id)?.mostAllowed ?? 0))
          violations.push({
            rule: 'a team is over its limit',
            detail: `${team.id}: ${team.held} of ${limit}`,
          });
      }
      await delay(150);
    }
  })();
  return {
    looks: () => looks,
    stop: async () => {
      watching = false;
      await watched;
      return violations;
    },
  };
}

/** The service's own comparison with the carrier, in live mode. */
async function reconcile(server: string): Promise<Violation[]> {
  const { reports } = await operate(`${server}/api/operator/reconciliation`, { apply: false });
  const live = reports.find((report: { mode: string }) => report.mode === 'live');
  return asViolations(
    'reconciliation finds a difference',
    live.findings.map((finding: object) => JSON.stringify(finding)),
  );
}

function asViolations(rule: string, lines: string[]): Violation[] {
  return lines.map((detail) => ({ rule, detail }));
}

function countBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
