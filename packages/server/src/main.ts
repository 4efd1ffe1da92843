import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { DirectoryLocked } from './db/directory-lock.ts';
import { DatabaseTooNew } from './db/migrate.ts';
import { demoLink, demoText, ensureDemo } from './demo.ts';
import { createLog } from './log.ts';

/** After this long a stop that does not come to an end is ended, ms. */
const STOP_LIMIT_MS = 30_000;

/** After this long a start that has failed is ended, ms. */
const FAILED_START_LIMIT_MS = 1_000;

try {
  await start(readConfig(process.env));
} catch (error) {
  process.stderr.write(`The server cannot start.\n${explain(error)}\n`);
  process.exitCode = 1;
  // Whoever starts it again waits for its end: what a failed start has left open must not hold that up.
  setTimeout(() => process.exit(), FAILED_START_LIMIT_MS).unref();
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const dashboard = builtDashboard();
  const app = await createApp(config, log, { dashboard });
  try {
    const demo = config.databaseUrl === null ? await ensureDemo(app, config.dataDir) : null;
    const address = await app.server.listen({
      port: config.port,
      host: config.host,
      listenTextResolver: listeningOn,
    });
    stopOnSignal(app);
    // What only the start needed, code too; by itself it would stay for as long as there is little to do.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    // With a carrier that costs money, who prints the key to a door has to be asked first.
    const isSafe = dashboard !== null && config.telnyxApiKey === null;
    const link = demo && isSafe ? await demoLink(app, demo, address) : null;
    if (demo) process.stdout.write(await demoText(app, demo, address, link));
  } catch (error) {
    await app.stop();
    throw error;
  }
}

/** `npm start` builds it first; a server that is started in another way goes without where nobody has. */
function builtDashboard(): string | null {
  const directory = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));
  return existsSync(join(directory, 'index.html')) ? directory : null;
}

function listeningOn(address: string): string {
  return `listening on ${address}`;
}

/** SIGINT and SIGTERM may come more than once, from a terminal and from npm: the first one counts. */
function stopOnSignal(app: App): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    app.context.log.info({ signal }, 'stopping: finishing what has been begun');
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await app.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof DirectoryLocked || error instanceof DatabaseTooNew)
    return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'Another program listens on that port. Stop it, or choose another one with PORT.';
  if (code === 'EACCES')
    return 'This user may not do that. Choose a PORT above 1023 and a DATA_DIR that it may write to.';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'The database of DATABASE_URL cannot be reached. Is it running?';
  return message ?? String(error);
}
