import {
  ConnectionError,
  PurchaseFailedError,
  PurchasePendingError,
  RefusalError,
  TimeoutError,
  UnexpectedResponseError,
} from '../index.ts';

/** What a script can tell from the end of a command. Stable; docs/cli.md has them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  conflict: 5,
  unavailable: 6,
  pending: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** 403 like a missing permission, but because there is no room: another key does not help. */
const LIMIT = /_limit_reached$|^trial_already_used$/;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof RefusalError) return exitCodeOfRefusal(error);
  if (error instanceof PurchasePendingError) return EXIT.pending;
  if (error instanceof PurchaseFailedError) return EXIT.unavailable;
  const unanswered = [ConnectionError, TimeoutError, UnexpectedResponseError];
  return unanswered.some((kind) => error instanceof kind) ? EXIT.unavailable : EXIT.failed;
}

export function exitCodeOfRefusal({ status, code }: Pick<RefusalError, 'status' | 'code'>): ExitCode {
  if (LIMIT.test(code)) return EXIT.conflict;
  if (status === 400) return EXIT.usage;
  if (status === 401 || status === 403) return EXIT.notAllowed;
  if (status === 404) return EXIT.notFound;
  if (status === 409 || status === 422 || status === 429) return EXIT.conflict;
  return status === 502 || status === 503 ? EXIT.unavailable : EXIT.failed;
}
