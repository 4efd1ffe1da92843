import { lockTeam } from '../db/teams.ts';
import { deleteDeliveriesTo } from '../db/webhook-deliveries.ts';
import { deleteEndpoint } from '../db/webhook-endpoints.ts';
import type { Caller, Context } from './context.ts';
import { findOwnEndpoint } from './find-own-endpoint.ts';
import { recordEvent } from './record-event.ts';

/** Deliveries at a time, so that no statement takes long. */
const BATCH = 1_000;

/**
 * Deletes a webhook endpoint with all that was sent, or on its way, to it. What was sent goes first, in parts: nobody
 * should wait for the team's lock while a long history goes.
 * @throws Refusal `not_found`
 */
export async function deleteWebhookEndpoint(context: Context, caller: Caller, id: string): Promise<void> {
  await findOwnEndpoint(context.db, caller, id);
  while ((await deleteDeliveriesTo(context.db, id, BATCH)) === BATCH);
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const { url, types, description, enabled } = await findOwnEndpoint(tx, caller, id);
    await deleteEndpoint(tx, id);
    await recordEvent(context, tx, {
      teamId: caller.teamId,
      mode: caller.mode,
      type: 'webhook_endpoint.deleted',
      subject: id,
      actor: caller.actor,
      before: { url, types, description, enabled },
      data: { url },
    });
  });
}
