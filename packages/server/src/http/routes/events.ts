import { Type } from 'typebox';
import { EVENT_FILTERS } from '../../domain/event-types.ts';
import { type EventsRequest, listEvents, listNumberEvents } from '../../usecases/list-events.ts';
import { callerOf, callerOfTeam } from '../access.ts';
import { failures, NumberId, nullableText, PAGE_SIZE, pageFields, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const filters = {
  type: Type.Optional(
    Type.Unsafe<string>({
      type: 'string',
      enum: EVENT_FILTERS,
      description: 'a type of event like phone_number.purchased, or all of an area like phone_number.*',
    }),
  ),
  order: Type.Optional(
    Type.Union([Type.Literal('asc'), Type.Literal('desc')], {
      description: 'one of asc, desc; newest first where it is missing',
    }),
  ),
  ...pageFields(200, { default: PAGE_SIZE }),
};

const changed = (which: string) =>
  Type.Unsafe<unknown>({
    description: `the fields that changed, as they ${which}; null where there is none`,
  });

const Answer = Type.Object({
  success: Type.Literal(true),
  events: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.String(),
      subject: Type.String({ description: 'the id of the record that it happened to' }),
      mode: nullableText({ description: 'live, test, or null for what belongs to neither' }),
      actor: Type.Object({
        type: Type.String({ description: 'key, person, operator, system or carrier' }),
        id: nullableText(),
        name: nullableText({ description: 'of the key or the person' }),
        email: nullableText({ description: 'of the person, or of the one who made the key' }),
      }),
      before: changed('were'),
      after: changed('are'),
      data: Type.Unsafe<unknown>({ description: 'what else belongs to it' }),
      created_at: Type.String(),
    }),
  ),
  next_cursor: nullableText({ description: 'null on the last page' }),
});

const tags = ['Events'];

const ofTeam = {
  summary: 'List what happened',
  description:
    "Newest first, in pages: events of the key's mode, and those that belong to neither (members, keys, the plan).",
  tags,
  querystring: strictObject({
    teamId: TeamId,
    subject: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'the id of a record, like pn_01j…' }),
    ),
    ...filters,
  }),
  response: { 200: Answer, ...failures(400, 401, 403) },
};

const ofNumber = {
  summary: 'List what happened to a number',
  description: 'Newest first, in pages.',
  tags,
  params: strictObject({ id: NumberId }),
  querystring: strictObject(filters),
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

export function eventRoutes(app: App, { context }: RouteContext): void {
  app.get('/api/events', { schema: ofTeam, config: { access: 'events:read' } }, async (request) => {
    const { teamId, ...wanted } = request.query;
    const caller = callerOfTeam(request, teamId);
    const { events, nextCursor } = await listEvents(context, caller, wanted as EventsRequest);
    return { success: true as const, events, next_cursor: nextCursor };
  });

  app.get(
    '/api/phone-numbers/:id/events',
    { schema: ofNumber, config: { access: 'events:read' } },
    async (request) => {
      const caller = callerOf(request);
      const wanted = request.query as EventsRequest;
      const { events, nextCursor } = await listNumberEvents(context, caller, request.params.id, wanted);
      return { success: true as const, events, next_cursor: nextCursor };
    },
  );
}
