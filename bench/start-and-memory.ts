import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './benchmark.ts';
import { type Figure, figure, median } from './figures.ts';
import { measureAtRate, measureRate } from './load.ts';
import { boughtAt, type Running, startCarrier, startService } from './processes.ts';
import { listsOf, lookUpsOf } from './questions.ts';
import { createDatabase } from './seed.ts';
import { findStock, purchasesOf } from './stock.ts';

const SIZE = { teams: 2_000, numbersPerTeam: 20 };

/** A server that was left alone for so long, ms, is at rest. */
const REST_MS = 8_000;

/** So many of each kind at a time. */
const AT_REST = 2;

/** The mixed load: so many connections of each kind, and purchases a second. */
const LISTS = 3;
const LOOK_UPS = 4;
const PURCHASES_PER_SECOND = 2;

/** How often memory is read during the load. */
const SAMPLES = 150;

type Environment = Record<string, string>;

/** From the start of the process to /readyz, on both databases; memory at rest, and whether it grows under load. */
export async function startAndMemory(bench: Bench): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const postgres: Environment[] = [];
    const embedded: Environment[] = [];
    for (let round = 0; round < (bench.short ? 2 : 7); round += 1) {
      postgres.push({ DATABASE_URL: await createDatabase(bench.postgresUrl, `start_${round}`) });
      embedded.push({ DATA_DIR: join(directory, String(round)) });
    }
    return [
      ...(await starts('PostgreSQL', postgres)),
      ...(await starts('embedded', embedded)),
      ...(await memoryAtRest(postgres, embedded)),
      ...(await underLoad(bench)),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param fresh one empty database for each round */
async function starts(what: string, fresh: readonly Environment[]): Promise<Figure[]> {
  const first: number[] = [];
  const second: number[] = [];
  for (const environment of fresh) {
    first.push(await startOnce(environment));
    second.push(await startOnce(environment));
  }
  return [
    figure(`first start until ready, ${what}, empty database`, 'ms', first),
    figure(`second start until ready, ${what}`, 'ms', second),
  ];
}

async function startOnce(environment: Environment): Promise<number> {
  const service = await startService(environment);
  await service.stop();
  return service.startMs;
}

/** What servers hold some time after a start on a database that is there, while nobody asks them anything. */
async function memoryAtRest(
  postgres: readonly Environment[],
  embedded: readonly Environment[],
): Promise<Figure[]> {
  const onPostgres = await startAll(postgres.slice(0, AT_REST));
  const inProcess = await startAll(embedded.slice(0, AT_REST));
  await delay(REST_MS);
  const memoryOf = (servers: readonly Running[]) => servers.map((server) => server.memory());
  const figures = [
    figure(`memory ${REST_MS / 1_000} s after a start, PostgreSQL`, 'MB', memoryOf(onPostgres), {
      target: { atMost: 150 },
    }),
    figure(`memory ${REST_MS / 1_000} s after a start, embedded`, 'MB', memoryOf(inProcess)),
  ];
  await Promise.all([...onPostgres, ...inProcess].map((server) => server.stop()));
  return figures;
}

async function startAll(environments: readonly Environment[]): Promise<Running[]> {
  const servers: Running[] = [];
  for (const environment of environments) servers.push(await startService(environment));
  return servers;
}

/** Lists and look-ups as fast as they go, and some purchases, for ten minutes. */
async function underLoad(bench: Bench): Promise<Figure[]> {
  const seeded = await bench.database('load', SIZE);
  const carrier = await startCarrier();
  const service = await startService({
    DATABASE_URL: seeded.url,
    ...boughtAt(carrier),
  });
  const seconds = bench.short ? 20 : 600;
  const ms = seconds * 1_000;
  try {
    const stock = await findStock(seeded, [service]);
    const [samples] = await Promise.all([
      sampleMemory(service, ms),
      measureRate(listsOf(seeded, service.url), LISTS, ms),
      measureRate(lookUpsOf(seeded, service.url), LOOK_UPS, ms),
      measureAtRate(purchasesOf(seeded, service.url, stock), PURCHASES_PER_SECOND, ms),
    ]);
    const fifth = SAMPLES / 5;
    // The first fifth warms up: code, caches, and a heap that finds its size, which takes it a minute.
    const early = samples.slice(fifth, fifth * 2);
    const late = samples.slice(-fifth);
    const growth = (median(late) / median(early) - 1) * 100;
    return [
      figure(`memory after ${seconds} s of lists, look-ups and purchases`, 'MB', late),
      figure(`its growth since the second fifth of them`, '%', [growth], {
        ...(!bench.short && { target: { atMost: 10 } }),
      }),
    ];
  } finally {
    await service.stop();
    await carrier.stop();
  }
}

/** MB, so many times, evenly over this time. */
async function sampleMemory(service: Running, ms: number): Promise<number[]> {
  const samples: number[] = [];
  while (samples.length < SAMPLES) {
    await delay(ms / SAMPLES);
    samples.push(service.memory());
  }
  return samples;
}
