import { InvalidArgumentError, Option } from 'commander';

/*
 * What words on the command line mean.
 */

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** An id, or a number as people write it: `+1 (415) 555-0101`. */
export function numberOrId(text: string): string {
  return text.trim().startsWith('+') ? `+${text.replace(/\D/g, '')}` : text.trim();
}

export function numbersOrIds(text: string, before: string[] = []): string[] {
  return [...before, ...text.split(',').map(numberOrId).filter(Boolean)];
}

/** `voice,sms`, and again where the option is repeated. */
export function words(text: string, before: string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  ];
}

export function usd(text: string): string {
  if (/^\d{1,6}(\.\d{1,4})?$/.test(text)) return text;
  throw new InvalidArgumentError('It must be USD a month, like 2.00.');
}

export function onOrOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new InvalidArgumentError('It must be "on" or "off".');
}

/** What takes something away again. A word, because the parser makes nothing out of null. */
type None = 'none';

export function orNone<Value>(read: (text: string) => Value): (text: string) => Value | None {
  return (text) => (text === 'none' ? text : read(text));
}

export function nullWhereNone<Value>(value: Value | None | undefined): Value | null | undefined {
  return value === 'none' ? null : value;
}

/** As it is. */
export function text(value: string): string {
  return value;
}

const UNIT_MS: Record<string, number> = { h: 3_600_000, d: 86_400_000 };

/** `2027-01-31`, `2027-01-31T12:00:00Z`, `30d`, `12h`, or `never`. */
export function ending(value: string): string | null {
  if (value === 'never') return null;
  const [, amount, unit = ''] = /^(\d{1,5})([hd])$/.exec(value) ?? [];
  // `45` alone would be a year to Date.parse.
  const time = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(value) ? Date.parse(value) : Number.NaN;
  const at = amount ? Date.now() + Number(amount) * (UNIT_MS[unit] ?? 0) : time;
  if (!Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError('It must be a time like 2027-01-31, from now like 30d or 12h, or "never".');
}

export function jsonObject(value: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('It must be a JSON object.');
}

export function yesOption(): Option {
  return new Option('-y, --yes', 'do not ask');
}

/** Without what was not said. */
export function given<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
