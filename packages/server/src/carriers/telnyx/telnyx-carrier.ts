import type Telnyx from 'telnyx';
import type {
  Carrier,
  CarrierNumber,
  CarrierOrder,
  Offer,
  OrderOutcome,
  OrderRequest,
  SearchFilters,
} from '../carrier.ts';
import { type CircuitBreakerOptions, withCircuitBreakers } from '../circuit-breaker.ts';
import { type SharedSearchesOptions, withSharedSearches } from '../shared-searches.ts';
import { carrierError, failedOrder, numberChangeError, readFailure } from './failures.ts';
import { dataList, dataRecord } from './json-fields.ts';
import { numberFrom } from './numbers.ts';
import { offerFrom, offerQuery, offersFrom, searchQuery } from './offers.ts';
import { decisiveOrder, orderFrom } from './orders.ts';
import { type PageQuery, pagesOf } from './pages.ts';
import { answerTo, telnyxClient } from './telnyx-client.ts';

export interface TelnyxCarrierOptions {
  apiKey: string;
  /** `https://api.telnyx.com`, or where a simulator listens; with or without `/v2`. */
  baseUrl: string;
  timeouts?: {
    /** For the order, which is sent once. Default 20000. */
    orderMs?: number;
    /** For every other call, with its retries. Default 10000. */
    readMs?: number;
  };
  circuitBreaker?: CircuitBreakerOptions;
  searches?: Omit<SharedSearchesOptions, 'now'>;
  now?: () => Date;
}

/** A read is repeated where the carrier stumbles, inside its time-out. Nothing else ever is. */
const READ_RETRIES = 2;

/** The carrier's filter leaves out the moment itself, and may look at whole seconds only. */
const JUST_BEFORE_MS = 1000;

/**
 * The Telnyx network as a carrier: its API behind a circuit breaker, with equal searches shared.
 *
 * @throws TypeError where `baseUrl` is no http or https URL.
 */
export function telnyxCarrier(options: TelnyxCarrierOptions): Carrier {
  const now = options.now ?? (() => new Date());
  const telnyx = new TelnyxCarrier(options, now);
  return withSharedSearches(withCircuitBreakers(telnyx, options.circuitBreaker), {
    ...options.searches,
    now,
  });
}

class TelnyxCarrier implements Carrier {
  readonly name = 'telnyx';
  readonly #client: Telnyx;
  readonly #apiKey: string;
  readonly #now: () => Date;
  readonly #orderMs: number;
  readonly #readMs: number;

  constructor(options: TelnyxCarrierOptions, now: () => Date) {
    this.#client = telnyxClient(options);
    this.#apiKey = options.apiKey;
    this.#now = now;
    this.#orderMs = options.timeouts?.orderMs ?? 20_000;
    this.#readMs = options.timeouts?.readMs ?? 10_000;
  }

