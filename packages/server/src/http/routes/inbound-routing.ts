import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { parseDialledNumber } from '../../domain/dialled-number.ts';
import { routeInboundCall } from '../../usecases/route-inbound-call.ts';
import { callerOf } from '../access.ts';
import { failures, nullableObject, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

/** Characters, in any spelling. */
const LONGEST_NUMBER = 200;

const schema = {
  summary: 'Ask where an inbound call goes',
  description:
    'For the voice runtime, on each call: which assistant answers, or why none does. Each answer is as of now; nothing is cached, and nothing is counted.',
  tags: ['Routing'],
  querystring: strictObject({
    to: Type.String({
      minLength: 1,
      maxLength: LONGEST_NUMBER,
      description: 'the number that was called, in any common spelling, like +14155550101',
    }),
    from: Type.Optional(
      Type.String({ maxLength: 200, description: 'a text of at most 200 characters: who calls' }),
    ),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      action: Type.String({ description: 'assistant, fallback or reject' }),
      assistant: nullableObject({
        id: Type.String(),
        name: Type.String(),
        template_id: Type.String(),
        connection_id: nullableText(),
        metadata: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
      }),
      phone_number: nullableObject({
        id: Type.String(),
        phone_number: Type.String({ description: 'E.164' }),
        label: nullableText(),
        status: Type.String(),
      }),
      fallback_number: nullableText({ description: 'E.164' }),
      reason: Type.String({
        description:
          'assigned, inbound_off, unassigned, unknown, purchasing, suspended, releasing, released or error',
      }),
      decision: Type.Array(Type.String(), { description: 'what was looked at, in order' }),
    }),
    ...failures(400, 401, 403),
  },
};

export function inboundRoutingRoute(app: App, { context }: RouteContext): void {
  app.get(
    '/api/routing/inbound',
    { schema, config: { access: 'routing:read', limit: 'none', about: calledNumber } },
    async (request) => {
      const route = await routeInboundCall(context, callerOf(request), request.query.to);
      const { action, assistant, number, reason, decision } = route;
      return {
        success: true as const,
        action,
        assistant: assistant && {
          id: assistant.id,
          name: assistant.name,
          template_id: assistant.templateId,
          connection_id: assistant.connectionId,
          metadata: assistant.metadata,
        },
        phone_number: number && {
          id: number.id,
          phone_number: number.phoneNumber,
          label: number.label,
          status: number.status,
        },
        fallback_number: route.fallbackNumber,
        reason,
        decision,
      };
    },
  );
}

/** Read before the query is checked, so that it can be looked up with the key. */
function calledNumber({ query }: FastifyRequest): string | null {
  const { to } = query as { to?: unknown };
  return typeof to === 'string' && to.length <= LONGEST_NUMBER ? parseDialledNumber(to) : null;
}
