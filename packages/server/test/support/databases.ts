import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** Both databases that the service runs on; suites that touch the database run on each. */
export const DATABASE_KINDS = ['embedded', 'postgres'] as const;

export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** A fresh database: the environment that points a server at it, and its end. */
export interface TestDatabase {
  environment: Record<string, string>;
  remove(): Promise<void>;
}

export async function createDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'embedded' ? createDirectory() : createPostgresDatabase();
}

/** An empty data directory. */
export function createDirectory(): TestDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-data-'));
  return {
    environment: { DATA_DIR: directory },
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

/**
 * A PostgreSQL database of its own on the suite's server.
 * @param empty without tables; else a copy of the migrated template, which is quicker
 */
export async function createPostgresDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const server = inject('postgresServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} ${empty ? '' : `template ${inject('postgresTemplate')}`}`);
  return {
    environment: { DATABASE_URL: `${server}/${name}` },
    remove: () => onServer(`drop database if exists ${name} with (force)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('postgresServer')}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
