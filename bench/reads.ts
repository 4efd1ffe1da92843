import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure, median, percentile } from './figures.ts';
import { measureAlone, measureAtRate, measureRate, type NextQuestion } from './load.ts';
import { type Running, startBare, startService } from './processes.ts';
import { everyTeamFirst, listsOf, lookUpsOf } from './questions.ts';
import type { Seeded, SeededTeams } from './seed.ts';

/** A million numbers, of which 20 of each team are live. */
const MILLION = { teams: 20_000, numbersPerTeam: 20, releasedPerTeam: 30 };

/** Connections that stay open. */
const MANY = 64;
const FEW = 16;

/** The rate at which the latency of look-ups counts. */
const PER_SECOND = 500;

const BARE = 'node:http + pg';

/** The list and the look-up of inbound calls, beside the least that does the same: bare.ts. */
export async function reads(bench: Bench): Promise<Figure[]> {
  const seeded = await bench.database('million', MILLION);
  const service = await startService({ DATABASE_URL: seeded.url });
  const bare = await startBare(seeded.url);
  try {
    await warmUp(seeded, [service, bare]);
    return [
      ...(await compare(bench, 'list', 1, (base) => listsOf(seeded, base), [service, bare])),
      ...(await compare(bench, 'look-up', 0.95, (base) => lookUpsOf(seeded, base), [service, bare])),
      ...(await latencyOfLookUps(bench, seeded, [service, bare])),
    ];
  } finally {
    await Promise.all([service.stop(), bare.stop()]);
  }
}

/**
 * Every key was seen by every server, and the code is hot.
 * @param options.ms how long a server is asked at least, for lists and for look-ups
 * @param options.lists how many lists it is asked for at least; by itself as many as there are keys
 */
export async function warmUp(
  seeded: SeededTeams,
  servers: readonly Running[],
  { ms = 2_000, lists = seeded.teams.length }: { ms?: number; lists?: number } = {},
): Promise<void> {
  for (const { url } of servers) {
    const next = everyTeamFirst(seeded, (only) => listsOf(only, url));
    let asked = 0;
    while (asked < lists) asked += ((await measureRate(next, MANY, ms)) * ms) / 1_000;
    await measureRate(lookUpsOf(seeded, url), MANY, ms);
  }
}

async function compare(
  { rounds, ms }: Bench,
  what: string,
  atLeast: number,
  next: (base: string) => NextQuestion,
  [service, bare]: readonly [Running, Running],
): Promise<Figure[]> {
  const rates = (connections: number) =>
    inTurns(rounds, {
      ours: () => measureRate(next(service.url), connections, ms),
      bare: () => measureRate(next(bare.url), connections, ms),
    });
  const many = await rates(MANY);
  const few = await rates(FEW);
  const alone = await inTurns(rounds, {
    ours: async () => median(await measureAlone(next(service.url), ms / 4)),
    bare: async () => median(await measureAlone(next(bare.url), ms / 4)),
  });
  return [
    figure(`${what}s a second, ${MANY} connections`, '/s', many.ours, {
      beside: { name: `/s ${BARE}`, rounds: many.bare },
      target: { atLeast },
    }),
    figure(`${what}s a second, ${FEW} connections`, '/s', few.ours, {
      beside: { name: `/s ${BARE}`, rounds: few.bare },
    }),
    figure(`${what} at rest, p50`, 'ms', alone.ours, { beside: { name: `ms ${BARE}`, rounds: alone.bare } }),
  ];
}

async function latencyOfLookUps(
  { rounds, ms }: Bench,
  seeded: Seeded,
  [service, bare]: readonly [Running, Running],
): Promise<Figure[]> {
  const p99 = async ({ url }: Running) =>
    percentile(await measureAtRate(lookUpsOf(seeded, url), PER_SECOND, ms), 99);
  const { ours, bares } = await inTurns(rounds, { ours: () => p99(service), bares: () => p99(bare) });
  return [
    figure(`look-up, p99 at ${PER_SECOND}/s`, 'ms', ours, { target: { atMost: 5 } }),
    figure(`the same of ${BARE}`, 'ms', bares),
  ];
}
