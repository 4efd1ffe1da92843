import type { Body, Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

const ALL = '/api/webhook-endpoints';
const ONE = '/api/webhook-endpoints/{endpointId}';
const DELIVERIES = '/api/webhook-endpoints/{endpointId}/deliveries';
const DELIVERY = '/api/webhook-endpoints/{endpointId}/deliveries/{deliveryId}';

/** Addresses that events are sent to, and what came of it. */
export class WebhookEndpoints extends Resource {
  list(filters: TeamOptional<Query<typeof ALL, 'get'>> = {}, options?: RequestOptions) {
    const query = this.withTeam<Query<typeof ALL, 'get'>>(filters);
    return new Listing('endpoints', () => this.call('get', ALL, { query }, options));
  }

  /** Adds an address. `secret` is in this answer and in that of `rotateSecret`, and nowhere else. */
  create(endpoint: TeamOptional<Body<typeof ALL, 'post'>>, options?: RequestOptions) {
    return this.call('post', ALL, { body: this.withTeam<Body<typeof ALL, 'post'>>(endpoint) }, options);
  }

  get(endpointId: string, options?: RequestOptions) {
    return this.call('get', ONE, { path: { endpointId } }, options);
  }

  /** Changes the address, what is sent to it, or whether anything is. */
  update(endpointId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { endpointId }, body: change }, options);
  }

  /** Takes it away, with its deliveries. */
  delete(endpointId: string, options?: RequestOptions) {
    return this.call('delete', ONE, { path: { endpointId } }, options);
  }

  /** Makes a new secret. The old one goes on signing too, for 24 hours or `overlapHours`. */
  rotateSecret(
    endpointId: string,
    wish: Body<`${typeof ONE}/rotate-secret`, 'post'> = {},
    options?: RequestOptions,
  ) {
    return this.call('post', `${ONE}/rotate-secret`, { path: { endpointId }, body: wish }, options);
  }

  /** Sends a test at once, and says how it went. */
  test(endpointId: string, options?: RequestOptions) {
    return this.call('post', `${ONE}/test`, { path: { endpointId } }, options);
  }

  /** What was sent to it, newest first. */
  deliveries(endpointId: string, filters: Query<typeof DELIVERIES, 'get'> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...filters };
    return new Listing('deliveries', (next: Next) =>
      this.call('get', DELIVERIES, { path: { endpointId }, query: { ...query, ...next } }, options),
    );
  }

  /** One delivery, with its attempts. */
  getDelivery(endpointId: string, deliveryId: string, options?: RequestOptions) {
    return this.call('get', DELIVERY, { path: { endpointId, deliveryId } }, options);
  }

  /** Sends it once more. */
  redeliver(endpointId: string, deliveryId: string, options?: RequestOptions) {
    return this.call('post', `${DELIVERY}/redeliver`, { path: { endpointId, deliveryId } }, options);
  }
}
