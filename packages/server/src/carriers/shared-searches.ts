import { LRUCache } from 'lru-cache';
import type { Carrier, Offer, OrderOutcome, SearchFilters } from './carrier.ts';

export interface SharedSearchesOptions {
  /** Milliseconds for which an answer serves equal searches. Default 5000. */
  shareMs?: number;
  /** Milliseconds for which the offer of a number that was found is remembered. Default 600000. */
  rememberMs?: number;
  /** The most answers and offers held in memory. Defaults 200 and 10000, together about 10 MB. */
  maxSearches?: number;
  maxOffers?: number;
  now?: () => Date;
}

/**
 * The carrier with equal searches sharing one call, also while it is under way, and with every offer that was
 * seen remembered for `findOffer`. Failures are not kept. A number that was ordered is no longer offered.
 */
export function withSharedSearches(carrier: Carrier, options: SharedSearchesOptions = {}): Carrier {
  const { shareMs = 5000, rememberMs = 600_000, maxSearches = 200, maxOffers = 10_000 } = options;
  const now = options.now ?? (() => new Date());
  // At the default resolution, the cache would hold on to one reading of the clock for a real millisecond.
  const clock = { perf: { now: () => now().getTime() }, ttlResolution: 0 };
  const searches = new LRUCache<string, Promise<Offer[]>>({ max: maxSearches, ttl: shareMs, ...clock });
  const seen = new LRUCache<string, Offer>({ max: maxOffers, ttl: rememberMs, ...clock });
  const sold = new LRUCache<string, true>({ max: maxOffers, ttl: shareMs, ...clock });

  const search = async (filters: SearchFilters) => {
    const offers = await carrier.searchNumbers(filters);
    for (const offer of offers) seen.set(offer.phoneNumber, offer);
    return offers;
  };

  return {
    name: carrier.name,
    async searchNumbers(filters) {
      const offers = await shared(searches, searchKey(filters), () => search(filters));
      return offers.filter((offer) => !sold.has(offer.phoneNumber)).map(copyOf);
    },
    async findOffer(phoneNumber, how) {
      const known = how.fresh ? undefined : seen.get(phoneNumber);
      if (known) return copyOf(known);
      const offer = await carrier.findOffer(phoneNumber, how);
      if (offer) seen.set(phoneNumber, offer);
      else seen.delete(phoneNumber);
      return offer && copyOf(offer);
    },
    async order(request) {
      const outcome = await carrier.order(request);
      if (isTaken(outcome)) {
        seen.delete(request.phoneNumber);
        sold.set(request.phoneNumber, true);
      }
      return outcome;
    },
    findOrder: (reference) => carrier.findOrder(reference),
    getOrder: (carrierOrderId) => carrier.getOrder(carrierOrderId),
    findNumber: (phoneNumber) => carrier.findNumber(phoneNumber),
    setConnection: (id, connectionId) => carrier.setConnection(id, connectionId),
    releaseNumber: (id) => carrier.releaseNumber(id),
    listNumbers: () => carrier.listNumbers(),
    listOrders: (since) => carrier.listOrders(since),
  };
}

function shared<T>(cache: LRUCache<string, Promise<T>>, key: string, call: () => Promise<T>): Promise<T> {
  const running = cache.get(key);
  if (running) return running;
  const answer = call();
  // Without an end while it is under way; its time starts with the answer.
  cache.set(key, answer, { ttl: 0 });
  answer.then(
    () => cache.peek(key) === answer && cache.set(key, answer),
    () => cache.peek(key) === answer && cache.delete(key),
  );
  return answer;
}

/** Equal for equal filters, whatever the order of their fields and features. */
function searchKey(filters: SearchFilters): string {
  const { features, ...others } = filters;
  const fields = Object.entries(others).filter(([, value]) => value !== undefined);
  return JSON.stringify([fields.sort(([a], [b]) => (a < b ? -1 : 1)), [...(features ?? [])].sort()]);
}

/** After an unknown outcome too: the number is likelier gone than not. */
function isTaken(outcome: OrderOutcome): boolean {
  return outcome.kind !== 'rejected' || outcome.reason === 'number_unavailable';
}

/** Answers go to many callers: what one does to its copy must not show in another's. */
function copyOf(offer: Offer): Offer {
  return { ...offer, features: [...offer.features] };
}
