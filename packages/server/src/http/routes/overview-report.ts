import { Type } from 'typebox';
import { reportOverview } from '../../usecases/report-overview.ts';
import { callerOfTeam } from '../access.ts';
import { failures, nullableText, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const DEFAULT_MONTHS = 12;
const DEFAULT_DAYS = 14;

const holding = {
  numbers: Type.Integer({ description: 'numbers that the carrier holds for the team' }),
  monthly_cost: Type.String({ description: 'USD a month, as far as the prices are known' }),
};

const schema = {
  summary: 'What a team holds, where, at what cost, and how much it calls',
  description:
    'Numbers and their monthly cost at the end of each month and now, by country, and the calls of the busiest 50 numbers day by day.',
  tags: ['Reports'],
  querystring: strictObject({
    teamId: TeamId,
    months: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 36, description: 'a whole number from 1 to 36' }),
    ),
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 92, description: 'a whole number from 1 to 92' }),
    ),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      months: Type.Array(
        Type.Object({ month: Type.String({ description: 'YYYY-MM, UTC; the last is now' }), ...holding }),
      ),
      countries: Type.Array(
        Type.Object({
          country: nullableText({ description: 'ISO 3166-1 alpha-2; null where the digits do not say' }),
          ...holding,
        }),
      ),
      calls: Type.Array(
        Type.Object({
          id: Type.String(),
          phone_number: Type.String({ description: 'E.164' }),
          label: nullableText(),
          daily_cap: Type.Unsafe<number | null>({
            type: ['integer', 'null'],
            description: 'calls a day, the least of its running campaigns; null where none has a cap',
          }),
          days: Type.Array(
            Type.Object({
              day: Type.String({ description: 'YYYY-MM-DD, UTC' }),
              outbound_calls: Type.Integer({ description: 'times that it was given as a caller ID' }),
            }),
          ),
        }),
      ),
    }),
    ...failures(400, 401, 403),
  },
};

export function overviewReportRoute(app: App, { context }: RouteContext): void {
  app.get('/api/reports/overview', { schema, config: { access: 'numbers:read' } }, async (request) => {
    const { teamId, months = DEFAULT_MONTHS, days = DEFAULT_DAYS } = request.query;
    const report = await reportOverview(context, callerOfTeam(request, teamId), { months, days });
    return {
      success: true as const,
      months: report.months.map(({ month, ...held }) => ({ month, ...presentHolding(held) })),
      countries: report.countries.map(({ country, ...held }) => ({ country, ...presentHolding(held) })),
      calls: report.calls.map(({ id, phoneNumber, label, dailyCap, days }) => ({
        id,
        phone_number: phoneNumber,
        label,
        daily_cap: dailyCap,
        days: days.map(({ day, outboundCalls }) => ({ day, outbound_calls: outboundCalls })),
      })),
    };
  });
}

function presentHolding({ numbers, monthlyCost }: { numbers: number; monthlyCost: string }) {
  return { numbers, monthly_cost: monthlyCost };
}
