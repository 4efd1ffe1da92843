import { Type } from 'typebox';
import { listNumberDetails } from '../../usecases/list-number-details.ts';
import { callerOfTeam } from '../access.ts';
import { failures, nullableText, pageFields, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { NumberRecord } from './phone-number.ts';

const DEFAULT_LIMIT = 100;

const schema = {
  summary: "List a team's numbers with everything known of each",
  description: 'Newest first, without released ones, in pages, with what all of them cost a month.',
  tags: ['Phone numbers'],
  querystring: strictObject({
    teamId: TeamId,
    ...pageFields(1000, { default: DEFAULT_LIMIT }),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      numbers: Type.Array(NumberRecord),
      count: Type.Integer({ description: "all of the team's, not only this page" }),
      monthly_cost: Type.String({
        description: 'USD a month for all that the carrier holds for the team, as far as prices are known',
      }),
      limit: Type.Integer(),
      next_cursor: nullableText({ description: 'null on the last page' }),
    }),
    ...failures(400, 401, 403),
  },
};

export function numberDetailsRoute(app: App, { context }: RouteContext): void {
  app.get('/api/phone-numbers', { schema, config: { access: 'numbers:read' } }, async (request) => {
    const { teamId, limit = DEFAULT_LIMIT, cursor } = request.query;
    const caller = callerOfTeam(request, teamId);
    const { numbers, count, monthlyCost, nextCursor } = await listNumberDetails(context, caller, {
      limit,
      cursor,
    });
    return {
      success: true as const,
      numbers,
      count,
      monthly_cost: monthlyCost,
      limit,
      next_cursor: nextCursor,
    };
  });
}
