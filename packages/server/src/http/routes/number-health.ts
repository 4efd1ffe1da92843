import { Type } from 'typebox';
import { HEALTH_SIGNALS } from '../../domain/number-health.ts';
import { isoTime } from '../../domain/time.ts';
import { listNumberCalls } from '../../usecases/list-number-calls.ts';
import { reportNumberHealth } from '../../usecases/report-number-health.ts';
import { callerOf } from '../access.ts';
import { failures, NumberId, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const URL = '/api/phone-numbers/:id';

/** As many as the calls report shows where nobody says. */
const DEFAULT_DAYS = 30;

const params = strictObject({ id: NumberId });
const tags = ['Phone numbers'];

const health = {
  summary: 'Tell what happened to a number',
  description:
    'For the voice runtime: a call was answered or rejected, one came in, or the number was flagged as spam. A flagged number is no caller ID for some days.',
  tags,
  params,
  body: strictObject({
    signal: Type.Union(
      HEALTH_SIGNALS.map((signal) => Type.Literal(signal)),
      { description: `one of ${HEALTH_SIGNALS.join(', ')}` },
    ),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      phone_number: Type.Object({
        id: Type.String(),
        resting_until: nullableText({ description: 'until when it is no caller ID' }),
        last_call_at: nullableText(),
      }),
    }),
    ...failures(400, 401, 403, 404),
  },
};

const calls = {
  summary: 'Calls of a number, day by day',
  description: 'The last days up to today (UTC), the first first; days without calls are there too.',
  tags,
  params,
  querystring: strictObject({
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 366, description: 'a whole number from 1 to 366' }),
    ),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      days: Type.Array(
        Type.Object({
          day: Type.String({ description: 'YYYY-MM-DD, UTC' }),
          outbound_calls: Type.Integer({ description: 'times that it was given as a caller ID' }),
          answered: Type.Integer(),
          rejected: Type.Integer(),
          spam_flags: Type.Integer(),
        }),
      ),
    }),
    ...failures(400, 401, 403, 404),
  },
};

export function numberHealthRoutes(app: App, { context }: RouteContext): void {
  app.post(
    `${URL}/health`,
    { schema: health, config: { access: 'routing:write', limit: 'none' } },
    async (request) => {
      const { signal } = request.body;
      const number = await reportNumberHealth(context, callerOf(request), request.params.id, signal);
      return {
        success: true as const,
        phone_number: {
          id: number.id,
          resting_until: number.restingUntil && isoTime(number.restingUntil),
          last_call_at: number.lastCallAt && isoTime(number.lastCallAt),
        },
      };
    },
  );

  app.get(`${URL}/calls`, { schema: calls, config: { access: 'numbers:read' } }, async (request) => {
    const days = request.query.days ?? DEFAULT_DAYS;
    const counted = await listNumberCalls(context, callerOf(request), request.params.id, days);
    return {
      success: true as const,
      days: counted.map(({ day, outboundCalls, answered, rejected, spamFlags }) => ({
        day,
        outbound_calls: outboundCalls,
        answered,
        rejected,
        spam_flags: spamFlags,
      })),
    };
  });
}
