/** A time as clients get it: ISO 8601 in UTC, whole seconds. */
export function isoTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
