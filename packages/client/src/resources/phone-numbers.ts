import type { Answer, Body, Query } from '../call.ts';
import { newIdempotencyKey } from '../idempotency-key.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import { type PurchaseWait, waitForPurchase } from '../purchase-wait.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

const ALL = '/api/phone-numbers';
const SEARCH = '/api/phone-numbers/search';
const ELIGIBILITY = '/api/phone-numbers/eligibility';
const PURCHASE = '/api/phone-numbers/purchase';
const BULK = '/api/phone-numbers/purchase/bulk';
const OVERVIEW = '/api/reports/overview';
const IDLE = '/api/reports/idle-numbers';
const ONE = '/api/phone-numbers/{id}';

type Purchase = Body<typeof PURCHASE, 'post'>;

export interface PurchaseOptions extends RequestOptions {
  /** For repeating a purchase of before. Left out, each call makes a new one and keeps it while it repeats itself. */
  idempotencyKey?: string | undefined;
}

/** Numbers that could be bought, and those of a team. An `id` may be the number itself, `+14155550101`. */
export class PhoneNumbers extends Resource {
  /** Numbers that could be bought. Buys and reserves nothing. */
  search(filters: Body<typeof SEARCH, 'post'>['filters'], options?: RequestOptions) {
    return this.call('post', SEARCH, { body: { filters }, repeatable: true }, options);
  }

  /** For when a search by area code finds nothing: the area codes near it that have numbers. */
  searchNearby(filters: Body<`${typeof SEARCH}/nearby`, 'post'>['filters'], options?: RequestOptions) {
    return this.call('post', `${SEARCH}/nearby`, { body: { filters }, repeatable: true }, options);
  }

  /** Whether a purchase would go through, and what it would cost. Buys and reserves nothing. */
  eligibility(question: TeamOptional<Body<typeof ELIGIBILITY, 'post'>> = {}, options?: RequestOptions) {
    const body = this.withTeam<Body<typeof ELIGIBILITY, 'post'>>(question);
    return this.call('post', ELIGIBILITY, { body, repeatable: true }, options);
  }

  /** Buys a number, at most once however often it is repeated. It may still be `purchasing` in the answer. */
  purchase(
    purchase: TeamOptional<Purchase>,
    { idempotencyKey = newIdempotencyKey(), ...options }: PurchaseOptions = {},
  ) {
    return this.call('post', PURCHASE, { body: this.withTeam<Purchase>(purchase), idempotencyKey }, options);
  }

  /**
   * Buys a number and waits until it is active.
   * @throws PurchaseFailedError where the carrier does not deliver
   * @throws PurchasePendingError where it takes longer than `waitMs`; the purchase goes on
   */
  async purchaseAndWait(
    purchase: TeamOptional<Purchase>,
    options: PurchaseOptions & PurchaseWait = {},
  ): Promise<Answer<typeof ONE, 'get'>> {
    const { idempotencyKey = newIdempotencyKey(), pollMs, waitMs, ...request } = options;
    const { phoneNumber } = await this.purchase(purchase, { idempotencyKey, ...request });
    const look = (each: { signal: AbortSignal }) => this.get(phoneNumber.id, { ...request, ...each });
    const { signal } = request;
    return waitForPurchase(phoneNumber, look, { idempotencyKey, pollMs, waitMs, signal });
  }

  /**
   * Buys up to 50 numbers, by name or by filters, each at most once however often it is repeated. `results` says of
   * each what became of it; some may still be `purchasing`.
   */
  purchaseMany(
    purchase: TeamOptional<Body<typeof BULK, 'post'>>,
    { idempotencyKey = newIdempotencyKey(), ...options }: PurchaseOptions = {},
  ) {
    const body = this.withTeam<Body<typeof BULK, 'post'>>(purchase);
    return this.call('post', BULK, { body, idempotencyKey }, options);
  }

  /** A team's numbers, newest first, without released ones. */
  list(filters: TeamOptional<Query<typeof PURCHASE, 'get'>> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Query<typeof PURCHASE, 'get'>>(filters) };
    return new Listing('numbers', (next: Next) =>
      this.call('get', PURCHASE, { query: { ...query, ...next } }, options),
    );
  }

  /** The same with everything that is known of each, in pages of up to 1000. A page says what all of them cost. */
  listDetails(filters: TeamOptional<Query<typeof ALL, 'get'>> = {}, options?: RequestOptions) {
    const query = this.withTeam<Query<typeof ALL, 'get'>>(filters);
    return new Listing('numbers', (next: Next) =>
      this.call('get', ALL, { query: { ...query, ...next } }, options),
    );
  }

  get(id: string, options?: RequestOptions) {
    return this.call('get', ONE, { path: { id } }, options);
  }

  /** Names a number, or locks it against release. */
  update(id: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { id }, body: change }, options);
  }

  /** Out of service at once; back at the carrier after some days, or now with `immediately`. */
  release(id: string, { immediately, ...options }: RequestOptions & Query<typeof ONE, 'delete'> = {}) {
    const query = immediately === undefined ? {} : { immediately };
    return this.call('delete', ONE, { path: { id }, query }, options);
  }

  /** Takes a release back, while the number is still at the carrier. */
  restore(id: string, options?: RequestOptions) {
    return this.call('post', `${ONE}/restore`, { path: { id } }, options);
  }

  /** Numbers without a call for 30 days, or `days`, the longest idle first. A page says what all of them cost. */
  idle(filters: TeamOptional<Query<typeof IDLE, 'get'>> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Query<typeof IDLE, 'get'>>(filters) };
    return new Listing('numbers', (next: Next) =>
      this.call('get', IDLE, { query: { ...query, ...next } }, options),
    );
  }

  /** What a team holds and held, where, at what cost, and how much its busiest numbers call. */
  overview(filters: TeamOptional<Query<typeof OVERVIEW, 'get'>> = {}, options?: RequestOptions) {
    const query = this.withTeam<Query<typeof OVERVIEW, 'get'>>(filters);
    return this.call('get', OVERVIEW, { query }, options);
  }

  /** Tells what happened to a number: a call was answered or rejected, one came in, or it was flagged as spam. */
  reportHealth(id: string, report: Body<`${typeof ONE}/health`, 'post'>, options?: RequestOptions) {
    return this.call('post', `${ONE}/health`, { path: { id }, body: report }, options);
  }

  /** A number's calls day by day. */
  calls(id: string, filters: Query<`${typeof ONE}/calls`, 'get'> = {}, options?: RequestOptions) {
    return this.call('get', `${ONE}/calls`, { path: { id }, query: filters }, options);
  }

  /** What happened to a number, newest first. */
  events(id: string, filters: Query<`${typeof ONE}/events`, 'get'> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...filters };
    return new Listing('events', (next: Next) =>
      this.call('get', `${ONE}/events`, { path: { id }, query: { ...query, ...next } }, options),
    );
  }
}
