import { setTimeout as delay } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import type { Jobs } from '../../src/jobs/queue.ts';
import type { Records } from './records.ts';

/** Puts jobs on the service's queue from outside, as the rounds of the clock would; it works on none. */
export interface JobSender {
  send<Name extends keyof Jobs>(name: Name, data: Jobs[Name], startAt?: Date): Promise<void>;
  stop(): Promise<void>;
}

export async function openJobSender(url: string): Promise<JobSender> {
  const boss = new PgBoss({
    connectionString: url,
    max: 1,
    supervise: false,
    schedule: false,
    migrate: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', () => undefined);
  await boss.start();
  return {
    async send(name, data, startAt) {
      await boss.send(name, data, startAt ? { startAfter: startAt } : {});
    },
    stop: () => boss.stop({ graceful: false, close: true }),
  };
}

const OPEN = `mode = 'live' and state not in ('completed', 'failed', 'lost')`;
const GOING_BACK = `mode = 'live' and status = 'releasing' and (release_at <= now() or giving_back_at is not null)`;
const TRIALS_OVER = `mode = 'live' and is_trial and status in ('active', 'suspended') and trial_expires_at <= now()`;

/** What is still under way, a line each. Lost orders are not: they are watched for days. */
export async function findUnsettled(records: Records): Promise<string[]> {
  const rows = await records.query<{ line: string }>(`
    select 'order ' || id || ' is ' || state || ', next step at ' || next_step_at as line from number_orders where ${OPEN}
    union all
    select 'number ' || id || ' is on its way back, release at ' || release_at from phone_numbers where ${GOING_BACK}
    union all
    select 'trial ' || id || ' is over since ' || trial_expires_at from phone_numbers where ${TRIALS_OVER}`);
  return rows.map(({ line }) => line);
}

/**
 * Waits until nothing is under way.
 * @param patienceMs how long it is left alone; after that minutes pass quickly, see {@link passAMinute}
 * @returns what is still under way after `limitMs`; an empty list is what everybody hopes for
 */
export async function waitUntilSettled(
  records: Records,
  jobs: JobSender,
  { patienceMs, limitMs }: { patienceMs: number; limitMs: number },
): Promise<string[]> {
  const start = Date.now();
  let hurriedAt = start + patienceMs - HURRY_EVERY_MS;
  for (;;) {
    const unsettled = await findUnsettled(records);
    if (unsettled.length === 0 || Date.now() - start > limitMs) return unsettled;
    if (Date.now() - hurriedAt >= HURRY_EVERY_MS) {
      hurriedAt = Date.now();
      await passAMinute(records, jobs);
    }
    await delay(200);
  }
}

const HURRY_EVERY_MS = 2_000;

/**
 * A minute passes for whatever waits, and the rounds that come every minute come round. A step that a server is just
 * taking has its wait ahead of it, so it comes early at worst: two at once do no harm.
 */
export async function passAMinute(records: Records, jobs: JobSender): Promise<void> {
  const minute = `interval '61 seconds'`;
  await records.query(`update number_orders set next_step_at = next_step_at - ${minute} where ${OPEN}`);
  await records.query(`update phone_numbers set release_at = release_at - ${minute} where ${GOING_BACK}`);
  await comeRound(jobs);
}

/** Hastens the watch over lost orders, and waits until each has been looked for once more. */
export async function lookForLostOrders(
  records: Records,
  jobs: JobSender,
  limitMs: number,
): Promise<string[]> {
  const [start] = await records.query<{ now: Date }>(`select now()`);
  await records.query(
    `update number_orders set next_step_at = now() - interval '61 seconds' where mode = 'live' and state = 'lost'`,
  );
  await jobs.send('resume-purchases', {});
  const limit = Date.now() + limitMs;
  for (;;) {
    const due = await records.query<{ id: string }>(
      `select id from number_orders where mode = 'live' and state = 'lost' and next_step_at <= $1`,
      [start?.now],
    );
    if (due.length === 0 || Date.now() > limit)
      return due.map(({ id }) => `nobody looks for lost order ${id}`);
    await delay(200);
  }
}

async function comeRound(jobs: JobSender): Promise<void> {
  await jobs.send('resume-purchases', {});
  await jobs.send('resume-releases', {});
  await jobs.send('end-trials', {});
}
