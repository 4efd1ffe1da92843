import { totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startOwnPostgres } from '../packages/server/test/support/own-postgres.ts';
import type { Bench, Benchmark } from './benchmark.ts';
import { embedded } from './embedded.ts';
import { type Figure, isMet, tableOf } from './figures.ts';
import { growth } from './growth.ts';
import { stopAll } from './processes.ts';
import { purchase } from './purchase.ts';
import { reads } from './reads.ts';
import { search } from './search.ts';
import { type Seeded, seed } from './seed.ts';
import { severalServers } from './several-servers.ts';
import { startAndMemory } from './start-and-memory.ts';

/*
 * `npm run bench`: what the service costs, beside the least that could do the same. On a PostgreSQL of its own, each
 * pair in turns in one run. Prints a table (or JSON) and exits with 1 where a target is missed.
 *
 *   npm run bench -- --short           about five minutes
 *   npm run bench -- --only reads,search
 *   npm run bench -- --json
 *
 * The long form takes about half an hour, and 12 GB under the directory of temporary files.
 */

const BENCHMARKS: Record<string, Benchmark> = {
  reads,
  purchase,
  search,
  'several-servers': severalServers,
  'start-and-memory': startAndMemory,
  embedded,
  growth,
};

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(BENCHMARKS).join(',') },
  },
});

/** What PostgreSQL's manual advises for a server of its own, a quarter of the memory, instead of the 128 MB that it has by itself. */
const POSTGRES_SETTINGS = [`shared_buffers=${Math.floor(totalmem() / 4 / 2 ** 20)}MB`, 'max_wal_size=8GB'];

const postgres = await startOwnPostgres({ settings: POSTGRES_SETTINGS });
const figures: Figure[] = [];
try {
  const bench = benchOn(postgres.url);
  for (const name of values.only.split(',')) {
    const run = BENCHMARKS[name];
    if (!run)
      throw new Error(`there is no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
    const begin = performance.now();
    const measured = await run(bench);
    process.stderr.write(`${name} took ${((performance.now() - begin) / 1_000).toFixed(0)} s\n`);
    figures.push(...measured);
    if (!values.json) process.stdout.write(`\n${name}\n${tableOf(measured)}\n`);
  }
} finally {
  await stopAll();
  await postgres.remove();
}
const missed = figures.filter((figure) => isMet(figure) === false);
if (values.json) {
  const results = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
  process.stdout.write(
    `${JSON.stringify({ at: new Date(), node: process.version, figures: results }, null, 2)}\n`,
  );
} else {
  const targets = figures.filter(({ target }) => target).length;
  process.stdout.write(`\n${targets - missed.length} of ${targets} targets met.\n`);
}
process.exitCode = missed.length > 0 ? 1 : 0;

function benchOn(postgresUrl: string): Bench {
  const made = new Map<string, Promise<Seeded>>();
  return {
    short: values.short,
    // Many short rounds rather than few long ones: what this machine does besides changes within seconds.
    rounds: values.short ? 10 : 24,
    fewRounds: values.short ? 4 : 12,
    ms: values.short ? 300 : 1_000,
    postgresUrl,
    database: (name, size) => {
      const database = made.get(name) ?? seed(postgresUrl, name, size);
      made.set(name, database);
      return database;
    },
  };
}
