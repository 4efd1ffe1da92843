import { Type } from 'typebox';
import type { ReconciliationReport } from '../../db/reconciliation.ts';
import { FINDING_KINDS, FIXES } from '../../domain/reconciliation.ts';
import { isoTime } from '../../domain/time.ts';
import { lastReports, reconcileCarrier } from '../../usecases/reconcile-carrier.ts';
import { failures, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const URL = '/api/operator/reconciliation';

const counts = <Name extends string>(names: readonly Name[]) =>
  Type.Record(Type.Union(names.map((name) => Type.Literal(name))), Type.Integer());

const FindingView = Type.Object({
  kind: Type.String({ description: FINDING_KINDS.join(', ') }),
  phone_number: Type.String({ description: 'E.164' }),
  phone_number_id: Type.Optional(Type.String()),
  order_id: Type.Optional(Type.String()),
  team_id: Type.Optional(Type.String()),
  carrier_number_id: Type.Optional(Type.String()),
  monthly_price: nullableText({ description: 'USD; null where it is not known' }),
  detail: Type.String(),
  fix: Type.String({ description: FIXES.join(', ') }),
  applied: Type.Optional(Type.Boolean({ description: 'whether it was fixed' })),
  outcome: Type.Optional(Type.String({ description: 'what came of the fix' })),
});

const Answer = Type.Object({
  success: Type.Literal(true),
  reports: Type.Array(
    Type.Object({
      id: Type.String(),
      mode: Type.String({ description: 'live or test' }),
      started_at: Type.String(),
      finished_at: Type.String(),
      applied: Type.Boolean({ description: 'whether the run was to fix what can be fixed' }),
      summary: Type.Object({
        numbers_there: Type.Integer({ description: 'held at the carrier' }),
        numbers_here: Type.Integer({ description: 'active, suspended or releasing here' }),
        orders_compared: Type.Integer(),
        findings: Type.Integer({ description: 'all of them, also where the report lists fewer' }),
        by_kind: counts(FINDING_KINDS),
        by_fix: counts(FIXES),
        unconfirmed: Type.Integer({ description: 'suspects that were too many to look at again' }),
        fixed: Type.Integer(),
        unknown_monthly_cost: Type.String({
          description: 'USD a month for numbers of ours that nobody here has, as far as the prices are known',
        }),
        duration_ms: Type.Integer(),
      }),
      findings: Type.Array(FindingView, { description: 'at most 1000, what can be fixed first' }),
    }),
  ),
});

const last = {
  summary: 'The last comparison with the carrier',
  description: 'One report per mode that was ever compared.',
  tags: ['Operator'],
  response: { 200: Answer, ...failures(401) },
};

const run = {
  summary: 'Compare our records with the carrier now',
  description:
    'Takes as long as the account is large, and answers when it is done. With `apply` it also fixes what is safe to fix; numbers that this service did not buy are never touched.',
  tags: ['Operator'],
  body: strictObject({
    apply: Type.Optional(Type.Boolean({ default: false, description: 'true or false' })),
  }),
  response: { 200: Answer, ...failures(400, 401, 409, 502, 503) },
};

export function operatorReconciliationRoutes(app: App, { context }: RouteContext): void {
  app.get(URL, { schema: last, config: { access: 'operator' } }, async () =>
    answer(await lastReports(context)),
  );

  app.post(URL, { schema: run, config: { access: 'operator' } }, async (request) =>
    answer(await reconcileCarrier(context, { apply: request.body.apply ?? false })),
  );
}

function answer(reports: ReconciliationReport[]) {
  return {
    success: true as const,
    reports: reports.map(({ id, mode, startedAt, finishedAt, applied, summary, findings }) => ({
      id,
      mode,
      started_at: isoTime(startedAt),
      finished_at: isoTime(finishedAt),
      applied,
      summary,
      findings,
    })),
  };
}
