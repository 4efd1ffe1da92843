import { Type } from 'typebox';
import { PHONE_NUMBER_STATUSES } from '../../domain/phone-number.ts';
import type { ListRequest } from '../../usecases/list-numbers.ts';
import { callerOfTeam } from '../access.ts';
import { failures, nullableText, pageFields, pageView, pagingOf, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const LISTED_STATUSES = PHONE_NUMBER_STATUSES.filter((status) => status !== 'released');

const ListedNumber = Type.Object({
  id: Type.String(),
  phone_number: Type.String({ description: 'E.164' }),
  provider: Type.String(),
  status: Type.String({ description: LISTED_STATUSES.join(', ') }),
  is_trial: Type.Boolean(),
  trial_expires_at: nullableText(),
  assistant_id: nullableText(),
  assistant_name: nullableText(),
  created_by_email: nullableText(),
  created_by_name: nullableText(),
  created_at: Type.String(),
});

const schema = {
  summary: "List a team's numbers",
  description: 'Newest first, without released ones. All at once, or with `limit` in pages.',
  tags: ['Phone numbers'],
  querystring: strictObject({
    teamId: TeamId,
    status: Type.Optional(
      Type.Union(
        LISTED_STATUSES.map((status) => Type.Literal(status)),
        { description: `one of ${LISTED_STATUSES.join(', ')}` },
      ),
    ),
    assistantId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'the id of an assistant' }),
    ),
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: "part of the number or of the assistant's name, 1 to 100 characters",
      }),
    ),
    ...pageFields(100),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      numbers: Type.Array(ListedNumber),
      ...pageView,
      count: Type.Integer({ description: 'all that match, not only this page' }),
    }),
    ...failures(400, 401, 403),
  },
};

export function listNumbersRoute(app: App, { context, listNumbers }: RouteContext): void {
  app.get('/api/phone-numbers/purchase', { schema, config: { access: 'numbers:read' } }, async (request) => {
    const { teamId, ...filters } = request.query;
    const caller = callerOfTeam(request, teamId);
    const { numbers, count, page } = await listNumbers(context, caller, filters as ListRequest);
    return { success: true as const, numbers, count, ...pagingOf(page) };
  });
}
