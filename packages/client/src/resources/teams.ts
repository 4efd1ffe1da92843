import type { Body } from '../call.ts';
import { Listing } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

const ALL = '/api/teams';
const ONE = '/api/teams/{teamId}';

/** The teams of a person, or the one team of a key. */
export class Teams extends Resource {
  list(options?: RequestOptions) {
    return new Listing('teams', () => this.call('get', ALL, {}, options));
  }

  /** Makes a team on the Free plan, owned by whoever is signed in. Not for keys. */
  create(team: Body<typeof ALL, 'post'>, options?: RequestOptions) {
    return this.call('post', ALL, { body: team }, options);
  }

  /** A team, and how much of its plan is used. */
  get(teamId: string, options?: RequestOptions) {
    return this.call('get', ONE, { path: { teamId } }, options);
  }

  /** What each plan allows, the smallest first. */
  plans(options?: RequestOptions) {
    return this.call('get', '/api/plans', {}, options);
  }

  /** Renames a team. */
  update(teamId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { teamId }, body: change }, options);
  }

  /** Whoever is signed in leaves; their keys of the team end. Not for keys. */
  leave(teamId: string, options?: RequestOptions) {
    return this.call('post', `${ONE}/leave`, { path: { teamId } }, options);
  }
}
