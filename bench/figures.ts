/** One line of the table. */
export interface Figure {
  /** What was measured. */
  name: string;
  /** Ours: the median of the rounds. */
  median: number;
  /** The quarter of the rounds below, and above. */
  spread: readonly [number, number];
  unit: string;
  /** Ours, round after round. */
  rounds: readonly number[];
  /** What it is compared with. */
  beside?: { name: string; median: number; rounds: readonly number[] };
  /** Ours beside that: the median of each round's ratio, so that what else the machine does meets both. */
  ratio?: number;
  /** Where the ratio, or without one the median, lies for all that these rounds can tell. */
  range: readonly [number, number];
  /** What it has to be. */
  target?: { atLeast: number } | { atMost: number };
}

/** How sure a range is, and how many rounds that takes at least. */
const SURE = 0.95;
const FEWEST_ROUNDS = 6;

/** The value below which so many per cent of the others are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/**
 * Where the median of all rounds that there could be lies, going by these: between two of them, each as far from its
 * end as can be for that to be 95 % sure. No rule for how rounds are spread is needed, only that none knows of another.
 * Fewer rounds tell nothing of that: then it is their own median.
 */
export function rangeOfMedian(rounds: readonly number[]): readonly [number, number] {
  if (rounds.length < FEWEST_ROUNDS) return [median(rounds), median(rounds)];
  const sorted = rounds.toSorted((a, b) => a - b);
  const count = sorted.length;
  // That fewer than so many of them are below the median is as likely as with tosses of a coin.
  let left = 0;
  let likely = 0.5 ** count;
  for (let all = likely; all <= (1 - SURE) / 2 && left < (count - 1) / 2; all += likely) {
    left += 1;
    likely *= (count - left + 1) / left;
  }
  const beyond = Math.max(0, left - 1);
  return [sorted[beyond] ?? Number.NaN, sorted[count - 1 - beyond] ?? Number.NaN];
}

/** A figure of several rounds. */
export function figure(
  name: string,
  unit: string,
  rounds: readonly number[],
  more: Pick<Figure, 'target'> & { beside?: { name: string; rounds: readonly number[] } } = {},
): Figure {
  const { beside, target } = more;
  const ratios = beside?.rounds.map((other, round) => (rounds[round] ?? Number.NaN) / other);
  return {
    name,
    unit,
    rounds,
    median: median(rounds),
    spread: [percentile(rounds, 25), percentile(rounds, 75)],
    ...(beside && { beside: { ...beside, median: median(beside.rounds) } }),
    ...(ratios && { ratio: median(ratios) }),
    range: rangeOfMedian(ratios ?? rounds),
    ...(target && { target }),
  };
}

/** Whether the rounds leave it open that the target is met. Null where there is no target. */
export function isMet({ target, range: [low, high] }: Figure): boolean | null {
  if (!target) return null;
  return 'atLeast' in target ? high >= target.atLeast : low <= target.atMost;
}

const HEAD = ['', 'median', 'quarters', 'beside', 'ratio', '95 % sure', 'target', ''];

/** The table as people read it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => lineOf(row, widths)).join('\n');
}

function rowOf(each: Figure): string[] {
  const { target, ratio, beside, spread, range, unit } = each;
  const met = isMet(each);
  return [
    each.name,
    `${short(each.median)} ${unit}`,
    between(spread),
    beside ? `${short(beside.median)} ${beside.name}` : '',
    ratio === undefined ? '' : ratio.toFixed(2),
    each.rounds.length < FEWEST_ROUNDS || (ratio === undefined && !target) ? '' : between(range),
    target ? targetText(target, ratio === undefined ? ` ${unit}` : '') : '',
    met === null ? '' : met ? 'met' : 'MISSED',
  ];
}

function lineOf(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) =>
      column === 1 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    .join('  ')
    .trimEnd();
}

function targetText(target: NonNullable<Figure['target']>, unit: string): string {
  return 'atLeast' in target ? `≥ ${target.atLeast}${unit}` : `≤ ${target.atMost}${unit}`;
}

function between([low, high]: readonly [number, number]): string {
  return `${short(low)}–${short(high)}`;
}

/** Three digits that count; whole numbers as they are. */
function short(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}
