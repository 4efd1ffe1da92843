import { Type } from 'typebox';
import { listAttention } from '../../usecases/list-attention.ts';
import { failures, nullableText } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const schema = {
  summary: 'What needs a person',
  description: 'Orders and releases that have not settled for a day, the oldest first, with what they cost.',
  tags: ['Operator'],
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      items: Type.Array(
        Type.Object({
          kind: Type.String({ description: 'number_order or release' }),
          id: Type.String(),
          team_id: Type.String(),
          team_name: Type.String(),
          mode: Type.String(),
          phone_number: Type.String(),
          state: Type.String(),
          detail: nullableText(),
          attempts: Type.Integer(),
          monthly_price: nullableText({ description: 'USD' }),
          since: Type.String(),
        }),
      ),
      count: Type.Integer(),
      monthly_cost: Type.String({ description: 'USD a month, as far as the prices are known' }),
    }),
    ...failures(401),
  },
};

export function operatorAttentionRoute(app: App, { context }: RouteContext): void {
  app.get('/api/operator/attention', { schema, config: { access: 'operator' } }, async () => {
    const { items, monthlyCost } = await listAttention(context);
    return { success: true as const, items, count: items.length, monthly_cost: monthlyCost };
  });
}
