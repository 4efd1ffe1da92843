import { ConfigError, readConfig } from './config.ts';
import { openPostgres } from './db/database.ts';
import { DatabaseTooNew } from './db/migrate.ts';
import { startQueue } from './jobs/queue.ts';
import { systemClock } from './system-clock.ts';

/*
 * Brings the PostgreSQL of DATABASE_URL up to date and ends: for deployments that do this before the new servers
 * start, whose user then may not change tables. Servers do the same by themselves at their start.
 */

try {
  const { databaseUrl } = readConfig(process.env);
  if (databaseUrl === null) throw new ConfigError(['DATABASE_URL must be set: there is nothing to migrate.']);
  const database = await openPostgres(databaseUrl, () => undefined);
  const queue = await startQueue(database, systemClock, () => undefined);
  await queue.stop(1_000);
  await database.close();
  process.stdout.write('The database is up to date.\n');
} catch (error) {
  const told = error instanceof ConfigError || error instanceof DatabaseTooNew;
  process.stderr.write(`The database was not migrated.\n${told ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
