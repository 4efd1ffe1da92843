const KEYS: Record<string, string> = {
  ABC: '2',
  DEF: '3',
  GHI: '4',
  JKL: '5',
  MNO: '6',
  PQRS: '7',
  TUV: '8',
  WXYZ: '9',
};

const DIGITS = new Map(
  Object.entries(KEYS).flatMap(([letters, digit]) => [...letters].map((letter) => [letter, digit] as const)),
);

/** As many digits as a number can have. */
const MAX_DIGITS = 15;

/**
 * A word as the keys that it is dialled with: `FLOWERS` is 3569377. Digits stay; blanks and dashes go.
 * @returns null where it cannot be dialled, or is too long
 */
export function dialled(word: string): string | null {
  const signs = [...word.toUpperCase().replace(/[\s().-]/g, '')];
  const digits = signs.map((sign) => (/\d/.test(sign) ? sign : DIGITS.get(sign)));
  if (digits.includes(undefined) || digits.length > MAX_DIGITS) return null;
  return digits.join('');
}
