import { lockTeam } from '../db/teams.ts';
import { deleteEndpoint } from '../db/webhook-endpoints.ts';
import type { Caller, Context } from './context.ts';
import { findOwnEndpoint } from './find-own-endpoint.ts';
import { recordEvent } from './record-event.ts';

/**
 * Deletes a webhook endpoint with all that was sent, or on its way, to it.
 * @throws Refusal `not_found`
 */
export async function deleteWebhookEndpoint(context: Context, caller: Caller, id: string): Promise<void> {
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
