import { insertDelivery, type WebhookDelivery } from '../db/webhook-deliveries.ts';
import type { Caller, Context } from './context.ts';
import { deliverWebhook } from './deliver-webhook.ts';
import { findOwnEndpoint } from './find-own-endpoint.ts';
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
    const endpoint = await findOwnEndpoint(tx, caller, id);
    const event = await writeEvent(context, tx, {
      teamId: endpoint.teamId,
      mode: endpoint.mode,
      type: 'webhook.test',
      subject: endpoint.id,
      actor: caller.actor,
      data: { message: 'This is a test.' },
    });
    const delivery: WebhookDelivery = {
      id: context.newId('dlv'),
      endpointId: endpoint.id,
      teamId: endpoint.teamId,
      eventId: event.id,
      eventType: event.type,
      // Of its own, so that it waits for nothing.
      subject: event.id,
      status: 'pending',
      attempts: 0,
      nextAttemptAt: event.createdAt,
      lastAttemptAt: null,
      responseStatus: null,
      createdAt: event.createdAt,
      updatedAt: event.createdAt,
    };
    await insertDelivery(tx, delivery);
    return delivery.id;
  });
  await deliverWebhook(context, deliveryId);
  return getWebhookDelivery(context, caller, id, deliveryId);
}
