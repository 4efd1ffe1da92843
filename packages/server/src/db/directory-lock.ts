import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works in the directory; the message says which and what to do. */
export class DirectoryLocked extends Error {
  constructor(directory: string, holder: string | null, file: string) {
    super(
      `Another server (process ${holder?.split(' ')[0] ?? 'unknown'}) already uses the data directory ${directory}. ` +
        `Stop it first, or give this one a directory of its own with DATA_DIR. ` +
        `If no such process runs, delete ${file} and start again.`,
    );
    this.name = 'DirectoryLocked';
  }
}

/** How long taking over a dead process's lock may take before the attempt itself counts as dead. */
const TAKEOVER_MS = 10_000;

/**
 * Takes the directory for this process, with a lock file that names it. The lock of a dead process (after kill -9)
 * is taken over; a second file lets only one process do that at a time.
 * @returns gives the lock back
 * @throws DirectoryLocked
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'server.lock');
  const takeover = `${file}.takeover`;
  if (!createExclusively(file)) {
    const holder = readHolder(file);
    if (holder !== null && isAlive(holder)) throw new DirectoryLocked(directory, holder, file);
    removeIfOlder(takeover, TAKEOVER_MS);
    if (!createExclusively(takeover)) throw new DirectoryLocked(directory, readHolder(takeover), takeover);
    try {
      if (readHolder(file) === holder) rmSync(file, { force: true });
      if (!createExclusively(file)) throw new DirectoryLocked(directory, readHolder(file), file);
    } finally {
      rmSync(takeover, { force: true });
    }
  }
  return () => rmSync(file, { force: true });
}

function createExclusively(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, `${process.pid} ${startOf(process.pid) ?? ''}`.trim());
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process in the file: its id, and where the system tells it, when it was started. */
function readHolder(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start] = holder.split(' ');
  if (!/^[1-9]\d*$/.test(pid)) return false;
  // An id alone can be another process's by now: in a container the server is process 1 each time.
  if (start !== undefined) return startOf(Number(pid)) === start;
  if (Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a running process was started, in clock ticks since the system's start (proc(5), field 22); null where it
 * does not run, is dead and not yet collected by its parent, or the system has no /proc.
 */
function startOf(pid: number): string | null {
  try {
    // The second field, the command in brackets, may itself hold spaces.
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
  } catch {
    return null;
  }
}

function removeIfOlder(file: string, ageMs: number): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && Date.now() - stats.mtimeMs > ageMs) rmSync(file, { force: true });
}
