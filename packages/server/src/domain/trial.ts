import { DAY_MS, later } from './time.ts';

/** A Free team's one trial number lasts five days. */
export const TRIAL_DAYS = 5;

/** When a trial that starts at `now` ends. */
export function trialEnd(now: Date): Date {
  return later(now, TRIAL_DAYS * DAY_MS);
}
