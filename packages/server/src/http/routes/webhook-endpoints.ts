import { Type } from 'typebox';
import { EVENT_FILTERS } from '../../domain/event-types.ts';
import { MAX_WEBHOOK_URL } from '../../domain/webhook-url.ts';
import { createWebhookEndpoint, type NewWebhookEndpoint } from '../../usecases/create-webhook-endpoint.ts';
import { deleteWebhookEndpoint } from '../../usecases/delete-webhook-endpoint.ts';
import { getWebhookEndpoint, listWebhookEndpoints } from '../../usecases/list-webhook-endpoints.ts';
import { rotateWebhookSecret } from '../../usecases/rotate-webhook-secret.ts';
import { type EndpointChange, updateWebhookEndpoint } from '../../usecases/update-webhook-endpoint.ts';
import { callerOf, callerOfTeam } from '../access.ts';
import { EndpointId, failures, nullableText, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const LIST = '/api/webhook-endpoints';
const ONE = `${LIST}/:endpointId`;

const params = strictObject({ endpointId: EndpointId });

const Url = Type.String({
  minLength: 1,
  maxLength: MAX_WEBHOOK_URL,
  description: `an address like https://example.com/webhooks, ${MAX_WEBHOOK_URL} characters at most`,
});

const Types = Type.Array(
  Type.Unsafe<string>({
    type: 'string',
    enum: EVENT_FILTERS,
    description: 'a type of event like phone_number.purchased, or all of an area like phone_number.*',
  }),
  { maxItems: 100, description: 'a list of types or areas of events, empty for all' },
);

const Description = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  minLength: 1,
  maxLength: 200,
  description: 'a text of 1 to 200 characters, or null for none',
});

const endpointFields = {
  id: Type.String(),
  url: Type.String(),
  description: nullableText(),
  types: Type.Array(Type.String(), { description: 'types or areas of events; empty: all' }),
  mode: Type.String({ description: 'live or test' }),
  enabled: Type.Boolean(),
  disabled_reason: nullableText({
    description: 'failing or gone, where the service switched it off; else null',
  }),
  disabled_at: nullableText(),
  failing_since: nullableText({ description: 'since when nothing has come through; null while things do' }),
  previous_secret_expires_at: nullableText({ description: 'until when the secret before signs too' }),
  created_at: Type.String(),
  updated_at: Type.String(),
};

const Endpoint = Type.Object(endpointFields);

const Answer = Type.Object({ success: Type.Literal(true), endpoint: Endpoint });

const AnswerWithSecret = Type.Object({
  success: Type.Literal(true),
  endpoint: Type.Object({ ...endpointFields, secret: Type.String({ description: 'shown only here' }) }),
});

const tags = ['Webhooks'];

const list = {
  summary: "List a team's webhook endpoints",
  tags,
  querystring: strictObject({ teamId: TeamId }),
  response: {
    200: Type.Object({ success: Type.Literal(true), endpoints: Type.Array(Endpoint) }),
    ...failures(400, 401, 403),
  },
};

const create = {
  summary: 'Add a webhook endpoint',
  description: "The team's events of the key's mode are sent there, signed with the secret in the answer.",
  tags,
  body: strictObject({
    teamId: TeamId,
    url: Url,
    types: Type.Optional(Types),
    description: Type.Optional(Description),
  }),
  response: { 201: AnswerWithSecret, ...failures(400, 401, 403) },
};

const get = {
  summary: 'Get a webhook endpoint',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const update = {
  summary: 'Change a webhook endpoint, switch it off or on',
  tags,
  params,
  body: Type.Object(
    {
      url: Type.Optional(Url),
      types: Type.Optional(Types),
      description: Type.Optional(Description),
      enabled: Type.Optional(Type.Boolean({ description: 'true or false' })),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'a JSON object with one or more of url, types, description, enabled',
    },
  ),
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const remove = {
  summary: 'Delete a webhook endpoint and its deliveries',
  tags,
  params,
  response: { 200: Type.Object({ success: Type.Literal(true) }), ...failures(400, 401, 403, 404) },
};

/** A week is long enough to change a secret in every receiver. */
const MAX_OVERLAP_HOURS = 168;

const rotate = {
  summary: 'Give a webhook endpoint a new secret',
  description: 'Both secrets sign until the overlap is over: each delivery then has two signatures.',
  tags,
  params,
  body: strictObject({
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_OVERLAP_HOURS,
        default: 24,
        description: `a whole number from 0 to ${MAX_OVERLAP_HOURS}; 24 where it is missing`,
      }),
    ),
  }),
  response: { 200: AnswerWithSecret, ...failures(400, 401, 403, 404) },
};

export function webhookEndpointRoutes(app: App, { context }: RouteContext): void {
  app.get(LIST, { schema: list, config: { access: 'webhooks:read' } }, async (request) => ({
    success: true as const,
    endpoints: await listWebhookEndpoints(context, callerOfTeam(request, request.query.teamId)),
  }));

  app.post(LIST, { schema: create, config: { access: 'webhooks:write' } }, async (request, reply) => {
    const { teamId, ...wanted } = request.body;
    const caller = callerOfTeam(request, teamId);
    const endpoint = await createWebhookEndpoint(context, caller, wanted as NewWebhookEndpoint);
    reply.code(201);
    return { success: true as const, endpoint };
  });

  app.get(ONE, { schema: get, config: { access: 'webhooks:read' } }, async (request) => ({
    success: true as const,
    endpoint: await getWebhookEndpoint(context, callerOf(request), request.params.endpointId),
  }));

  app.patch(ONE, { schema: update, config: { access: 'webhooks:write' } }, async (request) => {
    const change = request.body as EndpointChange;
    const caller = callerOf(request);
    const endpoint = await updateWebhookEndpoint(context, caller, request.params.endpointId, change);
    return { success: true as const, endpoint };
  });

  app.delete(ONE, { schema: remove, config: { access: 'webhooks:write' } }, async (request) => {
    await deleteWebhookEndpoint(context, callerOf(request), request.params.endpointId);
    return { success: true as const };
  });

  app.post(
    `${ONE}/rotate-secret`,
    { schema: rotate, config: { access: 'webhooks:write' } },
    async (request) => {
      const { overlapHours = 24 } = request.body;
      const { endpointId } = request.params;
      const endpoint = await rotateWebhookSecret(context, callerOf(request), endpointId, overlapHours);
      return { success: true as const, endpoint };
    },
  );
}
