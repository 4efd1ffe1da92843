import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CarrierSim, createCarrierSim } from '@talkturo/carrier-sim';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { findViolations } from './checks.ts';
import type { Arm } from './crashing-server.ts';
import { type Reply, send } from './http.ts';
import { openRecords, type Records, takeSnapshot } from './records.ts';
import { type JobSender, lookForLostOrders, openJobSender, waitUntilSettled } from './settling.ts';
import { carrierView } from './simulator.ts';

/*
 * A server that dies at every point where dying could cost something. Each operation runs once without a crash, to
 * learn its crash points; then once per point, each on a database and a carrier of its own. After the crash a normal
 * server takes over, the client asks again, and everything has to be as if nothing had happened.
 */

const SERVER = fileURLToPath(new URL('./crashing-server.ts', import.meta.url));
const OPERATOR_TOKEN = 'operator-token-of-the-crashes';
const NUMBER = '+14155552000';
const WAIT_MS = 1_000;

/** Crashes at a time: more would only wait for the processors. */
const LANES = 6;

/**
 * What outlives a server is the database and the carrier. Between one point's far side and the next one's near side
 * neither changes, so one crash stands for both; with this variable set to 1 both are tried all the same.
 */
const ON_BOTH_SIDES = process.env.CRASH_ON_BOTH_SIDES === '1';

/**
 * Every point of everything takes two minutes. Unless this variable is set to 1, of a purchase, a release and a trial's
 * end every third is tried, and those around a call that the carrier charges or credits for.
 */
const AT_EVERY_POINT = process.env.CRASH_AT_EVERY_POINT === '1' || ON_BOTH_SIDES;

/** A client asks again this often where the answer is that something went wrong on the other side. */
const MAX_TRIES = 4;

/** What an operation starts from: a server that can crash, and a client of it. */
interface Stage {
  url: string;
  sim: CarrierSim;
  records: Records;
  team: { id: string; token: string };
  /** Makes the server count, and crash at that point. */
  arm(job?: Arm['job']): Promise<void>;
  buy(url: string): Promise<Reply>;
}

interface Operation {
  name: string;
  plan: 'free' | 'growth';
  /** Points that there have to be, so that a crash test that misses them fails. */
  points: string[];
  /** The first point worth a crash, where those before it are the same as another operation's. */
  from?: string;
  /** Like another operation but for one thing: not for every day. */
  isVariant?: boolean;
  /** Everything before the first crash point. */
  prepare?(stage: Stage): Promise<void>;
  /** Arms the server and starts the operation; resolves when it is done, or the server dead. */
  run(stage: Stage): Promise<unknown>;
  /** Whether the operation has come to its end, looked for in a run without a crash. */
  ended(records: Records): Promise<boolean>;
  /** What has to be true after the crash and all: the client's second try, and the end. */
  after(stage: Stage, url: string): Promise<void>;
  /** Orders that the carrier has accepted, and numbers that it holds in the end. */
  orders: number;
  held: number;
}

const statusOf = async (records: Records) =>
  (
    await records.query<{ status: string }>(
      'select status from phone_numbers order by created_at desc limit 1',
    )
  )[0]?.status;
const stateOf = async (records: Records) =>
  (
    await records.query<{ state: string }>('select state from number_orders order by created_at desc limit 1')
  )[0]?.state;

async function activeNumber({ buy, url, records }: Stage): Promise<void> {
  await buy(url);
  await expect.poll(() => stateOf(records), { timeout: 15_000 }).toBe('completed');
}

/** The number never left the carrier: the buyer was told so, and may ask again. */
const isTryAgain = (reply: Reply) => reply.status === null || reply.status >= 500;

const purchase = {
  plan: 'growth',
  run: async (stage) => {
    await stage.arm();
    return stage.buy(stage.url);
  },
  ended: async (records) =>
    (await records.query('select 1 from idempotency_keys where outcome is not null')).length > 0,
  after: async ({ buy, records }, url) => {
    let again = await buy(url);
    for (let tries = 1; tries < MAX_TRIES && isTryAgain(again); tries += 1) again = await buy(url);
    expect(again).toMatchObject({ body: { phoneNumber: { phone_number: NUMBER } } });
    await expect.poll(() => statusOf(records), { timeout: 30_000 }).toBe('active');
    const third = await buy(url);
    expect(third).toEqual(again);
  },
  orders: 1,
  held: 1,
} as const satisfies Partial<Operation>;

const ORDER = ['before POST /v2/number_orders', 'after POST /v2/number_orders'];
const RELEASE = ['before DELETE /v2/phone_numbers/…', 'after DELETE /v2/phone_numbers/…'];
const COMMIT = ['before commit', 'after commit'];

