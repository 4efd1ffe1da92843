import { reopenDelivery } from '../db/webhook-deliveries.ts';
import type { Caller, Context } from './context.ts';
import { type DeliveryView, describeDelivery } from './describe-webhooks.ts';
import { findOwnDelivery } from './list-webhook-deliveries.ts';

/**
 * Sends a delivery that succeeded or failed once more, under the same id. One that is still on its way stays as it is.
 * @throws Refusal `not_found`
 */
export async function redeliverWebhook(
  context: Context,
  caller: Caller,
  endpointId: string,
  deliveryId: string,
): Promise<DeliveryView> {
  const delivery = await findOwnDelivery(context, caller, endpointId, deliveryId);
  const reopened = await context.db.transaction(async (tx) => {
    const pending = await reopenDelivery(tx, delivery.id, context.clock.now());
    if (pending)
      await context.queue.enqueue(tx, 'deliver-webhook', { deliveryId: pending.id, teamId: caller.teamId });
    return pending;
  });
  return describeDelivery(reopened ?? delivery);
}
