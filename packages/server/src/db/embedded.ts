import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { type Database, type Db, type LookUps, ping } from './database.ts';
import { lockDirectory } from './directory-lock.ts';
import { MIGRATIONS_FOLDER, refuseNewer } from './migrate.ts';
import * as schema from './schema.ts';

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
    const db = drizzle(client, { schema }) as unknown as Db;
    const lookUps: LookUps = {
      prepare:
        <Row>(_name: string, text: string) =>
        async (...values: unknown[]) =>
          (await client.query<Row>(text, values)).rows,
    };
    await migrateEmbedded(client);
    const close = async () => {
      await client.close();
      unlock();
    };
    return { kind: 'embedded', client, db, lookUps, ping: () => ping(db), close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Brings the embedded database to the newest migration. Its directory lock makes this process the only one.
 * @throws DatabaseTooNew
 */
async function migrateEmbedded(client: PGlite): Promise<void> {
  await refuseNewer(async (query) => (await client.query<{ newest: string }>(query)).rows);
  await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
}
