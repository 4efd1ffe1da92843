import type { Db } from '../db/database.ts';
import { lockTeam } from '../db/teams.ts';
import { failPendingDeliveries } from '../db/webhook-deliveries.ts';
import { updateEndpoint, type WebhookEndpoint } from '../db/webhook-endpoints.ts';
import type { Caller, Context } from './context.ts';
import { refuseForbiddenUrl } from './create-webhook-endpoint.ts';
import { describeEndpoint, type EndpointView } from './describe-webhooks.ts';
import { lockOwnEndpoint } from './find-own-endpoint.ts';
import { recordEvent } from './record-event.ts';

export interface EndpointChange {
  url?: string;
  /** Empty: all types. */
  types?: string[];
  /** Null takes it away. */
  description?: string | null;
  enabled?: boolean;
}

/**
 * Changes a webhook endpoint. Switched off, it gets nothing, and what was on its way to it has failed; switched on
 * again, or pointed elsewhere, it counts as working until it fails anew.
 * @throws Refusal `not_found`, or `invalid_request` for an address that may not be called
 */
export async function updateWebhookEndpoint(
  context: Context,
  caller: Caller,
  id: string,
  change: EndpointChange,
): Promise<EndpointView> {
  if (change.url !== undefined) await refuseForbiddenUrl(context, change.url);
  const endpoint = await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    return update(context, tx, caller, await lockOwnEndpoint(tx, caller, id), change);
  });
  return describeEndpoint(endpoint);
}

async function update(
  context: Context,
  tx: Db,
  caller: Caller,
  before: WebhookEndpoint,
  { types, ...change }: EndpointChange,
): Promise<WebhookEndpoint> {
  const now = context.clock.now();
  const wanted = { ...before, ...change, ...(types && { types: [...new Set(types)] }) };
  if (JSON.stringify(settingsOf(before)) === JSON.stringify(settingsOf(wanted))) return before;
  const isNew = wanted.enabled && (!before.enabled || wanted.url !== before.url);
  const after = await updateEndpoint(tx, before.id, {
    ...settingsOf(wanted),
    ...(isNew && { failingSince: null, disabledReason: null, disabledAt: null }),
    ...(before.enabled && !wanted.enabled && { disabledAt: now }),
    updatedAt: now,
  });
  if (before.enabled && !after.enabled) await failPendingDeliveries(tx, before.id, now);
  await recordEvent(context, tx, {
    teamId: before.teamId,
    mode: before.mode,
    type: 'webhook_endpoint.updated',
    subject: before.id,
    actor: caller.actor,
    before: settingsOf(before),
    after: settingsOf(after),
    data: { url: after.url },
  });
  return after;
}

function settingsOf({ url, types, description, enabled }: WebhookEndpoint) {
  return { url, types, description, enabled };
}
