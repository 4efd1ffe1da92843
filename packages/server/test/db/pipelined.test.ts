import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/db/database.ts';
import { pipelined } from '../../src/db/pipelined.ts';
import { rateLimits, webhookEndpoints } from '../../src/db/schema.ts';
import type { Context } from '../../src/usecases/context.ts';
import { lockUsage, reserveNumber } from '../../src/usecases/reserve-number.ts';
import { asCaller, buy, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

/** What a transaction waits for a lock here, and how long this process then reads nothing. */
const LOCK_TIMEOUT_MS = 50;
const BUSY_MS = 300;

describe('what a transaction asks in one go, where some of it fails', () => {
  let service: Service;
  let team: TeamWithKey;
  let endpointId: string;
  /** Somebody else in the database, who holds what the transaction needs. */
  let other: pg.Client;

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
    other = new pg.Client({ connectionString: service.database.environment.DATABASE_URL });
    await other.connect();
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'business' });
    const { db, newId, clock } = service.app.context;
    endpointId = newId('whe');
    await db.insert(webhookEndpoints).values({
      id: endpointId,
      teamId: team.teamId,
      mode: 'live',
      url: 'https://example.com/hook',
      types: [],
      secret: 'whsec_test',
      enabled: true,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await other.query('rollback');
  });
  afterAll(async () => {
    await other.end();
    await service.stop();
  });

  /**
   * Runs it in a transaction whose answers all come in one piece, as they may on a busy machine: this process is held
   * up from the turn in which a statement that has this in it was sent.
   */
  async function inBusyTransaction<T>(work: (tx: Db) => Promise<T>, from: string): Promise<T> {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    const sent = () => query.mock.calls.some(([config]) => textOf(config).includes(from));
    const result = service.app.context.db.transaction(async (tx) => {
      await tx.execute(sql.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
      return work(tx);
    });
    result.catch(() => undefined);
    while (!sent()) await nextTurn();
    await nextTurn();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_MS);
    return result;
  }

  const textOf = (config: unknown) =>
    typeof config === 'string' ? config : ((config as { text?: string }).text ?? '');

  const codeOf = (error: unknown): string | undefined => {
    const { code, cause } = error as { code?: string; cause?: unknown };
    return code ?? (cause ? codeOf(cause) : undefined);
  };

  const reserve = (context: Context, tx: Db, phoneNumber: string) =>
    reserveNumber(context, tx, asCaller(team), { phoneNumber }, 'telnyx');

  /** As a use case in a use case: news of it comes some turns later than that of a bare statement. */
  async function deep<T>(work: () => Promise<T>, depth = 10): Promise<T> {
    return depth === 0 ? work() : await deep(work, depth - 1);
  }
  const note = (tx: Db, id: string) =>
    tx.insert(rateLimits).values({ bucket: id, windowStart: service.clock.now(), used: 0, granted: 0 });
  const notes = () => service.app.context.db.$count(rateLimits);
  const failLate = (tx: Db) => tx.execute(sql`select 1 / ${0}::int from pg_sleep(0.05)`);

  it('tells what failed first, however late its news comes', async () => {
    await other.query('begin');
    await other.query('select 1 from webhook_endpoints where id = $1 for update', [endpointId]);
    const { context } = service.app;
    const enqueue: Context['queue']['enqueue'] = async (tx) => {
      await tx.execute(sql`select 'enqueued', ${1}::int`);
    };
    const failure = await inBusyTransaction(
      (tx) => reserve({ ...context, queue: { ...context.queue, enqueue } }, tx, '+13055550001'),
      'enqueued',
    ).catch((error: unknown) => error);
    expect(codeOf(failure)).toBe('55P03');
  });

  it('waits for all of it: nothing is asked after the end', async () => {
    const writeTwo = (tx: Db) => async () => {
      await deep(async () => note(tx, 'first'));
      await note(tx, 'second');
    };
    const failure = await inBusyTransaction(
      (tx) => pipelined([writeTwo(tx)(), failLate(tx)]),
      'pg_sleep',
    ).catch((error: unknown) => error);
    expect(codeOf(failure)).toBe('22012');
    await nextTurn();
    expect(await notes()).toBe(0);
  });

  it('answers in order where nothing fails', async () => {
    const answers = await service.app.context.db.transaction((tx) =>
      pipelined([deep(async () => note(tx, 'kept').returning())]),
    );
    expect(answers[0]).toMatchObject([{ bucket: 'kept' }]);
    expect(await notes()).toBe(1);
  });

  it('is refused as "not now" to the buyer, and the next purchase goes through', async () => {
    await other.query('begin');
    await other.query('select 1 from webhook_endpoints where id = $1 for update', [endpointId]);
    const refused = await buy(service, team, '+13055550003');
    expect([refused.status, refused.body.code]).toEqual([503, 'not_ready']);
    await other.query('rollback');
    // On every connection of the pool.
    const more = Array.from({ length: 12 }, (_, index) => buy(service, team, `+1305555${1000 + index}`));
    expect((await Promise.all(more)).map(({ status }) => status)).toEqual(more.map(() => 200));
  });

  it('counts after the team is locked, not before', async () => {
    const counted: string[] = [];
    const query = vi.spyOn(pg.Client.prototype, 'query');
    await service.app.context.db.transaction((tx) => lockUsage(tx, asCaller(team)));
    counted.push(...query.mock.calls.map(([config]) => textOf(config)));
    const lock = counted.findIndex((text) => text.endsWith('for no key update'));
    const count = counted.findIndex((text) => text.includes('count(*)'));
    expect(lock).toBeGreaterThan(-1);
    expect(count).toBeGreaterThan(lock);
  });
});
