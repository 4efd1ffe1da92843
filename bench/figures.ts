/** One line of the table. */
export interface Figure {
  /** What was measured. */
  name: string;
  /** Ours: the median of the rounds. */
  median: number;
  /** The quarter of the rounds below, and above. */
  spread: readonly [number, number];
  unit: string;
  /** What it is compared with, and its median. */
  beside?: { name: string; median: number };
  /** Ours beside that: the median of each round's ratio, so that what else the machine does meets both. */
  ratio?: number;
  /** What the ratio, or without one the median, has to be. */
  target?: { atLeast: number } | { atMost: number };
}

/** The value below which so many per cent of the others are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** A figure of several rounds. */
export function figure(
  name: string,
  unit: string,
  rounds: readonly number[],
  more: Pick<Figure, 'target'> & { beside?: { name: string; rounds: readonly number[] } } = {},
): Figure {
  const { beside, target } = more;
  return {
    name,
    unit,
    median: median(rounds),
    spread: [percentile(rounds, 25), percentile(rounds, 75)],
    ...(beside && {
      beside: { name: beside.name, median: median(beside.rounds) },
      ratio: median(rounds.map((value, round) => value / (beside.rounds[round] ?? Number.NaN))),
    }),
    ...(target && { target }),
  };
}

/** Null where there is no target. */
export function isMet({ target, ratio, median: value }: Figure): boolean | null {
  if (!target) return null;
  const measured = ratio ?? value;
  return 'atLeast' in target ? measured >= target.atLeast : measured <= target.atMost;
}

const HEAD = ['', 'median', 'quarters', 'beside', 'ratio', 'target', ''];

/** The table as people read it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => lineOf(row, widths)).join('\n');
}

function rowOf(each: Figure): string[] {
  const { target, ratio, beside, spread, unit } = each;
  const met = isMet(each);
  return [
    each.name,
    `${short(each.median)} ${unit}`,
    `${short(spread[0])}–${short(spread[1])}`,
    beside ? `${short(beside.median)} ${beside.name}` : '',
    ratio === undefined ? '' : ratio.toFixed(2),
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

/** Three digits that count; whole numbers as they are. */
function short(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}
