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
