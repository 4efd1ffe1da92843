import { Type } from 'typebox';
import { DELIVERY_STATUSES } from '../../domain/webhook-delivery.ts';
import {
  type DeliveriesRequest,
  getWebhookDelivery,
  listWebhookDeliveries,
} from '../../usecases/list-webhook-deliveries.ts';
import { redeliverWebhook } from '../../usecases/redeliver-webhook.ts';
import { testWebhookEndpoint } from '../../usecases/test-webhook-endpoint.ts';
import { callerOf } from '../access.ts';
import { EndpointId, failures, nullableText, PAGE_SIZE, pageFields, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const ENDPOINT = '/api/webhook-endpoints/:endpointId';
const LIST = `${ENDPOINT}/deliveries`;
const ONE = `${LIST}/:deliveryId`;

const endpointParams = strictObject({ endpointId: EndpointId });

const params = strictObject({
  endpointId: EndpointId,
  deliveryId: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'the id of a delivery, like dlv_01j…',
  }),
});

const nullableInteger = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description });

const deliveryFields = {
  id: Type.String(),
  endpoint_id: Type.String(),
  event_id: Type.String({ description: 'also the header webhook-id' }),
  event_type: Type.String(),
  subject: Type.String({ description: 'deliveries with the same one keep their order' }),
  status: Type.String({ description: DELIVERY_STATUSES.join(', ') }),
  attempt_count: Type.Integer(),
  next_attempt_at: nullableText({ description: 'not before this time; null where it is over' }),
  last_attempt_at: nullableText(),
  response_status: nullableInteger('HTTP status of the last answer; null where there was none'),
  created_at: Type.String(),
};

const Delivery = Type.Object(deliveryFields);

const DeliveryDetails = Type.Object({
  ...deliveryFields,
  attempts: Type.Array(
    Type.Object({
      attempt: Type.Integer({ description: 'counted from 1' }),
      status: Type.String({ description: 'succeeded or failed' }),
      at: Type.String(),
      duration_ms: Type.Integer(),
      response_status: nullableInteger('HTTP status of the answer'),
      response_body: nullableText({ description: 'its beginning, 2 KiB at most' }),
      error: nullableText({ description: 'why there was no answer, or none that counts' }),
    }),
  ),
});

const Answer = Type.Object({ success: Type.Literal(true), delivery: DeliveryDetails });

const tags = ['Webhooks'];

const test = {
  summary: 'Send a test event to a webhook endpoint',
  description:
    'Now, to this endpoint alone, whatever types it wants. The answer has the delivery and its first attempt.',
  tags,
  params: endpointParams,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const list = {
  summary: 'List what was sent to a webhook endpoint',
  description: 'Newest first, in pages. Deliveries are kept for 30 days.',
  tags,
  params: endpointParams,
  querystring: strictObject({
    status: Type.Optional(
      Type.Union(
        DELIVERY_STATUSES.map((status) => Type.Literal(status)),
        { description: `one of ${DELIVERY_STATUSES.join(', ')}` },
      ),
    ),
    ...pageFields(200, { default: PAGE_SIZE }),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      deliveries: Type.Array(Delivery),
      next_cursor: nullableText({ description: 'null on the last page' }),
    }),
    ...failures(400, 401, 403, 404),
  },
};

const get = {
  summary: 'Get a delivery with its attempts',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const redeliver = {
  summary: 'Send a delivery once more',
  description: 'Under the same webhook-id. One that is still on its way stays as it is.',
  tags,
  params,
  response: {
    200: Type.Object({ success: Type.Literal(true), delivery: Delivery }),
    ...failures(400, 401, 403, 404),
  },
};

export function webhookDeliveryRoutes(app: App, { context }: RouteContext): void {
  app.post(`${ENDPOINT}/test`, { schema: test, config: { access: 'webhooks:write' } }, async (request) => ({
    success: true as const,
    delivery: await testWebhookEndpoint(context, callerOf(request), request.params.endpointId),
  }));

  app.get(LIST, { schema: list, config: { access: 'webhooks:read' } }, async (request) => {
    const wanted = request.query as DeliveriesRequest;
    const { endpointId } = request.params;
    const page = await listWebhookDeliveries(context, callerOf(request), endpointId, wanted);
    return { success: true as const, deliveries: page.deliveries, next_cursor: page.nextCursor };
  });

  app.get(ONE, { schema: get, config: { access: 'webhooks:read' } }, async (request) => {
    const { endpointId, deliveryId } = request.params;
    const delivery = await getWebhookDelivery(context, callerOf(request), endpointId, deliveryId);
    return { success: true as const, delivery };
  });

  app.post(
    `${ONE}/redeliver`,
    { schema: redeliver, config: { access: 'webhooks:write' } },
    async (request) => {
      const { endpointId, deliveryId } = request.params;
      const delivery = await redeliverWebhook(context, callerOf(request), endpointId, deliveryId);
      return { success: true as const, delivery };
    },
  );
}
