import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../packages/server/test/support/own-postgres.ts';
import { START_ENVIRONMENT, START_FLAGS } from '../packages/server/test/support/start-command.ts';

/** A process of the benchmark's that answers HTTP. */
export interface Running {
  url: string;
  /** ms, until it first answered. */
  startMs: number;
  /** Memory that it holds (resident), MB. */
  memory(): number;
  stop(): Promise<void>;
}

/** The simulated carrier takes any key. */
export const CARRIER_KEY = 'KEY';

const running = new Set<ChildProcess>();

/** Has the service buy at this carrier. */
export function boughtAt({ url }: Running): Record<string, string> {
  return { TELNYX_API_KEY: CARRIER_KEY, TELNYX_BASE_URL: url };
}

/** Our server, on a database of its own or an embedded one. */
export function startService(environment: Record<string, string>): Promise<Running> {
  return start('packages/server/dist/main.js', '/readyz', {
    LOG_LEVEL: 'error',
    ...environment,
  });
}

/** The least that does the same work: bare.ts. */
export function startBare(databaseUrl: string): Promise<Running> {
  return start('bench/bare.ts', '/', { DATABASE_URL: databaseUrl });
}

/** The simulated carrier, in a process of its own. */
export function startCarrier(latencyMs = 0): Promise<Running> {
  const flags = (port: number) => ['--port', String(port), '--latency-ms', String(latencyMs)];
  return start('packages/carrier-sim/src/main.ts', '/_sim/magic-numbers', {}, flags);
}

async function start(
  script: string,
  probe: string,
  environment: Record<string, string>,
  flags: (port: number) => readonly string[] = () => [],
): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [...START_FLAGS, script, ...flags(port)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...inherited(), ...START_ENVIRONMENT, PORT: String(port), HOST: '127.0.0.1', ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  await untilItAnswers(child, `${url}${probe}`, script);
  return {
    url,
    startMs: performance.now() - begin,
    memory: () => residentMb(child),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Nothing of the reader's own configuration. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function untilItAnswers(child: ChildProcess, url: string, script: string): Promise<void> {
  for (let tries = 0; tries < 6_000; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await delay(10);
  }
  child.kill();
  throw new Error(`${script} does not start`);
}

function residentMb({ pid }: ChildProcess): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

/** Whatever a benchmark that failed has left. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
}
