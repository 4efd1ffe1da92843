import type { Body, Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

const ALL = '/api/crm/campaigns';
const ONE = '/api/crm/campaigns/{campaignId}';

/** Campaigns, and the numbers that they call from. */
export class Campaigns extends Resource {
  list(filters: TeamOptional<Query<typeof ALL, 'get'>> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Query<typeof ALL, 'get'>>(filters) };
    return new Listing('campaigns', (next: Next) =>
      this.call('get', ALL, { query: { ...query, ...next } }, options),
    );
  }

  create(campaign: TeamOptional<Body<typeof ALL, 'post'>>, options?: RequestOptions) {
    return this.call('post', ALL, { body: this.withTeam<Body<typeof ALL, 'post'>>(campaign) }, options);
  }

  get(campaignId: string, options?: RequestOptions) {
    return this.call('get', ONE, { path: { campaignId } }, options);
  }

  /** Changes it, also from one status to the next. */
  update(campaignId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { campaignId }, body: change }, options);
  }

  delete(campaignId: string, options?: RequestOptions) {
    return this.call('delete', ONE, { path: { campaignId } }, options);
  }
}
