import { Type } from 'typebox';
import { ASSISTANT_TEMPLATES } from '../../domain/assistant.ts';
import { type AssistantFields, createAssistant } from '../../usecases/create-assistant.ts';
import { deleteAssistant } from '../../usecases/delete-assistant.ts';
import { getAssistant } from '../../usecases/get-assistant.ts';
import { listAssistants } from '../../usecases/list-assistants.ts';
import type { PageRequest } from '../../usecases/page-by-id.ts';
import { updateAssistant } from '../../usecases/update-assistant.ts';
import { callerOf, callerOfTeams } from '../access.ts';
import {
  CONNECTION_ID,
  failures,
  Name,
  nullableText,
  OptionalTeamId,
  pageFields,
  pageView,
  pagingOf,
  strictObject,
} from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const URL = '/api/assistants';

export const assistantParams = strictObject({
  assistantId: Type.String({
    minLength: 1,
    maxLength: 64,
    description: "an assistant's id, like asst_01j…",
  }),
});

const AssistantView = Type.Object({
  id: Type.String(),
  team_id: Type.String(),
  name: Type.String(),
  template_id: Type.String({ description: ASSISTANT_TEMPLATES.join(', ') }),
  inbound_enabled: Type.Boolean(),
  outbound_enabled: Type.Boolean(),
  connection_id: nullableText({ description: "null: each number's own" }),
  fallback_number: nullableText({ description: 'E.164' }),
  metadata: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
  phone_number_count: Type.Integer({ description: 'its numbers in the mode of the request' }),
  created_at: Type.String(),
  updated_at: Type.String(),
});

const Answer = Type.Object({ success: Type.Literal(true), assistant: AssistantView });

const fields = {
  name: Name,
  templateId: Type.Union(
    ASSISTANT_TEMPLATES.map((template) => Type.Literal(template)),
    { description: `one of ${ASSISTANT_TEMPLATES.join(', ')}` },
  ),
  inboundEnabled: Type.Boolean({ description: 'true or false' }),
  outboundEnabled: Type.Boolean({ description: 'true or false' }),
  connectionId: Type.Unsafe<string | null>({
    ...CONNECTION_ID,
    type: ['string', 'null'],
    description: `${CONNECTION_ID.description}, or null for each number's own`,
  }),
  fallbackNumber: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: 32,
    description: 'a number in E.164 form, like +14155550101, or null for none',
  }),
  metadata: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'a JSON object of at most 16 KiB',
  }),
};

const tags = ['Assistants'];

const list = {
  summary: "List a team's assistants",
  description: 'Newest first, of both modes. All at once, or with `limit` in pages.',
  tags,
  querystring: strictObject({ teamId: OptionalTeamId, ...pageFields(100) }),
  response: {
    200: Type.Object({ success: Type.Literal(true), assistants: Type.Array(AssistantView), ...pageView }),
    ...failures(400, 401, 403),
  },
};

const create = {
  summary: 'Make an assistant',
  tags,
  querystring: strictObject({ teamId: OptionalTeamId }),
  body: strictObject({ teamId: OptionalTeamId, ...Type.Partial(Type.Object(fields)).properties, name: Name }),
  response: { 201: Answer, ...failures(400, 401, 403) },
};

const get = {
  summary: 'Get an assistant',
  tags,
  params: assistantParams,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const update = {
  summary: 'Change an assistant',
  description:
    'Another connection goes to the carrier for each of its numbers, in the background: see routing_status.',
  tags,
  params: assistantParams,
  body: Type.Partial(Type.Object(fields), {
    additionalProperties: false,
    minProperties: 1,
    description: 'a JSON object with what is to change',
  }),
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const remove = {
  summary: 'Delete an assistant',
  description:
    'With `force=true` also one that is in use: its numbers are unassigned, its campaigns lose it, and those that run are paused.',
  tags,
  params: assistantParams,
  querystring: strictObject({
    force: Type.Optional(Type.Boolean({ default: false, description: 'true or false' })),
  }),
  response: { 200: Type.Object({ success: Type.Literal(true) }), ...failures(400, 401, 403, 404, 409) },
};

export function assistantRoutes(app: App, { context }: RouteContext): void {
  app.get(URL, { schema: list, config: { access: 'assistants:read' } }, async (request) => {
    const { teamId, ...page } = request.query;
    const caller = callerOfTeams(request, teamId);
    const found = await listAssistants(context, caller, page as PageRequest);
    return { success: true as const, assistants: found.rows, count: found.count, ...pagingOf(found.page) };
  });

  app.post(URL, { schema: create, config: { access: 'assistants:write' } }, async (request, reply) => {
    const { teamId, ...body } = request.body;
    const caller = callerOfTeams(request, teamId, request.query.teamId);
    const assistant = await createAssistant(
      context,
      caller,
      body as Partial<AssistantFields> & { name: string },
    );
    reply.code(201);
    return { success: true as const, assistant };
  });

  const one = `${URL}/:assistantId`;

  app.get(one, { schema: get, config: { access: 'assistants:read' } }, async (request) => ({
    success: true as const,
    assistant: await getAssistant(context, callerOf(request), request.params.assistantId),
  }));

  app.patch(one, { schema: update, config: { access: 'assistants:write' } }, async (request) => ({
    success: true as const,
    assistant: await updateAssistant(
      context,
      callerOf(request),
      request.params.assistantId,
      request.body as Partial<AssistantFields>,
    ),
  }));

  app.delete(one, { schema: remove, config: { access: 'assistants:write' } }, async (request) => {
    const { force = false } = request.query;
    await deleteAssistant(context, callerOf(request), request.params.assistantId, { force });
    return { success: true as const };
  });
}
