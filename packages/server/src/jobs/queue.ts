import { sql } from 'drizzle-orm';
import {
  type DrizzleTransactionLike,
  fromDrizzle,
  fromPglite,
  type Job,
  type JobResult,
  PgBoss,
} from 'pg-boss';
import type { Database, Db } from '../db/database.ts';
import type { Clock } from '../domain/clock.ts';

/** The jobs there are, named like the use cases that they run, and what each is told. */
export interface Jobs {
  'settle-purchase': { orderId: string };
  'give-number-back': { phoneNumberId: string };
  'process-carrier-event': { eventId: string };
  'deliver-webhook': { deliveryId: string; teamId: string };
  'sync-connection': { phoneNumberId: string };
  'end-trials': Record<string, never>;
  'end-suspensions': Record<string, never>;
  'resume-purchases': Record<string, never>;
  'resume-releases': Record<string, never>;
  'resume-webhooks': Record<string, never>;
  'resume-connections': Record<string, never>;
  'reconcile-carrier': Record<string, never>;
  'forget-idempotency-keys': Record<string, never>;
  'forget-carrier-events': Record<string, never>;
  'forget-sessions': Record<string, never>;
  'forget-rate-limits': Record<string, never>;
  'forget-webhook-deliveries': Record<string, never>;
}

export type JobName = keyof Jobs;

/** What use cases need of the queue. */
export interface Enqueue {
  /**
   * Puts a job on the queue as part of the transaction: it exists only where the change that needs it does.
   * @param startAt not before this time; without it, at once
   */
  enqueue<Name extends JobName>(tx: Db, name: Name, data: Jobs[Name], startAt?: Date): Promise<void>;
  /** Puts many jobs on the queue at once, as part of the transaction. */
  enqueueAll<Name extends JobName>(tx: Db, name: Name, data: readonly Jobs[Name][]): Promise<void>;
}

/** The job queue, kept in the same database as everything else. */
export interface Queue extends Enqueue {
  /**
   * Starts workers for a kind of job.
   * @param limits how many workers one server has; how many jobs each takes at once, all worked on at the same time
   *   (one by itself); and how many of a server's jobs may be for one team, where the jobs name theirs
   */
  work<Name extends JobName>(
    name: Name,
    limits: { concurrency: number; atOnce?: number; perTeam?: number },
    handler: (data: Jobs[Name]) => Promise<void>,
  ): Promise<void>;
  /** Runs a job by the clock, once over all servers: `cron` in UTC, at best to the minute. */
  schedule<Name extends JobName>(name: Name, cron: string, data: Jobs[Name]): Promise<void>;
  /** Resolves where the queue answers. */
  ping(): Promise<void>;
  /** Lets running jobs finish, for at most `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>;
}

/** Connections of its own per server: workers, maintenance, and one that listens. */
const POOL_SIZE = 4;

/** A server that dies with a job in hand: how long until another takes the job over, in seconds (the least pg-boss allows). */
const HEARTBEAT_SECONDS = 10;

const QUEUES: Record<JobName, { retryLimit: number; retryDelay: number; retryDelayMax: number }> = {
  'settle-purchase': { retryLimit: 20, retryDelay: 1, retryDelayMax: 60 },
  'give-number-back': { retryLimit: 20, retryDelay: 1, retryDelayMax: 60 },
  'process-carrier-event': { retryLimit: 20, retryDelay: 1, retryDelayMax: 60 },
  'deliver-webhook': { retryLimit: 20, retryDelay: 1, retryDelayMax: 60 },
  'sync-connection': { retryLimit: 20, retryDelay: 1, retryDelayMax: 60 },
  'end-trials': { retryLimit: 5, retryDelay: 1, retryDelayMax: 10 },
  'end-suspensions': { retryLimit: 5, retryDelay: 1, retryDelayMax: 10 },
  // These come round by the clock: the next round is the retry.
  'resume-purchases': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'resume-releases': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'resume-webhooks': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'resume-connections': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'reconcile-carrier': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'forget-idempotency-keys': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'forget-carrier-events': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'forget-sessions': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'forget-rate-limits': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
  'forget-webhook-deliveries': { retryLimit: 0, retryDelay: 1, retryDelayMax: 1 },
};

/**
 * Starts the queue, making its tables where they are missing.
 * @param onError told of failures of the queue's own upkeep
 */
export async function startQueue(
  database: Database,
  clock: Clock,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    ...(database.kind === 'postgres'
      ? { connectionString: database.url, max: POOL_SIZE }
      : { db: fromPglite(database.client), backend: 'pglite' as const }),
    useListenNotify: true,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onError);
  await boss.start();
  for (const [name, options] of Object.entries(QUEUES)) {
    await boss.createQueue(name, {
      notify: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      retryBackoff: true,
      ...options,
    });
  }

  const on = (tx: Db) => fromDrizzle(tx as unknown as DrizzleTransactionLike, sql);

  return {
    async enqueue(tx, name, data, startAt) {
      // As a wait, in whole seconds: the database's clock decides when a job starts, and may be ahead of ours. A job
      // that came too early would find nothing to do and come again at once.
      const waitMs = startAt ? startAt.getTime() - clock.now().getTime() : 0;
      const startAfter = Math.max(0, Math.ceil(waitMs / 1000));
      await boss.send(name, data, { db: on(tx), ...(startAfter > 0 && { startAfter }), ...groupOf(data) });
    },
    async enqueueAll(tx, name, data) {
      if (data.length === 0) return;
      const jobs = data.map((each) => ({ data: each, ...groupOf(each) }));
      await boss.insert(name, jobs, { db: on(tx) });
    },
    async work(name, { concurrency, atOnce = 1, perTeam }, handler) {
      await boss.work(
        name,
        {
          localConcurrency: concurrency,
          batchSize: atOnce,
          perJobResults: true,
          ...(perTeam !== undefined && { localGroupConcurrency: perTeam }),
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 1,
        },
        (jobs: Job<Jobs[typeof name]>[]) => Promise.all(jobs.map((job) => resultOf(job, handler))),
      );
    },
    async schedule(name, cron, data) {
      await boss.schedule(name, cron, data);
    },
    async ping() {
      if ((await boss.schemaVersion()) === null) throw new Error('the job queue has no schema');
    },
    stop: (timeoutMs) =>
      boss.stop({ graceful: true, timeout: timeoutMs, close: database.kind === 'postgres' }),
  };
}

/** A job that fails is tried again by itself, whatever becomes of those that were taken with it. */
async function resultOf<Data>(job: Job<Data>, handler: (data: Data) => Promise<void>): Promise<JobResult> {
  try {
    await handler(job.data);
    return { id: job.id, status: 'completed' };
  } catch (error) {
    // With its cause, which the queue keeps beside the job.
    return { id: job.id, status: 'failed', output: error };
  }
}

/** Jobs that name their team are counted by it. */
function groupOf(data: Jobs[JobName]): { group?: { id: string } } {
  return 'teamId' in data ? { group: { id: data.teamId } } : {};
}
