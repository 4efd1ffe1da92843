import {
  type DeliveryPage,
  findAttempts,
  findDelivery,
  listDeliveries,
  type WebhookDelivery,
} from '../db/webhook-deliveries.ts';
import { sealCursor } from '../domain/cursor.ts';
import { Refusal } from '../domain/refusal.ts';
import type { DeliveryStatus } from '../domain/webhook-delivery.ts';
import type { Caller, Context } from './context.ts';
import {
  type AttemptView,
  type DeliveryView,
  describeAttempt,
  describeDelivery,
} from './describe-webhooks.ts';
import { findOwnEndpoint } from './find-own-endpoint.ts';
import { readCursor } from './list-events.ts';

export interface DeliveriesRequest {
  status?: DeliveryStatus;
  cursor?: string;
  limit?: number;
}

export type DeliveryDetails = DeliveryView & { attempts: AttemptView[] };

const DEFAULT_LIMIT = 50;

/** A delivery that is asked for again and again has more; the last ones are shown. */
const MAX_ATTEMPTS_SHOWN = 50;

/**
 * What was sent, or is on its way, to a webhook endpoint, newest first, page by page.
 * @throws Refusal `not_found`, or `invalid_request` for a cursor that is not one of this list
 */
export async function listWebhookDeliveries(
  context: Context,
  caller: Caller,
  endpointId: string,
  { status, cursor, limit = DEFAULT_LIMIT }: DeliveriesRequest,
): Promise<{ deliveries: DeliveryView[]; nextCursor: string | null }> {
  await findOwnEndpoint(context.db, caller, endpointId);
  const list = ['deliveries', endpointId, status ?? null];
  const page: DeliveryPage = {
    limit: limit + 1,
    ...(status && { status }),
    ...(cursor !== undefined && { after: readCursor(context, list, cursor) }),
  };
  const found = await listDeliveries(context.db, endpointId, page);
  const deliveries = found.slice(0, limit);
  const last = deliveries.at(-1);
  return {
    deliveries: deliveries.map(describeDelivery),
    nextCursor: found.length > limit && last ? sealCursor(context.cursorKey, list, last.id) : null,
  };
}

/**
 * One of them, with its attempts.
 * @throws Refusal `not_found`
 */
export async function getWebhookDelivery(
  context: Context,
  caller: Caller,
  endpointId: string,
  deliveryId: string,
): Promise<DeliveryDetails> {
  const delivery = await findOwnDelivery(context, caller, endpointId, deliveryId);
  const attempts = await findAttempts(context.db, delivery.id, MAX_ATTEMPTS_SHOWN);
  return { ...describeDelivery(delivery), attempts: attempts.map(describeAttempt) };
}

/** @throws Refusal `not_found` */
export async function findOwnDelivery(
  { db }: Context,
  caller: Caller,
  endpointId: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const endpoint = await findOwnEndpoint(db, caller, endpointId);
  const delivery = await findDelivery(db, endpoint.id, deliveryId);
  if (delivery) return delivery;
  throw new Refusal(
    'not_found',
    `There is no delivery ${deliveryId.slice(0, 40)} to this webhook endpoint. Deliveries are kept for 30 days.`,
  );
}
