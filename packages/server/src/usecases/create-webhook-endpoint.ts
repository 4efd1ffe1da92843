import type { Db } from '../db/database.ts';
import { lockTeam } from '../db/teams.ts';
import { countEndpoints, insertEndpoint, type WebhookEndpoint } from '../db/webhook-endpoints.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import { MAX_ENDPOINTS } from '../domain/webhook-delivery.ts';
import { newWebhookSecret } from '../domain/webhook-signature.ts';
import type { Caller, Context } from './context.ts';
import { describeEndpoint, type EndpointView } from './describe-webhooks.ts';
import { recordEvent } from './record-event.ts';

export interface NewWebhookEndpoint {
  url: string;
  /** Types or areas of events; all of them where none are named. */
  types?: string[];
  description?: string | null;
}

/**
 * Makes an address to which the team's events of the caller's mode are sent.
 * @returns the endpoint, and its secret, which can be seen only here
 * @throws Refusal `invalid_request` for an address that may not be called, `endpoint_limit_reached`
 */
export async function createWebhookEndpoint(
  context: Context,
  caller: Caller,
  request: NewWebhookEndpoint,
): Promise<EndpointView & { secret: string }> {
  await refuseForbiddenUrl(context, request.url);
  const now = context.clock.now();
  const endpoint: WebhookEndpoint = {
    id: context.newId('whe'),
    teamId: caller.teamId,
    mode: caller.mode,
    url: request.url,
    description: request.description ?? null,
    types: [...new Set(request.types)],
    secret: newWebhookSecret(),
    previousSecret: null,
    previousSecretExpiresAt: null,
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    createdBy: caller.userId,
    createdAt: now,
    updatedAt: now,
  };
  await context.db.transaction((tx) => insert(context, tx, caller, endpoint));
  return { ...describeEndpoint(endpoint), secret: endpoint.secret };
}

async function insert(context: Context, tx: Db, caller: Caller, endpoint: WebhookEndpoint): Promise<void> {
  await lockTeam(tx, caller.teamId);
  if ((await countEndpoints(tx, caller)) >= MAX_ENDPOINTS) {
    throw new Refusal(
      'endpoint_limit_reached',
      `Your team has ${MAX_ENDPOINTS} webhook endpoints in ${caller.mode} mode, which is as many as there can be. Delete one first.`,
    );
  }
  // Before it is there: it is not told of its own beginning.
  await recordEvent(context, tx, {
    teamId: caller.teamId,
    mode: caller.mode,
    type: 'webhook_endpoint.created',
    subject: endpoint.id,
    actor: caller.actor,
    after: { url: endpoint.url, types: endpoint.types, description: endpoint.description, enabled: true },
    data: { url: endpoint.url },
  });
  await insertEndpoint(tx, endpoint);
}

/**
 * Asks the fence, which may look a name up: never inside a transaction.
 * @throws Refusal `invalid_request`
 */
export async function refuseForbiddenUrl({ outbound }: Context, url: string): Promise<void> {
  const objection = await outbound.objection(url);
  if (objection !== null) throw invalidRequest([{ path: 'url', message: objection }]);
}
