import { listEndpoints } from '../db/webhook-endpoints.ts';
import type { Caller, Context } from './context.ts';
import { describeEndpoint, type EndpointView } from './describe-webhooks.ts';
import { findOwnEndpoint } from './find-own-endpoint.ts';

/** The webhook endpoints of the caller's team in the caller's mode, oldest first. */
export async function listWebhookEndpoints({ db }: Context, caller: Caller): Promise<EndpointView[]> {
  return (await listEndpoints(db, caller)).map(describeEndpoint);
}

/**
 * One of them.
 * @throws Refusal `not_found`
 */
export async function getWebhookEndpoint({ db }: Context, caller: Caller, id: string): Promise<EndpointView> {
  return describeEndpoint(await findOwnEndpoint(db, caller, id));
}
