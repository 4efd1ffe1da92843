import { lockTeam } from '../db/teams.ts';
import { insertDeliveries } from '../db/webhook-deliveries.ts';
import { newDelivery } from '../domain/webhook-delivery.ts';
import type { Caller, Context } from './context.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { lockOwnEndpoint } from './find-own-endpoint.ts';
import { type DeliveryDetails, getWebhookDelivery } from './list-webhook-deliveries.ts';
import { writeEvent } from './record-event.ts';

/**
 * Sends an event that means nothing to this endpoint alone, now, whatever types it wants and whether or not it is
 * switched on. Where it does not come through, it is tried again like any other, unless the endpoint is switched off.
 * @returns the delivery with its first attempt
 * @throws Refusal `not_found`
 */
export async function testWebhookEndpoint(
  context: Context,
  caller: Caller,
  id: string,
): Promise<DeliveryDetails> {
  const deliveryId = await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const endpoint = await lockOwnEndpoint(tx, caller, id);
    const event = await writeEvent(context, tx, {
      teamId: endpoint.teamId,
      mode: endpoint.mode,
      type: 'webhook.test',
      subject: endpoint.id,
      actor: caller.actor,
      data: { message: 'This is a test.' },
    });
    // A subject of its own, so that it waits for nothing.
    const delivery = newDelivery(context.newId('dlv'), endpoint, { ...event, subject: event.id });
    await insertDeliveries(tx, [delivery]);
    return delivery.id;
  });
  await deliverWebhook(context, deliveryId);
  return getWebhookDelivery(context, caller, id, deliveryId);
}
