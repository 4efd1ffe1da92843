import type { Body } from '../call.ts';
import { Listing } from '../listing.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

const ALL = '/api/teams/{teamId}/invitations';
const ONE = '/api/teams/{teamId}/invitations/{invitationId}';
const ACCEPT = '/api/invitations/accept';

/** Open invitations into a team. */
export class Invitations extends Resource {
  list(teamId: string, options?: RequestOptions) {
    return new Listing('invitations', () => this.call('get', ALL, { path: { teamId } }, options));
  }

  /** Invites somebody by mail. */
  create(teamId: string, invitation: Body<typeof ALL, 'post'>, options?: RequestOptions) {
    return this.call('post', ALL, { path: { teamId }, body: invitation }, options);
  }

  /** Takes an invitation back. */
  revoke(teamId: string, invitationId: string, options?: RequestOptions) {
    return this.call('delete', ONE, { path: { teamId, invitationId } }, options);
  }

  /** Joins the team that invited the person who is signed in. Not for keys. */
  accept(invitation: Body<typeof ACCEPT, 'post'>, options?: RequestOptions) {
    return this.call('post', ACCEPT, { body: invitation }, options);
  }
}
