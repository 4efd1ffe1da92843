import { linkSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Another process works in the directory; the message says which and what to do. */
export class DirectoryLocked extends Error {
  constructor(directory: string, holder: Holder | null, file: string) {
    super(
      `Another server (process ${holder?.pid ?? 'unknown'}) already uses the data directory ${directory}. ` +
        `Stop it first, or give this one a directory of its own with DATA_DIR. ` +
        `If no such process runs, delete ${file} and start again.`,
    );
    this.name = 'DirectoryLocked';
  }
}

/** A process, told apart from an earlier or later one with the same id, and from those of other containers. */
interface Holder {
  pid: number;
  /** When it was started, in clock ticks since the system's start; null where the system does not tell. */
  start: string | null;
  /** Where process ids mean the same: the machine, and on Linux the process id namespace (a container has its own). */
  realm: string;
}

/** The holder touches its lock this often, and one of another realm counts as dead when it has not for so long. */
const TOUCH_MS = 2_000;
const SILENT_MS = 15_000;

/**
 * Takes the directory for this process, with a lock file that names it. The lock of a dead process (after kill -9)
 * is taken over; a second file lets only one process do that at a time.
 * @returns gives the lock back
 * @throws DirectoryLocked
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'server.lock');
  const self = JSON.stringify(thisProcess());
  if (!createExclusively(file, self)) takeOver(directory, file, self);

  const touching = setInterval(() => {
    const now = new Date();
    if (read(file) === self) utimesSync(file, now, now);
  }, TOUCH_MS).unref();
  return () => {
    clearInterval(touching);
    if (read(file) === self) rmSync(file, { force: true });
  };
}

function takeOver(directory: string, file: string, self: string): void {
  const held = read(file);
  if (held !== null && isAlive(held, file)) throw new DirectoryLocked(directory, holderOf(held), file);
  const takeover = `${file}.takeover`;
  if (silentMs(takeover) > SILENT_MS) rmSync(takeover, { force: true });
  if (!createExclusively(takeover, self))
    throw new DirectoryLocked(directory, holderOf(read(takeover)), takeover);
  try {
    if (read(file) === held) rmSync(file, { force: true });
    if (!createExclusively(file, self)) throw new DirectoryLocked(directory, holderOf(read(file)), file);
  } finally {
    rmSync(takeover, { force: true });
  }
}

/** Creates the file with its whole content at once: nobody ever sees it empty. */
function createExclusively(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}.${process.hrtime.bigint()}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function holderOf(content: string | null): Holder | null {
  try {
    const holder = JSON.parse(content ?? '') as Partial<Holder>;
    return typeof holder.pid === 'number' && typeof holder.realm === 'string' ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

function isAlive(content: string, file: string): boolean {
  const holder = holderOf(content);
  // Not ours, or from another container or machine: all that can be seen of it is whether it still touches the file.
  if (holder?.realm !== realm()) return silentMs(file) <= SILENT_MS;
  if (holder.start !== null) return startOf(holder.pid) === holder.start;
  return holder.pid !== process.pid && isRunning(holder.pid);
}

function thisProcess(): Holder {
  return { pid: process.pid, start: startOf(process.pid), realm: realm() };
}

function realm(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** From proc(5), field 22; null where the process does not run, or is dead and not yet collected by its parent. */
function startOf(pid: number): string | null {
  // The second field, the command in brackets, may itself hold spaces.
  const [state, ...rest] = (read(`/proc/${pid}/stat`) ?? '').replace(/^.*\) /s, '').split(' ');
  return state === 'Z' || state === 'X' ? null : (rest[18] ?? null);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** How long nobody has touched the file, ms; 0 where it is not there. */
function silentMs(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? Date.now() - stats.mtimeMs : 0;
}