  async searchNumbers(filters: SearchFilters): Promise<Offer[]> {
    return await this.#read(async () => {
      const answer = await answerTo(
        this.#client.availablePhoneNumbers.list(searchQuery(filters), this.#asRead()),
      );
      return offersFrom(dataList(answer), filters);
    });
  }

  async findOffer(phoneNumber: string): Promise<Offer | null> {
    const query = offerQuery(phoneNumber);
    if (query === null) return null;
    return await this.#read(async () => {
      const answer = await answerTo(this.#client.availablePhoneNumbers.list(query, this.#asRead()));
      const offers = dataList(answer).flatMap((record) => offerFrom(record) ?? []);
      return offers.find((offer) => offer.phoneNumber === phoneNumber) ?? null;
    });
  }

  async order(request: OrderRequest): Promise<OrderOutcome> {
    const body = {
      phone_numbers: [{ phone_number: request.phoneNumber }],
      customer_reference: request.reference,
      ...(request.connectionId !== null && { connection_id: request.connectionId }),
    };
    try {
      const once = { maxRetries: 0, timeout: this.#orderMs };
      const answer = await answerTo(this.#client.numberOrders.create(body, once));
      return { kind: 'accepted', order: orderFrom(dataRecord(answer), this.#now()) };
    } catch (error) {
      return failedOrder(this.#failure(error));
    }
  }

  async findOrder(reference: string): Promise<CarrierOrder | null> {
    const found: CarrierOrder[] = [];
    for await (const orders of this.#orderPages({ customer_reference: reference })) {
      found.push(...orders.filter((order) => order.reference === reference));
    }
    return decisiveOrder(found);
  }

  async getOrder(carrierOrderId: string): Promise<CarrierOrder | null> {
    return await this.#read(async () => {
      const answer = await answerTo(this.#client.numberOrders.retrieve(carrierOrderId, this.#asRead())).catch(
        (error: unknown) => this.#unlessMissing(error),
      );
      return answer === null ? null : orderFrom(dataRecord(answer), this.#now());
    });
  }

  async findNumber(phoneNumber: string): Promise<CarrierNumber | null> {
    // The filter takes digits only, and matches parts of numbers.
    const filter = { phone_number: phoneNumber.replace(/\D/g, '') };
    const found: CarrierNumber[] = [];
    for await (const numbers of this.#numberPages(filter)) {
      found.push(...numbers.filter((number) => number.phoneNumber === phoneNumber));
    }
    const inState = (state: CarrierNumber['state']) => found.find((number) => number.state === state);
    return inState('active') ?? inState('pending') ?? inState('gone') ?? null;
  }

  async setConnection(carrierNumberId: string, connectionId: string): Promise<void> {
    const change = { connection_id: connectionId };
    await this.#change(() =>
      this.#client.phoneNumbers.update(carrierNumberId, change, this.#asWrite()).asResponse(),
    );
  }

  async releaseNumber(carrierNumberId: string): Promise<'released' | 'gone'> {
    return await this.#change(async () => {
      const release = this.#client.phoneNumbers.delete(carrierNumberId, this.#asWrite()).asResponse();
      const answer = await release.catch((error: unknown) => this.#unlessMissing(error));
      return answer === null ? 'gone' : 'released';
    });
  }

  /**
   * The pages are offsets into a list that changes: a number bought meanwhile may come twice, and one may be
   * missed where another was released meanwhile. Absence from one listing proves nothing.
   */
  listNumbers(): AsyncIterable<CarrierNumber[]> {
    return this.#numberPages({});
  }

  /** Like {@link listNumbers}. */
  async *listOrders(since: Date): AsyncGenerator<CarrierOrder[]> {
    const after = new Date(since.getTime() - JUST_BEFORE_MS).toISOString();
    for await (const orders of this.#orderPages({ created_at: { gt: after } })) {
      yield orders.filter((order) => order.createdAt >= since);
    }
  }

  async *#orderPages(
    filter: NonNullable<Telnyx.NumberOrderListParams['filter']>,
  ): AsyncGenerator<CarrierOrder[]> {
    const ask = (page: PageQuery) =>
      answerTo(this.#client.numberOrders.list({ filter, ...page }, this.#asRead()));
    yield* this.#readPages(ask, (record) => orderFrom(record, this.#now()));
  }

  async *#numberPages(
    filter: NonNullable<Telnyx.PhoneNumberListParams['filter']>,
  ): AsyncGenerator<CarrierNumber[]> {
    const ask = (page: PageQuery) =>
      answerTo(this.#client.phoneNumbers.list({ filter, ...page }, this.#asRead()));
    yield* this.#readPages(ask, numberFrom);
  }

  async *#readPages<T>(
    ask: (page: PageQuery) => Promise<unknown>,
    map: (record: Record<string, unknown>) => T,
  ): AsyncGenerator<T[]> {
    const pages = pagesOf(ask);
    for (;;) {
      const page = await this.#read(async () => {
        const next = await pages.next();
        return next.done ? null : next.value.map(map);
      });
      if (page === null) return;
      yield page;
    }
  }

  /** Turns what a read throws into the port's error. */
  async #read<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw carrierError(this.#failure(error));
    }
  }

  /** Turns what a change to a number throws into the port's error. */
  async #change<T>(change: () => PromiseLike<T>): Promise<T> {
    try {
      return await change();
    } catch (error) {
      throw numberChangeError(this.#failure(error));
    }
  }

  #failure(error: unknown) {
    return readFailure(error, { apiKey: this.#apiKey, now: this.#now() });
  }

  /** Null for "there is no such thing"; throws everything else on. */
  #unlessMissing(error: unknown): null {
    const failure = this.#failure(error);
    if (failure.kind === 'answered' && failure.status === 404) return null;
    throw error;
  }

  /** `timeout` is per attempt; the signal ends the call with all its attempts. */
  #asRead() {
    return { maxRetries: READ_RETRIES, timeout: this.#readMs, signal: AbortSignal.timeout(this.#readMs) };
  }

  #asWrite() {
    return { maxRetries: 0, timeout: this.#readMs };
  }
}
