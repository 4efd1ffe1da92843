import type { Body, Query } from '../call.ts';
import { Listing, type Next, PAGE_LIMIT } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource, type TeamOptional } from './resource.ts';

const ALL = '/api/assistants';
const ONE = '/api/assistants/{assistantId}';
const ASSIGN = '/api/assistants/{assistantId}/telephony/assign-phone-numbers';
const NUMBERS = '/api/assistants/{assistantId}/telephony/phone-numbers';
const ASSIGNMENTS = '/api/assistant-phone-numbers';

/** Voice assistants, and the numbers that they have. */
export class Assistants extends Resource {
  list(filters: TeamOptional<Query<typeof ALL, 'get'>> = {}, options?: RequestOptions) {
    const query = { limit: PAGE_LIMIT, ...this.withTeam<Query<typeof ALL, 'get'>>(filters) };
    return new Listing('assistants', (next: Next) =>
      this.call('get', ALL, { query: { ...query, ...next } }, options),
    );
  }

  create(assistant: TeamOptional<Body<typeof ALL, 'post'>>, options?: RequestOptions) {
    return this.call('post', ALL, { body: this.withTeam<Body<typeof ALL, 'post'>>(assistant) }, options);
  }

  get(assistantId: string, options?: RequestOptions) {
    return this.call('get', ONE, { path: { assistantId } }, options);
  }

  update(assistantId: string, change: Body<typeof ONE, 'patch'>, options?: RequestOptions) {
    return this.call('patch', ONE, { path: { assistantId }, body: change }, options);
  }

  /** With `force` also one that has numbers or campaigns: they lose it. */
  delete(assistantId: string, { force, ...options }: RequestOptions & Query<typeof ONE, 'delete'> = {}) {
    const query = force === undefined ? {} : { force };
    return this.call('delete', ONE, { path: { assistantId }, query }, options);
  }

  /** Adds numbers to those that it has; with `reassign` also numbers of other assistants. All of them or none. */
  assignNumbers(assistantId: string, wish: Body<typeof ASSIGN, 'post'>, options?: RequestOptions) {
    return this.call('post', ASSIGN, { path: { assistantId }, body: wish }, options);
  }

  /** Makes these all the numbers that it has. All of them or none. */
  setNumbers(assistantId: string, wish: Body<typeof NUMBERS, 'patch'>, options?: RequestOptions) {
    return this.call('patch', NUMBERS, { path: { assistantId }, body: wish }, options);
  }

  /** The numbers that it has, and in `available` those that it could be given. */
  numbers(assistantId: string, options?: RequestOptions) {
    return this.call('get', NUMBERS, { path: { assistantId } }, options);
  }

  /** Every number that an assistant of the team has. */
  assignments(filters: TeamOptional<Query<typeof ASSIGNMENTS, 'get'>> = {}, options?: RequestOptions) {
    const query = this.withTeam<Query<typeof ASSIGNMENTS, 'get'>>(filters);
    return new Listing('numbers', () => this.call('get', ASSIGNMENTS, { query }, options));
  }
}