const OPERATIONS: Operation[] = [
  { name: 'a purchase', points: [...COMMIT, ...ORDER], ...purchase },
  {
    name: 'a purchase that the carrier works on for a while',
    points: [...COMMIT, ...ORDER],
    ...purchase,
    isVariant: true,
    from: 'after POST /v2/number_orders',
    prepare: async ({ sim }) => {
      sim.faults.add({ kind: 'pending', ms: 500 });
    },
  },
  {
    name: 'a purchase whose answer is lost',
    points: [...COMMIT, 'before POST /v2/number_orders'],
    ...purchase,
    isVariant: true,
    from: 'before POST /v2/number_orders',
    prepare: async ({ sim }) => {
      sim.faults.add({ kind: 'lost_answer' });
    },
  },
  {
    name: 'a release',
    plan: 'growth',
    points: [...COMMIT, ...RELEASE],
    prepare: activeNumber,
    run: async ({ arm, url, team }) => {
      await arm();
      return send('DELETE', `${url}/api/phone-numbers/${encodeURIComponent(NUMBER)}?immediately=true`, team);
    },
    ended: async (records) => (await statusOf(records)) === 'released',
    after: async ({ team, records }, url) => {
      const again = await send(
        'DELETE',
        `${url}/api/phone-numbers/${encodeURIComponent(NUMBER)}?immediately=true`,
        team,
      );
      expect(again.status).toBe(200);
      await expect.poll(() => statusOf(records), { timeout: 15_000 }).toBe('released');
    },
    orders: 1,
    held: 0,
  },
  {
    name: 'a trial’s end',
    plan: 'free',
    points: [...COMMIT, ...RELEASE],
    prepare: async (stage) => {
      await activeNumber(stage);
      await stage.records.query('update phone_numbers set trial_expires_at = now()');
    },
    run: async ({ arm }) => arm({ name: 'end-trials', data: {} }),
    ended: async (records) => (await statusOf(records)) === 'released',
    after: async ({ records }) => {
      expect(await statusOf(records)).toBe('released');
    },
    orders: 1,
    held: 0,
  },
  {
    name: 'the return of a number whose order was given up',
    plan: 'growth',
    isVariant: true,
    points: [...COMMIT, ...RELEASE],
    prepare: async ({ sim, buy, url, records }) => {
      sim.faults.add({ kind: 'delayed_list', ms: 4_000 });
      sim.faults.add({ kind: 'lost_answer' });
      await buy(url);
      await expect.poll(() => stateOf(records), { timeout: 15_000 }).toBe('lost');
      await delay(4_000);
      await records.query(`update number_orders set next_step_at = now()`);
    },
    run: async ({ arm, records }) => {
      const [order] = await records.query<{ id: string }>('select id from number_orders');
      await arm({ name: 'settle-purchase', data: { orderId: order?.id ?? '' } });
    },
    ended: async (records) => (await stateOf(records)) === 'failed',
    after: async ({ records }) => {
      expect(await stateOf(records)).toBe('failed');
      expect(await statusOf(records)).toBe('error');
    },
    orders: 1,
    held: 0,
  },
];

