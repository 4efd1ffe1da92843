import type { Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

type Filters = Query<'/api/events', 'get'>;

/** What happened in a team. Those of one number: `phoneNumbers.events`. */
export class Events extends Resource {
  /** Newest first, or with `order: 'asc'` oldest first. */
  list(filters: TeamOptional<Filters> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Filters>(filters) };
    return new Listing('events', (next: Next) =>
      this.call('get', '/api/events', { query: { ...query, ...next } }, options),
    );
  }
}
