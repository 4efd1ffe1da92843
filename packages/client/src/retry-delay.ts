import { ConnectionError, RefusalError, TimeoutError, UnexpectedResponseError } from './errors.ts';

/** The first wait at most; each later one at most twice the one before, up to the last figure. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;

/** Who is told to wait for longer than this decides for themselves: limits count by the hour. */
const MAX_RETRY_AFTER_SECONDS = 30;

/** What proxies answer for a server that they do not reach. */
const GATEWAY_FAILURES = [502, 503, 504];

/**
 * How long to wait before a request is sent again, ms; null where that could do harm or would not help.
 * @param repeatable whether doing it twice is the same as once
 * @param attempt how often it was repeated already
 */
export function retryDelayMs(error: unknown, repeatable: boolean, attempt: number): number | null {
  if (!helps(error, repeatable)) return null;
  const seconds = 'retryAfter' in error ? error.retryAfter : undefined;
  if (seconds !== undefined) return seconds <= MAX_RETRY_AFTER_SECONDS ? seconds * 1000 : null;
  // Anywhere up to the limit, so that clients that failed together do not come back together.
  return Math.random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
}

type Answered = RefusalError | UnexpectedResponseError;
type Unanswered = ConnectionError | TimeoutError;

function helps(error: unknown, repeatable: boolean): error is Answered | Unanswered {
  // What a limit refuses was not begun.
  if (isAnswer(error) && error.status === 429) return true;
  if (!repeatable) return false;
  if (!isAnswer(error)) return isUnanswered(error);
  if (error instanceof UnexpectedResponseError) return GATEWAY_FAILURES.includes(error.status);
  return (error.status === 503 || error.code === 'idempotency_in_progress') && error.retryAfter !== undefined;
}

/** Whether another look may go well by itself. */
export function isPassing(error: unknown): boolean {
  return isAnswer(error) ? error.status === 429 || error.status >= 500 : isUnanswered(error);
}

function isAnswer(error: unknown): error is Answered {
  return error instanceof RefusalError || error instanceof UnexpectedResponseError;
}

function isUnanswered(error: unknown): error is Unanswered {
  return error instanceof ConnectionError || error instanceof TimeoutError;
}
