import { Type } from 'typebox';
import { isoTime } from '../../domain/time.ts';
import { listIdleNumbers } from '../../usecases/list-idle-numbers.ts';
import { callerOfTeam } from '../access.ts';
import { failures, nullableText, PAGE_SIZE, pageFields, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const DEFAULT_DAYS = 30;

const schema = {
  summary: 'Numbers that cost money and have no calls',
  description: 'The longest idle first, in pages, with what all of them cost a month.',
  tags: ['Reports'],
  querystring: strictObject({
    teamId: TeamId,
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 366, description: 'a whole number from 1 to 366' }),
    ),
    ...pageFields(100, { default: PAGE_SIZE }),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      numbers: Type.Array(
        Type.Object({
          id: Type.String(),
          phone_number: Type.String({ description: 'E.164' }),
          label: nullableText(),
          status: Type.String({ description: 'active or suspended' }),
          assistant_id: nullableText(),
          assistant_name: nullableText(),
          monthly_price: nullableText({ description: 'USD; null where the carrier did not say' }),
          last_call_at: nullableText({ description: 'null where there never was one' }),
          created_at: Type.String(),
        }),
      ),
      count: Type.Integer({ description: 'all idle numbers, not only this page' }),
      monthly_cost: Type.String({
        description: 'USD a month for all of them, as far as the prices are known',
      }),
      limit: Type.Integer(),
      next_cursor: nullableText({ description: 'null on the last page' }),
    }),
    ...failures(400, 401, 403),
  },
};

export function idleNumbersRoute(app: App, { context }: RouteContext): void {
  app.get('/api/reports/idle-numbers', { schema, config: { access: 'numbers:read' } }, async (request) => {
    const { teamId, days = DEFAULT_DAYS, limit = PAGE_SIZE, cursor } = request.query;
    const caller = callerOfTeam(request, teamId);
    const report = await listIdleNumbers(context, caller, { days, limit, cursor });
    return {
      success: true as const,
      numbers: report.numbers.map((number) => ({
        id: number.id,
        phone_number: number.phoneNumber,
        label: number.label,
        status: number.status,
        assistant_id: number.assistantId,
        assistant_name: number.assistantName,
        monthly_price: number.monthlyPrice,
        last_call_at: number.lastCallAt && isoTime(number.lastCallAt),
        created_at: isoTime(number.createdAt),
      })),
      count: report.count,
      monthly_cost: report.monthlyCost,
      limit,
      next_cursor: report.nextCursor,
    };
  });
}
