import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { migratePostgres } from './migrate.ts';
import { PreparingClient } from './preparing-client.ts';
import * as schema from './schema.ts';

/**
 * What queries run on: the database, or a transaction on it. Inside a transaction use only the handle that the
 * transaction gives: with the outer one PGlite would wait for itself for ever, and PostgreSQL would silently
 * work outside the transaction.
 */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/**
 * The few look-ups that every request and call waits for, on connections of their own. Plain SQL, prepared by name, and
 * rows as the driver reads them: making objects of rows by the schema costs several times what the rows themselves do.
 */
export interface LookUps {
  prepare<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

interface Common {
  db: Db;
  lookUps: LookUps;
  /** Resolves where the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** An open, migrated database. */
export type Database =
  | (Common & { kind: 'postgres'; url: string })
  | (Common & { kind: 'embedded'; client: PGlite });

/** Connections per server; PostgreSQL allows 100 in all by default. */
export const POOL_SIZE = 10;

/** Connections for look-ups besides, so that no crowd of slower requests keeps them waiting. */
const LOOK_UP_POOL_SIZE = 4;

/**
 * Look-ups are planned once. Left to itself PostgreSQL plans those that ask for a list of values anew each time, since
 * it takes a list that it does not know for ten values long, which costs more than the whole look-up. For the same
 * reason it would read the whole of a table of some hundred to some ten thousand rows, or of an index, rather than ask
 * the index for each value: each look-up has one.
 */
const PLAN_ONCE = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** How long a statement may wait for a row that another transaction holds: one team's crowd must not keep every connection. */
const LOCK_TIMEOUT_MS = 2_000;

/**
 * How long a look-up may take, ms, before its connection is given up, and how often that is looked at. Many requests wait
 * for one statement, and where its connection is silently dead the system takes minutes to notice.
 */
const LOOK_UP_TIMEOUT_MS = 5_000;
const WATCH_EVERY_MS = 1_000;

/** How long a request may wait for a free connection before it fails. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens and migrates a PostgreSQL.
 * @param onError told of connections that break while idle; the pool replaces them by itself
 */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Database> {
  await migratePostgres(url);
  const pool = openPool({ connectionString: url, max: POOL_SIZE }, onError);
  const lookUpPool = openPool({ connectionString: url, max: LOOK_UP_POOL_SIZE, options: PLAN_ONCE }, onError);
  const watch = giveUpSilent(lookUpPool);
  const db = drizzle(pool, { schema }) as unknown as Db;
  const lookUps: LookUps = {
    prepare:
      (name, text) =>
      async (...values) =>
        (await lookUpPool.query({ name, text, values })).rows,
  };
  const close = async () => {
    clearInterval(watch);
    await Promise.all([pool.end(), lookUpPool.end()]);
  };
  return { kind: 'postgres', url, db, lookUps, ping: () => ping(db), close };
}

function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    // What one transaction asks for together goes over the wire together.
    pipeline: true,
    Client: PreparingClient,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
  });
  pool.on('error', onError);
  // The pool listens to idle connections only. One that breaks inside a transaction fails its query, which is
  // answer enough; unheard, its error event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Breaks connections that have been in use for too long; what waits for them fails as with any that breaks. One timer
 * for all: the driver's own, one for each query, keep so many old objects alive that the server takes half as much again
 * of memory.
 */
function giveUpSilent(pool: pg.Pool): NodeJS.Timeout {
  const inUse = new Map<pg.PoolClient, number>();
  pool.on('acquire', (client) => inUse.set(client, performance.now()));
  pool.on('release', (_, client) => inUse.delete(client));
  const breakLate = () => {
    for (const [client, since] of inUse)
      if (performance.now() - since > LOOK_UP_TIMEOUT_MS) client.connection.stream.destroy();
  };
  return setInterval(breakLate, WATCH_EVERY_MS).unref();
}

/** Resolves where the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
