import type { Answer } from './call.ts';
import { TalkturoError, TimeoutError } from './errors.ts';
import { isPassing } from './retry-delay.ts';
import { wait } from './wait.ts';

/** Timers take no longer ones; three weeks, ms. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

type NumberAnswer = Answer<'/api/phone-numbers/{id}', 'get'>;

export interface PurchaseWait {
  /** Ends the wait, not the purchase. */
  signal?: AbortSignal | undefined;
  /** How often to look, ms; 2000 unless said otherwise. */
  pollMs?: number | undefined;
  /** How long to wait at most once the server has answered, ms; 120000 unless said otherwise. */
  waitMs?: number | undefined;
}

/** The number that a purchase is about, as far as it is known. */
type Bought = Pick<NumberAnswer['phoneNumber'], 'id' | 'phone_number' | 'status'>;

/** The purchase ended without a number. Nothing was bought. */
export class PurchaseFailedError extends TalkturoError {
  override readonly name = 'PurchaseFailedError';
  readonly phoneNumber: Bought;

  constructor(phoneNumber: Bought) {
    super(
      `${phoneNumber.phone_number} was not bought: it is "${phoneNumber.status}". Its events say why; choose another number.`,
    );
    this.phoneNumber = phoneNumber;
  }
}

/** The purchase is not over yet, and goes on. */
export class PurchasePendingError extends TimeoutError {
  override readonly name = 'PurchasePendingError';
  readonly phoneNumber: Bought;

  constructor(phoneNumber: Bought, waitMs: number) {
    super(
      `${phoneNumber.phone_number} is still being bought after ${waitMs} ms, and that goes on: look later with phoneNumbers.get('${phoneNumber.id}').`,
    );
    this.phoneNumber = phoneNumber;
  }
}

/** Looks at a number until it is active. A look that fails is no reason to give up: the purchase goes on without it. */
export async function waitForPurchase(
  bought: Bought,
  look: (options: { signal: AbortSignal }) => Promise<NumberAnswer>,
  options: PurchaseWait & { idempotencyKey: string },
): Promise<NumberAnswer> {
  const { signal, pollMs = 2_000, waitMs = 120_000, idempotencyKey } = options;
  const ending = new AbortController();
  const pending = Object.assign(new PurchasePendingError(bought, waitMs), { idempotencyKey });
  const timer = setTimeout(() => ending.abort(pending), Math.min(waitMs, LONGEST_WAIT_MS));
  const abort = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    for (;;) {
      const answer = await look({ signal: ending.signal }).catch((error: unknown) => {
        if (ending.signal.aborted) throw error;
        if (isPassing(error)) return;
        if (error instanceof TalkturoError) {
          error.idempotencyKey = idempotencyKey;
          error.message += ` (${bought.phone_number} was ordered all the same, as ${bought.id}; only looking at it failed.)`;
        }
        throw error;
      });
      const status = answer?.phoneNumber.status ?? 'purchasing';
      if (answer && status === 'active') return answer;
      if (answer && status !== 'purchasing') {
        throw Object.assign(new PurchaseFailedError(answer.phoneNumber), { idempotencyKey });
      }
      await wait(pollMs, ending.signal);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
