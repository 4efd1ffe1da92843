import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works in the directory; the message says which and what to do. */
export class DirectoryLocked extends Error {
  constructor(directory: string, pid: number | null, file: string) {
    super(
      `Another server (process ${pid ?? 'unknown'}) already uses the data directory ${directory}. ` +
        `Stop it first, or give this one a directory of its own with DATA_DIR. ` +
        `If no such process runs, delete ${file} and start again.`,
    );
    this.name = 'DirectoryLocked';
  }
}

/** How long taking over a dead process's lock may take before the attempt itself counts as dead. */
const TAKEOVER_MS = 10_000;

/**
 * Takes the directory for this process, with a lock file that holds its process id. The lock of a dead process
 * (after kill -9) is taken over; a second file lets only one process do that at a time.
 * @returns gives the lock back
 * @throws DirectoryLocked
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'server.lock');
  const takeover = `${file}.takeover`;
  if (!createExclusively(file)) {
    const holder = readPid(file);
    if (holder !== null && isAlive(holder)) throw new DirectoryLocked(directory, holder, file);
    removeIfOlder(takeover, TAKEOVER_MS);
    if (!createExclusively(takeover)) throw new DirectoryLocked(directory, readPid(takeover), takeover);
    try {
      if (readPid(file) === holder) rmSync(file, { force: true });
      if (!createExclusively(file)) throw new DirectoryLocked(directory, readPid(file), file);
    } finally {
      rmSync(takeover, { force: true });
    }
  }
  return () => rmSync(file, { force: true });
}

function createExclusively(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, `${process.pid}\n`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** A process id equal to our own is left from an earlier life: in a container the server is process 1 each time. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function removeIfOlder(file: string, ageMs: number): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && Date.now() - stats.mtimeMs > ageMs) rmSync(file, { force: true });
}
