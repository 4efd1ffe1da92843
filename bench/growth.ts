import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure, median } from './figures.ts';
import { measureAlone, type NextQuestion } from './load.ts';
import { boughtAt, type Running, startCarrier, startService } from './processes.ts';
import { listsOf, lookUpsOf } from './questions.ts';
import { warmUp } from './reads.ts';
import type { Seeded, Size } from './seed.ts';
import { findStock, purchasesOf } from './stock.ts';

/** Numbers of each team, while there are more and more teams. */
const OF_A_TEAM = 20;

/** Numbers in all. */
const FEWEST = 1_000;
const MORE = 100_000;
const MOST = 10_000_000;
const MOST_IN_SHORT = 1_000_000;

/** Numbers of each team, where it is they that become more. */
const NUMBERS_OF_TEAMS = [1, 10, 100, 1_000];
const FEW_TEAMS = 20;

/** Each, ms: the servers warm up one after the other. */
const WARM_UP_MS = 700;

/** As many at each size: none has the hotter code. */
const WARM_UP_LISTS = 2_000;

/** A server on a database of a size. */
interface Sized {
  seeded: Seeded;
  server: Running;
}

/** What answers take as there are more numbers: in all, and of one team. */
export async function growth(bench: Bench): Promise<Figure[]> {
  return [...(await moreTeams(bench)), ...(await largerTeams(bench))];
}

async function moreTeams(bench: Bench): Promise<Figure[]> {
  const most = bench.short ? MOST_IN_SHORT : MOST;
  const carrier = await startCarrier();
  const sizes = [FEWEST, MORE, most].map((all) => ({
    teams: all / OF_A_TEAM,
    numbersPerTeam: OF_A_TEAM,
    // The same at each: what grows is the numbers, not who asks. A key's first request of a minute costs a little more.
    keys: FEWEST / OF_A_TEAM,
  }));
  try {
    return await withServers(bench, sizes, carrier, async ([fewest, more, many]) => {
      if (!fewest || !more || !many) throw new Error('there are three sizes');
      const measured = { fewest, more, many };
      const count = bench.short ? 200 : 500;
      const lists = await atRest(bench, measured, (each) => p50(each, listsOf, count));
      const lookUps = await atRest(bench, measured, (each) => p50(each, lookUpsOf, count));
      const purchases = await atRest(bench, measured, (each) => p50OfPurchases(each, count / 10));
      return [
        ...figuresOf('list', most, lists, { atMost: 1.15 }),
        ...figuresOf('look-up', most, lookUps),
        ...figuresOf('purchase', most, purchases),
      ];
    });
  } finally {
    await carrier.stop();
  }
}

function figuresOf(
  what: string,
  most: number,
  { fewest, more, many }: Record<'fewest' | 'more' | 'many', number[]>,
  target?: { atMost: number },
): Figure[] {
  const beside = { name: `ms at ${grouped(FEWEST)}`, rounds: fewest };
  const name = (numbers: number) => `${what} at rest, p50, of ${grouped(numbers)} numbers`;
  return [
    figure(name(MORE), 'ms', more, { beside }),
    figure(name(most), 'ms', many, { beside, ...(target && { target }) }),
  ];
}

async function largerTeams(bench: Bench): Promise<Figure[]> {
  const sizes = NUMBERS_OF_TEAMS.map((numbersPerTeam) => ({ teams: FEW_TEAMS, numbersPerTeam }));
  return withServers(bench, sizes, null, async (servers) => {
    const named = Object.fromEntries(servers.map((each, index) => [`of ${NUMBERS_OF_TEAMS[index]}`, each]));
    const lists = await atRest(bench, named, (each) => p50(each, listsOf, bench.short ? 60 : 200));
    return NUMBERS_OF_TEAMS.map((numbers) => {
      const each = (lists[`of ${numbers}`] ?? []).map((ms) => (ms * 1_000) / numbers);
      return figure(`list at rest, p50, of a team with ${grouped(numbers)}`, 'µs a number', each);
    });
  });
}

/** A server on a database of each size, until the work is done. */
async function withServers<Result>(
  bench: Bench,
  sizes: readonly Size[],
  carrier: Running | null,
  work: (servers: readonly Sized[]) => Promise<Result>,
): Promise<Result> {
  const servers: Sized[] = [];
  try {
    for (const size of sizes) {
      const seeded = await bench.database(`growth_${size.teams}_${size.numbersPerTeam}`, size);
      const server = await startService({ DATABASE_URL: seeded.url, ...(carrier && boughtAt(carrier)) });
      servers.push({ seeded, server });
      await warmUp(seeded, [server], { ms: WARM_UP_MS, lists: WARM_UP_LISTS });
    }
    return await work(servers);
  } finally {
    await Promise.all(servers.map(({ server }) => server.stop()));
  }
}

/** Each in turns. */
function atRest<Name extends string>(
  { rounds }: Bench,
  measured: Record<Name, Sized>,
  measure: (each: Sized) => Promise<number>,
): Promise<Record<Name, number[]>> {
  const measures = Object.fromEntries(
    Object.entries<Sized>(measured).map(([name, each]) => [name, () => measure(each)]),
  );
  return inTurns(rounds, measures as Record<Name, () => Promise<number>>);
}

/** ms. */
async function p50(
  { seeded, server }: Sized,
  next: (seeded: Seeded, base: string) => NextQuestion,
  count: number,
): Promise<number> {
  return median(await measureAlone(next(seeded, server.url), count));
}

/** ms, with what the carrier takes, which is the same at each size. */
async function p50OfPurchases({ seeded, server }: Sized, count: number): Promise<number> {
  const stock = await findStock(seeded, [server], 1);
  return median(await measureAlone(purchasesOf(seeded, server.url, stock), count));
}

/** 1,000,000. */
function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
