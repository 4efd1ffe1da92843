import { Type } from 'typebox';
import { ALL_PLANS } from '../../domain/plans.ts';
import { TRIAL_DAYS } from '../../domain/trial.ts';
import { failures } from '../schemas.ts';
import type { App } from '../server.ts';

const schema = {
  summary: 'What each plan allows',
  description: 'The smallest first. The operator puts a team on a plan.',
  tags: ['Teams'],
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      plans: Type.Array(
        Type.Object({
          id: Type.String({ description: 'free, starter, growth, business or enterprise' }),
          name: Type.String(),
          max_numbers: Type.Integer({
            description: 'numbers at a time in each mode; enterprise teams may have a figure of their own',
          }),
          has_subscription: Type.Boolean({ description: 'without one, numbers are trials' }),
          trial_days: Type.Unsafe<number | null>({
            type: ['integer', 'null'],
            description: 'how long a trial number lasts; null where there is none',
          }),
        }),
      ),
    }),
    ...failures(401),
  },
};

export function planRoutes(app: App): void {
  app.get('/api/plans', { schema, config: { access: 'anyone' } }, async () => ({
    success: true as const,
    plans: ALL_PLANS.map(({ id, name, maxNumbers, hasSubscription }) => ({
      id,
      name,
      max_numbers: maxNumbers,
      has_subscription: hasSubscription,
      trial_days: hasSubscription ? null : TRIAL_DAYS,
    })),
  }));
}
