import type { Body, Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

const ALL = '/api/api-keys';
const ONE = '/api/api-keys/{keyId}';

/** A team's API keys. */
export class ApiKeys extends Resource {
  /** Whether this client's own key works. */
  test(options?: RequestOptions) {
    return this.call('get', '/api/test-api-key', {}, options);
  }

  list(filters: TeamOptional<Query<typeof ALL, 'get'>> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Query<typeof ALL, 'get'>>(filters) };
    return new Listing('apiKeys', (next: Next) =>
      this.call('get', ALL, { query: { ...query, ...next } }, options),
    );
  }

  /** Makes a key. `fullKey` is in this answer and nowhere else. */
  create(key: TeamOptional<Body<typeof ALL, 'post'>>, options?: RequestOptions) {
    return this.call('post', ALL, { body: this.withTeam<Body<typeof ALL, 'post'>>(key) }, options);
  }

  /** Changes a key's name, end or limit. */
  update(keyId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { keyId }, body: change }, options);
  }

  /** Ends a key, at once and on every server. */
  revoke(keyId: string, options?: RequestOptions) {
    return this.call('delete', ONE, { path: { keyId } }, options);
  }
}
