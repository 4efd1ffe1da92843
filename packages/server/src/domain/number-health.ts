import { DAY_MS, later, utcDay } from './time.ts';

/** What the voice runtime can tell of a number. */
export const HEALTH_SIGNALS = ['spam_flagged', 'answered', 'rejected', 'inbound_call'] as const;

export type HealthSignal = (typeof HEALTH_SIGNALS)[number];

/** What a number did on a day (UTC). */
export interface DayOfCalls {
  day: string;
  outboundCalls: number;
  answered: number;
  rejected: number;
  spamFlags: number;
}

/** The first of the so many days that end today (UTC). */
export function firstOfDays(now: Date, days: number): string {
  return utcDay(later(now, (1 - days) * DAY_MS));
}

/** So many days up to today, the first first, each with what happened on it. */
export function everyDay(known: readonly DayOfCalls[], now: Date, days: number): DayOfCalls[] {
  const byDay = new Map(known.map((each) => [each.day, each]));
  return Array.from({ length: days }, (_, index) => {
    const day = utcDay(later(now, (index + 1 - days) * DAY_MS));
    return byDay.get(day) ?? { day, outboundCalls: 0, answered: 0, rejected: 0, spamFlags: 0 };
  });
}
