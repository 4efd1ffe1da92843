import type { Event } from '@talkturo/client';

export interface DayOfEvents {
  day: string;
  /** `today`, `yesterday`, or the date in words. */
  name: string;
  events: Event[];
}

const DAY_MS = 24 * 60 * 60_000;

/** Events by their days in the time zone of the browser, in the order in which they come. */
export function byDay(events: readonly Event[], language: string, now = Date.now()): DayOfEvents[] {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'full' });
  const keyOf = (time: Date) => time.toLocaleDateString('en-CA');
  const near = new Map([
    [keyOf(new Date(now - DAY_MS)), 'yesterday'],
    [keyOf(new Date(now)), 'today'],
  ]);
  const days = Map.groupBy(events, (event) => keyOf(new Date(event.created_at)));
  return [...days].map(([day, ofDay]) => ({
    day,
    name: near.get(day) ?? words.format(new Date(ofDay[0]?.created_at ?? now)),
    events: ofDay,
  }));
}
