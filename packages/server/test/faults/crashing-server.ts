import { writeSync } from 'node:fs';
import pg from 'pg';
import { pino } from 'pino';
import { Agent } from 'undici';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { JobName, Jobs } from '../../src/jobs/queue.ts';

/*
 * The server, with a bomb in it, for crash-points.test.ts. A crash point is a side of something that cannot be taken
 * back: right before and right after each commit of ours, and each request to the carrier that changes something. On
 * the word of its parent it counts them, and kills itself with SIGKILL at the n-th.
 */

/** What the parent says: count from now on, and do this. */
export interface Arm {
  /** 1 for the first point; more than there are, and nothing happens. */
  crashAt: number;
  /** A job to put on the queue before the counting begins. */
  job?: { [Name in JobName]: { name: Name; data: Jobs[Name] } }[JobName];
}

let crashAt = 0;
let passed = 0;

/** A line per point, written at once: a process that kills itself flushes nothing. */
function reach(point: string): void {
  if (crashAt === 0) return;
  passed += 1;
  writeSync(1, `point ${passed} ${point}\n`);
  if (passed === crashAt) process.kill(process.pid, 'SIGKILL');
}

const WRITES = /^\s*(insert|update|delete)\b|^\s*with\b[\s\S]*\b(insert|update|delete)\b/i;

/** Not part of any purchase, release or trial. */
const HOUSEKEEPING = /simulated_carrier_records|reconciliation_|drizzle|update "api_keys"/;

type Query = (...args: unknown[]) => unknown;

/** What a client has written in its transaction so far; missing where it is in none. */
const transactions = new WeakMap<object, { wrote: boolean }>();

/** The queue's own connections are the queue's own affair. Our enqueueing runs on ours. */
function isOfQueue(client: object): boolean {
  const { connectionParameters } = client as { connectionParameters?: { application_name?: string } };
  return connectionParameters?.application_name?.startsWith('pgboss') ?? false;
}

/** The name of the commit that this statement is, null where it commits nothing of ours. */
function commitOf(client: object, text: string): string | null {
  const statement = text.trim().toLowerCase();
  if (statement.startsWith('begin')) {
    transactions.set(client, { wrote: false });
    return null;
  }
  const transaction = transactions.get(client);
  if (statement === 'commit' || statement === 'rollback') {
    transactions.delete(client);
    return statement === 'commit' && transaction?.wrote ? 'commit' : null;
  }
  if (!WRITES.test(text) || HOUSEKEEPING.test(text)) return null;
  if (transaction) {
    transaction.wrote = true;
    return null;
  }
  return /pgboss/.test(text) ? 'enqueue' : `commit ${/"(\w+)"/.exec(text)?.[1]}`;
}

const query = pg.Client.prototype.query as unknown as Query;
pg.Client.prototype.query = function counted(this: object, ...args: unknown[]) {
  const [first] = args;
  const text = typeof first === 'string' ? first : ((first as { text?: string } | null)?.text ?? '');
  const commit = isOfQueue(this) ? null : commitOf(this, text);
  if (commit === null) return query.apply(this, args);
  reach(`before ${commit}`);
  const last = args.at(-1);
  if (typeof last === 'function') {
    const answer = (...answers: unknown[]) => {
      reach(`after ${commit}`);
      last(...answers);
    };
    return query.apply(this, [...args.slice(0, -1), answer]);
  }
  return (query.apply(this, args) as Promise<unknown>).then((result) => {
    reach(`after ${commit}`);
    return result;
  });
} as unknown as typeof pg.Client.prototype.query;

const { dispatch } = Agent.prototype;
Agent.prototype.dispatch = function counted(this: Agent, options, handler) {
  const path = String(options.path);
  // Webhooks go out the same way.
  if (options.method === 'GET' || !path.startsWith('/v2/')) return dispatch.call(this, options, handler);
  const call = `${options.method} ${path.replace(/\/\d+$/, '/…')}`;
  reach(`before ${call}`);
  const start = handler.onResponseStart?.bind(handler);
  handler.onResponseStart = (...answer) => {
    reach(`after ${call}`);
    start?.(...answer);
  };
  return dispatch.call(this, options, handler);
};

const config = readConfig(process.env);
const app = await createApp(config, pino({ level: config.logLevel }));
await app.server.listen({ port: 0, host: config.host, listenTextResolver: (address) => address });
const address = app.server.server.address();
const port = typeof address === 'object' && address ? address.port : 0;

process.on('message', async ({ crashAt: point, job }: Arm) => {
  if (job) {
    const inAMoment = new Date(Date.now() + 100);
    await app.context.queue.enqueue(app.context.db, job.name, job.data, inAMoment);
  }
  crashAt = point;
  process.send?.('armed');
});
process.once('disconnect', () => process.exit(0));
process.send?.({ url: `http://127.0.0.1:${port}` });
