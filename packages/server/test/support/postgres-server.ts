import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../src/db/database.ts';
import { startQueue } from '../../src/jobs/queue.ts';
import { startOwnPostgres } from './own-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address without a database name. */
    postgresServer: string;
    /** A migrated, empty database to copy. */
    postgresTemplate: string;
  }
}

const TEMPLATE = 'template_migrated';

/** A real PostgreSQL of the suite's own: started before the first test, stopped and deleted after the last. */
export default async function startPostgresServer(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startOwnPostgres({ settings: ['max_connections=300'] });
  await postgres.createDatabase(TEMPLATE);
  await migrate(`${postgres.server}/${TEMPLATE}`);
  project.provide('postgresServer', postgres.server);
  project.provide('postgresTemplate', TEMPLATE);
  return () => postgres.remove();
}

/** The service's tables and the queue's, so that each test's copy has both. */
async function migrate(url: string): Promise<void> {
  const report = (error: Error) => {
    throw error;
  };
  const database = await openPostgres(url, report);
  const clock = { now: () => new Date(), sleep: async () => undefined };
  const queue = await startQueue(database, clock, report);
  await queue.stop(1_000);
  await database.close();
}
