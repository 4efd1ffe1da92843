import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import pg from 'pg';
import { lockDirectory } from './directory-lock.ts';
import { migrateEmbedded, migratePostgres } from './migrate.ts';
import * as schema from './schema.ts';

/**
 * What queries run on: the database, or a transaction on it. Inside a transaction use only the handle that the
 * transaction gives: with the outer one PGlite would wait for itself for ever, and PostgreSQL would silently
 * work outside the transaction.
 */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

interface Common {
  db: Db;
  /** Resolves where the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** An open, migrated database. */
export type Database =
  | (Common & { kind: 'postgres'; url: string })
  | (Common & { kind: 'embedded'; client: PGlite });

/** Connections per server; PostgreSQL allows 100 in all by default. */
const POOL_SIZE = 10;

/** How long a statement may wait for a row that another transaction holds: one team's crowd must not keep every connection. */
const LOCK_TIMEOUT_MS = 2_000;

/** How long a request may wait for a free connection before it fails. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens and migrates a PostgreSQL.
 * @param onError told of connections that break while idle; the pool replaces them by itself
 */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Database> {
  await migratePostgres(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
  });
  pool.on('error', onError);
  // The pool listens to idle connections only. One that breaks inside a transaction fails its query, which is
  // answer enough; unheard, its error event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = drizzlePg(pool, { schema }) as unknown as Db;
  return { kind: 'postgres', url, db, ping: () => ping(db), close: () => pool.end() };
}

/**
 * Opens and migrates the embedded database, making it where the directory has none. One process at a time:
 * PGlite would let a second one in and both would lose rows.
 * @throws DirectoryLocked where another server has it
 */
export async function openEmbedded(dataDir: string): Promise<Database> {
  mkdirSync(dataDir, { recursive: true });
  const unlock = lockDirectory(dataDir);
  try {
    const client = await PGlite.create(join(dataDir, 'database'));
    const db = drizzlePglite(client, { schema }) as unknown as Db;
    await migrateEmbedded(client);
    const close = async () => {
      await client.close();
      unlock();
    };
    return { kind: 'embedded', client, db, ping: () => ping(db), close };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
