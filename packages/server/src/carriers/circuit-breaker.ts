import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { type Carrier, CarrierError, type OrderOutcome } from './carrier.ts';

export interface CircuitBreakerOptions {
  /** Failures in a row that open a breaker. Default 5. */
  failures?: number;
  /** Milliseconds until an open breaker lets one call through to try. Default 10000. */
  halfOpenAfterMs?: number;
}

type Settled = { value: unknown } | { error: unknown };

interface Breaker {
  /** @throws CarrierError `unavailable` where the call is held back; else what `call` throws. */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** Milliseconds for which calls are held back, 0 where they are not. */
  heldBackMs(): number;
}

/**
 * The carrier with calls held back while it fails: time-outs, 5xx, lost connections. A refusal is no failure.
 *
 * Searches, orders and the rest have a breaker each. Behind a common one, a busy search that works would hide that
 * every order fails, since its successes end each row of failures; and a search that fails would stop orders that
 * work. Orders also wait while the rest fails: an order whose answer got lost could not be looked up.
 */
export function withCircuitBreakers(carrier: Carrier, options: CircuitBreakerOptions = {}): Carrier {
  const [searches, orders, account] = [breaker(options), breaker(options), breaker(options)];
  return {
    name: carrier.name,
    searchNumbers: (filters) => searches.run(() => carrier.searchNumbers(filters)),
    findOffer: (phoneNumber, how) => searches.run(() => carrier.findOffer(phoneNumber, how)),
    order: (request) => orderBehind(orders, account, () => carrier.order(request)),
    findOrder: (reference) => account.run(() => carrier.findOrder(reference)),
    getOrder: (carrierOrderId) => account.run(() => carrier.getOrder(carrierOrderId)),
    findNumber: (phoneNumber) => account.run(() => carrier.findNumber(phoneNumber)),
    setConnection: (id, connectionId) => account.run(() => carrier.setConnection(id, connectionId)),
    releaseNumber: (id) => account.run(() => carrier.releaseNumber(id)),
    listNumbers: () => pagesBehind(account, carrier.listNumbers()),
    listOrders: (since) => pagesBehind(account, carrier.listOrders(since)),
  };
}

async function orderBehind(
  orders: Breaker,
  account: Breaker,
  order: () => Promise<OrderOutcome>,
): Promise<OrderOutcome> {
  if (account.heldBackMs() > 0) return notSent(account);
  let sent = false;
  try {
    return await orders.run(() => {
      sent = true;
      return order();
    });
  } catch (error) {
    if (sent) throw error;
    return notSent(orders);
  }
}

function notSent(breaker: Breaker): OrderOutcome {
  const detail = 'held back: the carrier has been failing';
  return { kind: 'rejected', reason: 'not_sent', detail, retryAfterMs: breaker.heldBackMs() };
}

/** Each page is a call of its own: a listing that takes minutes must not count as one. */
async function* pagesBehind<T>(breaker: Breaker, pages: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await breaker.run(() => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function breaker({ failures = 5, halfOpenAfterMs = 10_000 }: CircuitBreakerOptions): Breaker {
  const policy = circuitBreaker(
    handleWhenResult((settled) => isFailure(settled as Settled)),
    {
      breaker: new ConsecutiveBreaker(failures),
      halfOpenAfter: halfOpenAfterMs,
    },
  );
  let openUntil = 0;
  // Cockatiel keeps time by Date.now, and tells nobody for how long it stays open.
  policy.onBreak(() => {
    openUntil = Date.now() + halfOpenAfterMs;
  });
  const heldBackMs = () => (policy.state === CircuitState.Open ? Math.max(0, openUntil - Date.now()) : 0);
  return {
    heldBackMs,
    async run(call) {
      const settled = await policy
        .execute(() => settle(call))
        .catch((error: unknown) => {
          if (!(error instanceof BrokenCircuitError)) throw error;
          throw new CarrierError('unavailable', 'held back: the carrier has been failing', {
            retryAfterMs: heldBackMs(),
          });
        });
      if ('error' in settled) throw settled.error;
      return settled.value;
    },
  };
}

/** A refusal reaches the breaker as an answer and not as an exception: it ends a row of failures. */
async function settle<T>(call: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}

function isFailure(settled: Settled): boolean {
  if ('error' in settled)
    return settled.error instanceof CarrierError && settled.error.kind === 'unavailable';
  const outcome = settled.value as Partial<OrderOutcome> | null | undefined;
  return outcome?.kind === 'unknown' || (outcome?.kind === 'rejected' && outcome.reason === 'not_sent');
}
