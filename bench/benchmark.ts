import type { Figure } from './figures.ts';
import type { Seeded, Size } from './seed.ts';

/** What a benchmark has to work with. */
export interface Bench {
  /** Fewer and shorter rounds, and at most a million numbers. */
  short: boolean;
  /** How many rounds a figure with a target takes, and how many one without. */
  rounds: number;
  fewRounds: number;
  /** How long a round is, ms. */
  ms: number;
  /** The address of the benchmarks' own PostgreSQL. */
  postgresUrl: string;
  /** A database of this size on it, made once for all benchmarks. */
  database(name: string, size: Size): Promise<Seeded>;
}

export type Benchmark = (bench: Bench) => Promise<Figure[]>;

/**
 * Measures several things in turns, round after round, so that whatever else the machine does meets all of them.
 * @returns the results of each, in the order of the rounds
 */
export async function inTurns<Name extends string>(
  rounds: number,
  measures: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    // Who begins changes: nobody always has the warmer machine.
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) results[name].push(await measures[name]());
  }
  return results;
}
