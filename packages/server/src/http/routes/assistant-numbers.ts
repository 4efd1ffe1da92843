import { Type } from 'typebox';
import { assignNumbers } from '../../usecases/assign-numbers.ts';
import { listAssignments, listAssistantNumbers } from '../../usecases/list-assignments.ts';
import { callerOf, callerOfTeams } from '../access.ts';
import { failures, NumberId, nullableText, OptionalTeamId, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { assistantParams as params } from './assistants.ts';

const URL = '/api/assistants/:assistantId/telephony';

/** What one request can move. */
const MAX_NUMBERS = 1_000;

const AssignedNumber = Type.Object({
  id: Type.String(),
  phone_number: Type.String({ description: 'E.164' }),
  status: Type.String(),
  label: nullableText(),
  assistant_id: nullableText(),
  assistant_name: nullableText(),
  routing_status: Type.String({
    description: 'whether the carrier has the connection that is wanted: in_sync, pending or failed',
  }),
});

const numbersAnswer = {
  success: Type.Literal(true),
  assistant_id: Type.String(),
  numbers: Type.Array(AssignedNumber),
  count: Type.Integer(),
};

const reassign = Type.Optional(Type.Boolean({ default: false, description: 'true or false' }));

const tags = ['Assistants'];

const add = {
  summary: 'Point numbers at an assistant',
  description:
    'They come to those that it has. All of them or none. A number of another assistant moves with `reassign: true` only.',
  tags,
  params,
  body: strictObject({
    phoneNumberIds: Type.Array(NumberId, {
      minItems: 1,
      maxItems: MAX_NUMBERS,
      description: 'a list of 1 to 1000 numbers, by id or in E.164 form',
    }),
    reassign,
  }),
  response: { 200: Type.Object(numbersAnswer), ...failures(400, 401, 403, 404, 409) },
};

const replace = {
  summary: "Replace an assistant's numbers",
  description: 'What is not in the list is unassigned, in the mode of the request. All or nothing.',
  tags,
  params,
  body: strictObject({
    phoneNumberIds: Type.Array(NumberId, {
      maxItems: MAX_NUMBERS,
      description: 'a list of at most 1000 numbers, by id or in E.164 form',
    }),
    reassign,
  }),
  response: { 200: Type.Object(numbersAnswer), ...failures(400, 401, 403, 404, 409) },
};

const get = {
  summary: "List an assistant's numbers, and those that it could be given",
  tags,
  params,
  response: {
    200: Type.Object({
      ...numbersAnswer,
      available: Type.Array(AssignedNumber, { description: 'active numbers that no assistant has' }),
    }),
    ...failures(400, 401, 403, 404),
  },
};

const all = {
  summary: 'List every number that an assistant has',
  tags,
  querystring: strictObject({ teamId: OptionalTeamId }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      numbers: Type.Array(AssignedNumber),
      count: Type.Integer(),
    }),
    ...failures(400, 401, 403),
  },
};

export function assistantNumberRoutes(app: App, { context }: RouteContext): void {
  app.post(
    `${URL}/assign-phone-numbers`,
    { schema: add, config: { access: 'assistants:write' } },
    async (request) => {
      const { phoneNumberIds, reassign = false } = request.body;
      const { assistantId } = request.params;
      const wanted = { phoneNumberIds, reassign, replace: false };
      const numbers = await assignNumbers(context, callerOf(request), assistantId, wanted);
      return { success: true as const, assistant_id: assistantId, numbers, count: numbers.length };
    },
  );

  app.patch(
    `${URL}/phone-numbers`,
    { schema: replace, config: { access: 'assistants:write' } },
    async (request) => {
      const { phoneNumberIds, reassign = false } = request.body;
      const { assistantId } = request.params;
      const wanted = { phoneNumberIds, reassign, replace: true };
      const numbers = await assignNumbers(context, callerOf(request), assistantId, wanted);
      return { success: true as const, assistant_id: assistantId, numbers, count: numbers.length };
    },
  );

  app.get(`${URL}/phone-numbers`, { schema: get, config: { access: 'assistants:read' } }, async (request) => {
    const { assistantId } = request.params;
    const found = await listAssistantNumbers(context, callerOf(request), assistantId);
    return { success: true as const, assistant_id: assistantId, ...found, count: found.numbers.length };
  });

  app.get(
    '/api/assistant-phone-numbers',
    { schema: all, config: { access: 'assistants:read' } },
    async (request) => {
      const numbers = await listAssignments(context, callerOfTeams(request, request.query.teamId));
      return { success: true as const, numbers, count: numbers.length };
    },
  );
}
