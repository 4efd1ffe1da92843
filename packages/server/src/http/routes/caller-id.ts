import { Type } from 'typebox';
import { CALLER_ID_MATCHES } from '../../domain/caller-id.ts';
import { type CallerIdRequest, chooseCallerId } from '../../usecases/choose-caller-id.ts';
import { callerOf } from '../access.ts';
import { failures, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const schema = {
  summary: 'Choose the caller ID of an outbound call',
  description:
    'The number of the campaign or assistant to show to a contact: near to theirs, neither resting nor used up, and the same one each time. It counts as a call of the number, unless it is a dry run.',
  tags: ['Routing'],
  body: strictObject({
    campaignId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'the id of a campaign, like camp_01j…' }),
    ),
    assistantId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'the id of an assistant, like asst_01j…' }),
    ),
    to: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'the number that is called, in any common spelling, like +14155550101',
    }),
    contactKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'a text of 1 to 200 characters: what you know the contact by',
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'true or false' })),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      phone_number: Type.Object({
        id: Type.String(),
        phone_number: Type.String({ description: 'E.164' }),
        label: nullableText(),
      }),
      match: Type.String({ description: CALLER_ID_MATCHES.join(', ') }),
      decision: Type.Array(Type.String(), { description: 'what was looked at, in order' }),
      calls_today: Type.Integer({ description: 'calls of the number on this day (UTC), this one included' }),
    }),
    ...failures(400, 401, 403, 404, 409),
  },
};

export function callerIdRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/routing/caller-id',
    { schema, config: { access: 'routing:write', limit: 'none' } },
    async (request) => {
      const { number, match, decision, callsToday } = await chooseCallerId(
        context,
        callerOf(request),
        request.body as CallerIdRequest,
      );
      const { id, phoneNumber, label } = number;
      return {
        success: true as const,
        phone_number: { id, phone_number: phoneNumber, label },
        match,
        decision,
        calls_today: callsToday,
      };
    },
  );
}
