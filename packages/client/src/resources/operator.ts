import type { Body, Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

const TEAMS = '/api/operator/teams';
const PLAN = '/api/operator/teams/{id}/plan';
const KEYS = '/api/operator/teams/{id}/api-keys';
const RECONCILIATION = '/api/operator/reconciliation';

/** A large account at the carrier takes minutes to compare, ms. */
const RECONCILE_TIMEOUT_MS = 600_000;

/** For the platform that runs the service: with `operatorToken`. */
export class Operator extends Resource {
  /** All teams, newest first. */
  listTeams(filters: Query<typeof TEAMS, 'get'> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...filters };
    return new Listing('teams', (next: Next) =>
      this.call('get', TEAMS, { query: { ...query, ...next } }, options),
    );
  }

  createTeam(team: Body<typeof TEAMS, 'post'>, options?: RequestOptions) {
    return this.call('post', TEAMS, { body: team }, options);
  }

  /** Puts a team on another plan. Numbers that it does not cover are suspended. */
  changePlan(teamId: string, plan: Body<typeof PLAN, 'put'>, options?: RequestOptions) {
    return this.call('put', PLAN, { path: { id: teamId }, body: plan }, options);
  }

  /** Makes a key for a team. `fullKey` is in this answer and nowhere else. */
  createApiKey(teamId: string, key: Body<typeof KEYS, 'post'>, options?: RequestOptions) {
    return this.call('post', KEYS, { path: { id: teamId }, body: key }, options);
  }

  /** Ends a key, at once and on every server. */
  revokeApiKey(teamId: string, keyId: string, options?: RequestOptions) {
    return this.call('delete', `${KEYS}/{keyId}`, { path: { id: teamId, keyId } }, options);
  }

  /** What needs a person. */
  attention(options?: RequestOptions) {
    return this.call('get', '/api/operator/attention', {}, options);
  }

  /** The last comparison with the carrier, of each mode. */
  reconciliation(options?: RequestOptions) {
    return this.call('get', RECONCILIATION, {}, options);
  }

  /** Compares with the carrier now, and with `apply` puts right what can be. Has ten minutes, unless `timeoutMs` says otherwise. */
  reconcile(wish: Body<typeof RECONCILIATION, 'post'> = {}, options?: RequestOptions) {
    return this.call('post', RECONCILIATION, { body: wish }, { timeoutMs: RECONCILE_TIMEOUT_MS, ...options });
  }
}
