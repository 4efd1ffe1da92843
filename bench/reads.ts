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

/** Processes that do the same differ by some per cent for as long as they live: each side is started so many times. */
const LIVES = 2;

/** What is measured of both sides. */
interface Read {
  name: string;
  unit: string;
  /** Of the ratio. */
  atLeast?: number;
  measure: (bench: Bench, seeded: Seeded, server: Running) => Promise<number>;
}

const READS: readonly Read[] = [
  { name: `lists a second, ${MANY} connections`, unit: '/s', atLeast: 1, measure: rateOf(listsOf, MANY) },
  { name: `lists a second, ${FEW} connections`, unit: '/s', measure: rateOf(listsOf, FEW) },
  { name: 'list at rest, p50', unit: 'ms', measure: atRest(listsOf) },
  {
    name: `look-ups a second, ${MANY} connections`,
    unit: '/s',
    atLeast: 0.95,
    measure: rateOf(lookUpsOf, MANY),
  },
  { name: `look-ups a second, ${FEW} connections`, unit: '/s', measure: rateOf(lookUpsOf, FEW) },
  { name: 'look-up at rest, p50', unit: 'ms', measure: atRest(lookUpsOf) },
  {
    name: `look-up, p99 at ${PER_SECOND}/s`,
    unit: 'ms',
    measure: async ({ ms }, seeded, { url }) =>
      percentile(await measureAtRate(lookUpsOf(seeded, url), PER_SECOND, ms), 99),
  },
];

/** The list and the look-up of inbound calls, beside the least that does the same: bare.ts. */
export async function reads(bench: Bench): Promise<Figure[]> {
  const seeded = await bench.database('million', MILLION);
  const figures = READS.map((read) => ({ read, ours: [] as number[], bares: [] as number[] }));
  for (let life = 0; life < LIVES; life += 1) {
    const service = await startService({ DATABASE_URL: seeded.url });
    const bare = await startBare(seeded.url);
    try {
      await warmUp(seeded, [service]);
      await warmUp(seeded, [bare], { ms: 1_000, lists: 1_000 });
      for (const { read, ours, bares } of figures) {
        const rounds = read.atLeast === undefined ? bench.fewRounds : bench.rounds;
        const measured = await inTurns(Math.ceil(rounds / LIVES), {
          ours: () => read.measure(bench, seeded, service),
          bares: () => read.measure(bench, seeded, bare),
        });
        ours.push(...measured.ours);
        bares.push(...measured.bares);
      }
    } finally {
      await Promise.all([service.stop(), bare.stop()]);
    }
  }
  return figures.map(({ read: { name, unit, atLeast }, ours, bares }) =>
    figure(name, unit, ours, {
      beside: { name: `${unit} node:http + pg`, rounds: bares },
      ...(atLeast !== undefined && { target: { atLeast } }),
    }),
  );
}

type Questions = (seeded: Seeded, base: string) => NextQuestion;

function rateOf(questions: Questions, connections: number): Read['measure'] {
  return ({ ms }, seeded, { url }) => measureRate(questions(seeded, url), connections, ms);
}

function atRest(questions: Questions): Read['measure'] {
  return async ({ ms }, seeded, { url }) => median(await measureAlone(questions(seeded, url), ms / 2));
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
