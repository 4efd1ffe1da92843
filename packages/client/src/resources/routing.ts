import type { Body, Query } from '../call.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

const INBOUND = '/api/routing/inbound';
const CALLER_ID = '/api/routing/caller-id';

/** For the voice runtime: where calls go, and which number to show. */
export class Routing extends Resource {
  /** Where a call to one of the team's numbers goes. Changes nothing. */
  inbound(call: Query<typeof INBOUND, 'get'>, options?: RequestOptions) {
    return this.call('get', INBOUND, { query: call }, options);
  }

  /** The number to call from. Counts as a call of it, unless it is a `dryRun`. */
  callerId(call: Body<typeof CALLER_ID, 'post'>, options?: RequestOptions) {
    return this.call('post', CALLER_ID, { body: call, repeatable: call.dryRun === true }, options);
  }
}
