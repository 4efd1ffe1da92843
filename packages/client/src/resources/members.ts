import type { Body } from '../call.ts';
import { Listing } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

const ALL = '/api/teams/{teamId}/members';
const ONE = '/api/teams/{teamId}/members/{userId}';

/** Who is in a team. */
export class Members extends Resource {
  list(teamId: string, options?: RequestOptions) {
    return new Listing('members', () => this.call('get', ALL, { path: { teamId } }, options));
  }

  /** Changes a member's role. */
  update(teamId: string, userId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { teamId, userId }, body: change }, options);
  }

  /** Takes somebody out of the team. */
  remove(teamId: string, userId: string, options?: RequestOptions) {
    return this.call('delete', ONE, { path: { teamId, userId } }, options);
  }
}
