const DAY_MS = 24 * 60 * 60_000;

/** How long a key works: days, for ever, or until a day that somebody names. */
export const TERMS = ['never', '30', '90', '365', 'date'] as const;
export type Term = (typeof TERMS)[number];

/** The end as the server wants it; undefined: none. */
export function endOf(term: Term, date: string, now = Date.now()): string | undefined {
  if (term === 'never') return undefined;
  if (term === 'date') return endOfDay(date);
  return new Date(now + Number(term) * DAY_MS).toISOString();
}

/** A day of the calendar as a field has it, `2030-01-31`: the end of it, where the person is. */
export function endOfDay(date: string): string {
  return new Date(`${date}T23:59:59`).toISOString();
}

/** The day of a time as a field has it, where the person is. */
export function dayOf(time: Date): string {
  const parts = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
