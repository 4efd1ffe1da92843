/**
 * The carrier port: what this service needs of a telephone carrier, in its own words. No name, status or
 * error of a particular carrier crosses it.
 *
 * Reads throw {@link CarrierError}. The order, which spends money, never throws: it answers one of three
 * things, because "it was refused" and "nobody knows" call for opposite actions.
 */

export type NumberType = 'local' | 'toll-free';

/** What to search for. Digits only in `contains`, `startsWith` and `endsWith`. */
export interface SearchFilters {
  /** ISO 3166-1 alpha-2, upper case. */
  countryCode: string;
  /** Three digits, +1 countries only. */
  areaCode?: string;
  numberType: NumberType;
  /** 1–100. */
  limit: number;
  contains?: string;
  startsWith?: string;
  endsWith?: string;
  locality?: string;
  administrativeArea?: string;
  features?: readonly string[];
}

/** A number that the carrier would sell now. Prices are USD, decimal strings with at least two decimals. */
export interface Offer {
  /** E.164. */
  phoneNumber: string;
  monthlyPrice: string;
  setupPrice: string;
  features: string[];
}

export interface OrderRequest {
  /** E.164. */
  phoneNumber: string;
  /** The carrier's connection that the number's calls use. */
  connectionId: string | null;
  /** Our order id: the only thing by which an order whose answer was lost can be found again. */
  reference: string;
}

/** An order as the carrier holds it. `failed` is final; what is neither done nor failed is `pending`. */
export interface CarrierOrder {
  carrierOrderId: string;
  reference: string | null;
  state: 'pending' | 'fulfilled' | 'failed';
  /** The numbers of the order, E.164. */
  phoneNumbers: string[];
  /** The order waits for documents that the country's regulator asks for. */
  awaitsRegulatoryDocuments: boolean;
  createdAt: Date;
}

/** A number that the carrier bills to our account. */
export interface CarrierNumber {
  carrierNumberId: string;
  /** E.164. */
  phoneNumber: string;
  reference: string | null;
  connectionId: string | null;
  /** `active` can carry calls; `pending` is not usable yet; `gone` has left the account. */
  state: 'active' | 'pending' | 'gone';
}

/** Why the carrier refuses an order for good: nothing was ordered, nothing is billed. */
export type RejectionReason =
  | 'number_unavailable'
  | 'invalid_connection'
  | 'invalid_request'
  | 'must_search_first'
  | 'regulatory_requirements'
  | 'insufficient_funds'
  | 'unauthorised'
  | 'rate_limited'
  /** The request was never sent: the carrier has been failing and calls to it are held back. */
  | 'not_sent';

export type OrderOutcome =
  | { kind: 'accepted'; order: CarrierOrder }
  | { kind: 'rejected'; reason: RejectionReason; detail: string; retryAfterMs?: number }
  /** A time-out, a dropped connection, a 5xx: the order may stand. Look it up by its reference. */
  | { kind: 'unknown'; detail: string };

export type CarrierErrorKind =
  /** Down, timing out, or held back by the circuit breaker: try again after `retryAfterMs`. */
  | 'unavailable'
  | 'rate_limited'
  /** The carrier says that our request makes no sense. */
  | 'invalid_request'
  | 'invalid_connection'
  | 'unauthorised'
  /** The carrier refuses to do this to this number (a lock, a state). */
  | 'refused';

/** Refusals that asking again does not change. */
const DEFINITE: readonly CarrierErrorKind[] = ['invalid_connection', 'refused', 'invalid_request'];

/** A failed read or change at the carrier. `detail` is for the log, never for a client. */
export class CarrierError extends Error {
  readonly kind: CarrierErrorKind;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: CarrierErrorKind,
    detail: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'CarrierError';
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether nothing was done, and asking again would not change it. */
  get isDefinite(): boolean {
    return DEFINITE.includes(this.kind);
  }
}

export interface Carrier {
  /** The carrier's name as clients see it, `telnyx`. */
  readonly name: string;

  /** Numbers on offer; an empty list where there is no stock. */
  searchNumbers(filters: SearchFilters): Promise<Offer[]>;

  /**
   * The offer for one number, or null where it is not on offer. A recent answer may serve unless `fresh`.
   */
  findOffer(phoneNumber: string, options: { fresh: boolean }): Promise<Offer | null>;

  /** Sends at most one order, and never sends it again by itself. */
  order(request: OrderRequest): Promise<OrderOutcome>;

  /** The order under our reference. Null means "not seen", which right after an order proves nothing. */
  findOrder(reference: string): Promise<CarrierOrder | null>;

  /** The order by the carrier's own id, null where it does not know it. */
  getOrder(carrierOrderId: string): Promise<CarrierOrder | null>;

  /** The number in our account, null where it is not (or not yet visible) there. */
  findNumber(phoneNumber: string): Promise<CarrierNumber | null>;

  /** Points the number's calls at a connection. */
  setConnection(carrierNumberId: string, connectionId: string): Promise<void>;

  /** Gives the number back. `gone` where the account no longer holds it: repeating is harmless. */
  releaseNumber(carrierNumberId: string): Promise<'released' | 'gone'>;

  /** Every number of the account, page by page, in bounded memory. */
  listNumbers(): AsyncIterable<CarrierNumber[]>;

  /** Every order made since then, page by page, in bounded memory. */
  listOrders(since: Date): AsyncIterable<CarrierOrder[]>;
}

/** What the carrier tells us of an order without being asked. A hint to look, no proof: repeated, late, out of order. */
export interface CarrierEvent {
  /** The carrier's id of the event, the same each time that it is delivered. */
  eventId: string;
  reference: string | null;
  carrierOrderId: string;
  orderState: CarrierOrder['state'];
}

/** A webhook as it came: the bytes of its body, which are what is signed. */
export interface CarrierDelivery {
  body: Uint8Array;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type CarrierMessage =
  | { kind: 'order_event'; event: CarrierEvent }
  /** From the carrier, and nothing that we act on; `type` is for the log. */
  | { kind: 'other'; type: string }
  /** Not proven to be from the carrier, or too old; `detail` is for the log, never for a client. */
  | { kind: 'unverified'; detail: string };

/** Checks that the carrier signed a webhook just now, and reads it. */
export type ReadCarrierEvent = (delivery: CarrierDelivery) => Promise<CarrierMessage>;