describe('a server that dies at any moment', () => {
  it.each(OPERATIONS.filter(({ isVariant }) => AT_EVERY_POINT || !isVariant))(
    'loses nothing of $name',
    async (operation) => {
      const { points } = await crash(operation, Number.MAX_SAFE_INTEGER);
      expect(points).toEqual(expect.arrayContaining(operation.points));
      const remaining = worthACrash(points, operation);
      const failures: unknown[] = [];
      const lane = async () => {
        for (let point = remaining.shift(); point; point = remaining.shift()) {
          await crash(operation, point).catch((error: unknown) => failures.push(error));
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      if (failures.length > 0) throw failures[0];
    },
    300_000,
  );
});

/** The points to crash at, the first is 1. */
function worthACrash(points: string[], { from = points[0] }: Operation): number[] {
  const first = points.indexOf(from ?? '');
  const worth = points.flatMap((point, index) => {
    const isNearSide = point.startsWith('before') || index === points.length - 1;
    return index >= first && (ON_BOTH_SIDES || isNearSide || index === first) ? [index + 1] : [];
  });
  const costs = (point: number) => / (POST|DELETE) /.test(points[point - 1] ?? '');
  return AT_EVERY_POINT ? worth : worth.filter((point, index) => costs(point) || index % 3 === 0);
}

/** Runs the operation on a server that crashes at the point, takes over with a normal one, and checks everything. */
async function crash(operation: Operation, crashAt: number): Promise<{ points: string[] }> {
  const sim = createCarrierSim();
  const baseUrl = await sim.listen();
  const database = await createPostgresDatabase();
  const environment = {
    ...database.environment,
    TELNYX_API_KEY: 'KEY_of_the_crashes',
    TELNYX_BASE_URL: baseUrl,
    OPERATOR_TOKEN,
    PURCHASE_WAIT_MS: String(WAIT_MS),
    RESOLVE_GRACE_MS: '500',
    RELEASE_GRACE_DAYS: '0',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_HOUR: '0',
    RATE_LIMIT_PER_ADDRESS: '0',
  };
  const records = openRecords(database.environment.DATABASE_URL ?? '');
  try {
    const server = await startCrashing(environment);
    try {
      const stage = await setStage(operation, server, { sim, records, crashAt });
      await operation.run(stage);
      const over = async () => server.isDead() || (await operation.ended(records));
      await expect.poll(over, { timeout: 30_000, interval: 50 }).toBe(true);
      await server.kill();
      const points = server.points();
      const jobs = await openJobSender(database.environment.DATABASE_URL ?? '');
      await takeOver(operation, stage, { environment, jobs, baseUrl, lastPoint: points.at(-1) ?? 'none' });
      return { points };
    } finally {
      await server.kill();
    }
  } finally {
    await records.close();
    await sim.close();
    await database.remove();
  }
}

async function setStage(
  { plan, prepare }: Operation,
  server: CrashingServer,
  { sim, records, crashAt }: { sim: CarrierSim; records: Records; crashAt: number },
): Promise<Stage> {
  const { url } = server;
  const operate = async (path: string, body: object) => {
    const reply = await send('POST', `${url}${path}`, { token: OPERATOR_TOKEN, body });
    if (reply.status !== 201) throw new Error(JSON.stringify(reply));
    return reply.body;
  };
  const owner = { email: 'owner@example.com', name: 'Owner' };
  const { team } = await operate('/api/operator/teams', { name: 'Team', plan, owner });
  const { apiKey } = await operate(`/api/operator/teams/${team.id}/api-keys`, { mode: 'live', name: 'Key' });
  const token = apiKey.fullKey as string;
  const stage: Stage = {
    url,
    sim,
    records,
    team: { id: team.id, token },
    arm: (job) => server.arm({ crashAt, ...(job && { job }) }),
    buy: (at) =>
      send('POST', `${at}/api/phone-numbers/purchase`, {
        token,
        body: { teamId: team.id, phoneNumber: NUMBER },
        key: 'the-one-purchase',
      }),
  };
  await prepare?.(stage);
  return stage;
}

/** What a restart does, and what the client and the clock do then. */
async function takeOver(
  operation: Operation,
  stage: Stage,
  at: { environment: Record<string, string>; jobs: JobSender; baseUrl: string; lastPoint: string },
): Promise<void> {
  const { records, sim } = stage;
  const config = readConfig(at.environment);
  const app = await createApp(config, pino({ level: 'silent' }));
  try {
    const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
    // A job in a dead server's hands is taken over after ten seconds; that is waited for, the rest is hurried.
    const stuck = await waitUntilSettled(records, at.jobs, { patienceMs: 5_000, limitMs: 60_000 });
    const neglected = await lookForLostOrders(records, at.jobs, 30_000);
    stuck.push(...(await waitUntilSettled(records, at.jobs, { patienceMs: 2_000, limitMs: 30_000 })));
    expect([...stuck, ...neglected], at.lastPoint).toEqual([]);
    await operation.after(stage, url);
    const still = await waitUntilSettled(records, at.jobs, { patienceMs: 2_000, limitMs: 30_000 });
    expect(still, at.lastPoint).toEqual([]);

    const carrier = { held: await carrierView(at.baseUrl).heldNumbers(), ledger: await sim.ledger() };
    expect(findViolations(await takeSnapshot(records), carrier), at.lastPoint).toEqual([]);
    const { totals } = carrier.ledger;
    expect([totals.orders, totals.numbers_held], at.lastPoint).toEqual([operation.orders, operation.held]);
  } finally {
    await app.stop();
    await at.jobs.stop();
  }
}

interface CrashingServer {
  url: string;
  /** The crash points that it has passed, or died at, in their order. */
  points(): string[];
  arm(how: Arm): Promise<void>;
  isDead(): boolean;
  kill(): Promise<void>;
}

async function startCrashing(environment: Record<string, string>): Promise<CrashingServer> {
  const child: ChildProcess = spawn(process.execPath, [SERVER], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const closed = once(child, 'close');
  const [{ url }] = (await Promise.race([once(child, 'message'), closed.then(() => [{}])])) as [
    { url?: string },
  ];
  if (!url) throw new Error('the crashing server does not start');
  return {
    url,
    points: () => [...output.matchAll(/^point \d+ (.*)$/gm)].map(([, point = '']) => point),
    async arm(how) {
      const armed = once(child, 'message');
      child.send(how);
      await armed;
    },
    isDead: () => child.exitCode !== null || child.signalCode !== null,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
