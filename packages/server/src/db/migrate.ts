import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number that nothing else on the database uses for an advisory lock. */
const MIGRATION_LOCK = 7_314_402_211;

/** The database was migrated by a newer version of this program than the one that runs. */
export class DatabaseTooNew extends Error {
  constructor() {
    super(
      'The database has been migrated by a newer version of this server. Start that version, ' +
        'or restore the backup that was made before the upgrade.',
    );
    this.name = 'DatabaseTooNew';
  }
}

/**
 * Brings a PostgreSQL to the newest migration. Servers that start at once take turns: the migrator itself takes
 * no lock, and without one the slower server fails on tables that exist already.
 * @throws DatabaseTooNew
 */
export async function migratePostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewer(async (query) => (await client.query(query)).rows);
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
  } finally {
    // Ending the session gives the lock back too, whatever happened in it.
    await client.end();
  }
}

/** @throws DatabaseTooNew */
export async function refuseNewer(query: (text: string) => Promise<{ newest: string }[]>): Promise<void> {
  const [table] = await query(`select to_regclass('drizzle.__drizzle_migrations')::text as newest`);
  if (!table?.newest) return;
  const [row] = await query('select max(created_at)::text as newest from drizzle.__drizzle_migrations');
  if (row?.newest && Number(row.newest) > newestMigration()) throw new DatabaseTooNew();
}

function newestMigration(): number {
  const journal = JSON.parse(readFileSync(`${MIGRATIONS_FOLDER}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map((entry) => entry.when));
}
