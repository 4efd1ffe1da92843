/** A Free team's one trial number lasts five days. */
export const TRIAL_DAYS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a trial that starts at `now` ends. */
export function trialEnd(now: Date): Date {
  return new Date(now.getTime() + TRIAL_DAYS * DAY_MS);
}
