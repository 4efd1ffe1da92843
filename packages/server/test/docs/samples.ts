import { readdirSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../../../', import.meta.url);

/** A block of code in a page. */
export interface Sample {
  line: number;
  language: string;
  text: string;
  /** Why it is not run, as the comment before it says. */
  notRun: string | null;
  /** What it answers: the JSON right behind it, or behind a comment that says so. */
  answer: string | null;
}

/** The pages whose samples are tried out. Decisions have none. */
export const PAGES_WITH_SAMPLES = [
  'README.md',
  ...['docs/', 'docs/de/'].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT))
      .filter((name) => name.endsWith('.md'))
      .map((name) => folder + name),
  ),
];

export function samplesOf(file: string): Sample[] {
  const page = readFileSync(new URL(file, ROOT), 'utf8');
  const blocks = [...page.matchAll(/^( *)```(\S*)\n(.*?)^\1```$/gms)];
  return blocks.map((block, index) => {
    const [whole, , language = '', text = ''] = block;
    const before = page.slice(0, block.index).trimEnd();
    const next = blocks[index + 1];
    const between = next ? page.slice(block.index + whole.length, next.index).trim() : '';
    const follows = next && /^(20\d:)?$|<!-- answer -->$/.test(between);
    return {
      line: before.split('\n').length + 2,
      language,
      text,
      notRun: /<!-- not run: ([^\n]+) -->$/.exec(before)?.[1] ?? null,
      answer: follows && next[2] === 'json' ? (next[3] ?? null) : null,
    };
  });
}

/**
 * Where two pieces of JSON differ in their form: which fields there are, and of what kind. Values may differ, lists
 * may be longer or shorter, and what is null in one may be anything in the other.
 */
export function differences(shown: unknown, real: unknown, at = ''): string[] {
  if (shown === null || real === null) return [];
  if (Array.isArray(shown) && Array.isArray(real)) {
    return shown.length === 0 || real.length === 0 ? [] : differences(shown[0], real[0], `${at}[]`);
  }
  if (kindOf(shown) !== kindOf(real)) return [`${at} is shown as ${kindOf(shown)}, and is ${kindOf(real)}`];
  if (kindOf(shown) !== 'object') return [];
  const [left, right] = [shown, real] as [Record<string, unknown>, Record<string, unknown>];
  const missing = Object.keys(left).filter((key) => !(key in right));
  const untold = Object.keys(right).filter((key) => !(key in left));
  return [
    ...missing.map((key) => `${at}.${key} is shown, and not there`),
    ...untold.map((key) => `${at}.${key} is there, and not shown`),
    ...Object.keys(left)
      .filter((key) => key in right)
      .flatMap((key) => differences(left[key], right[key], `${at}.${key}`)),
  ];
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}
