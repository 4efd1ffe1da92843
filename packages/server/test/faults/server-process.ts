import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A server has to be up after this long, also on a busy machine and while the database restarts, ms. */
const START_LIMIT_MS = 90_000;

/** One start that neither succeeds nor ends after this long hangs, ms. */
const HANG_MS = 25_000;

/**
 * One server as its operator runs it: a process that is started again whenever it ends. It keeps its port, so that
 * clients find it again.
 */
export class ServerProcess {
  readonly url: string;
  /** What a server may not do: end by itself after it has been up, or hang at its start. */
  readonly collapses: string[] = [];
  readonly #environment: Record<string, string>;
  readonly #log: number;
  #child: ChildProcess | null = null;
  /** Counts starts and kills: a start that is no longer the latest word gives up. */
  #word = 0;

  constructor(port: number, environment: Record<string, string>, logFile: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = { ...environment, PORT: String(port) };
    this.#log = openSync(logFile, 'a');
    process.once('exit', () => this.#child?.kill('SIGKILL'));
  }

  /** Starts it, again and again until it answers: at a start the database may be away. */
  async start(): Promise<void> {
    await this.kill();
    const word = this.#word;
    const limit = Date.now() + START_LIMIT_MS;
    while (word === this.#word) {
      const child = this.#spawn();
      if (await this.#answers(child)) {
        child.once('exit', (code, signal) => {
          if (word === this.#word) this.#comeBack(`${signal ?? code}`);
        });
        return;
      }
      if (word === this.#word && Date.now() > limit)
        throw new Error(`the server at ${this.url} does not start`);
      await end(child);
      await delay(200);
    }
  }

  /** kill -9: no time for anything. */
  async kill(): Promise<void> {
    this.#word += 1;
    if (this.#child) await end(this.#child);
  }

  #spawn(): ChildProcess {
    const env = { PATH: process.env.PATH, ...this.#environment };
    this.#child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', this.#log, this.#log] });
    return this.#child;
  }

  async #answers(child: ChildProcess): Promise<boolean> {
    const limit = Date.now() + HANG_MS;
    while (isUp(child)) {
      if (Date.now() > limit) {
        this.collapses.push(`the server at ${this.url} hung at its start`);
        return false;
      }
      const ready = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(3_000) }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return true;
      await delay(50);
    }
    return false;
  }

  #comeBack(how: string): void {
    this.collapses.push(`the server at ${this.url} ended by itself (${how})`);
    void this.start();
  }
}

const isUp = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function end(child: ChildProcess): Promise<void> {
  if (!isUp(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
