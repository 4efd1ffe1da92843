export const DAY_MS = 24 * 60 * 60 * 1000;

/** A time as clients get it: ISO 8601 in UTC, whole seconds. */
export function isoTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** The time so many milliseconds after another; before it, where they are negative. */
export function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}

/** The day of a time, in UTC: `YYYY-MM-DD`. */
export function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** So many months up to that of `now` (UTC), the first first, each with its end; the last ends now. */
export function monthsUpTo(now: Date, months: number): { month: string; end: Date }[] {
  return Array.from({ length: months }, (_, index) => {
    const back = months - 1 - index;
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back + 1, 1));
    return { month: utcDay(first).slice(0, 7), end: back === 0 ? now : later(next, -1) };
  });
}
