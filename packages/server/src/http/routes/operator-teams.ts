import { Type } from 'typebox';
import type { Team } from '../../db/teams.ts';
import { isoTime } from '../../domain/time.ts';
import { changePlan, type PlanChange } from '../../usecases/change-plan.ts';
import { createTeam, type NewTeam } from '../../usecases/create-team.ts';
import { Email, failures, MaxNumbers, PlanId, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const Answer = Type.Object({
  success: Type.Literal(true),
  team: Type.Object({
    id: Type.String(),
    name: Type.String(),
    slug: Type.String(),
    plan: Type.String(),
    max_numbers: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: "the team's own figure",
    }),
    created_at: Type.String(),
  }),
});

const Name = (whose: string) =>
  Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    description: `the name of the ${whose}, 1 to 100 characters`,
  });

const create = {
  summary: 'Make a team with its owner',
  tags: ['Operator'],
  body: strictObject({
    name: Name('team'),
    plan: PlanId,
    maxNumbers: Type.Optional(MaxNumbers),
    owner: strictObject({
      email: Email,
      name: Name('owner'),
    }),
  }),
  response: { 201: Answer, ...failures(400, 401) },
};

const plan = {
  summary: 'Put a team on a plan',
  description: 'A paid plan turns a trial number into a paid one.',
  tags: ['Operator'],
  params: strictObject({ id: Type.String() }),
  body: strictObject({ plan: PlanId, maxNumbers: Type.Optional(MaxNumbers) }),
  response: { 200: Answer, ...failures(400, 401, 404) },
};

export function operatorTeamRoutes(app: App, { context }: RouteContext): void {
  app.post(
    '/api/operator/teams',
    { schema: create, config: { access: 'operator' } },
    async (request, reply) => {
      reply.code(201);
      return answer(await createTeam(context, request.body as NewTeam));
    },
  );

  app.put('/api/operator/teams/:id/plan', { schema: plan, config: { access: 'operator' } }, async (request) =>
    answer(await changePlan(context, request.params.id, request.body as PlanChange)),
  );
}

function answer({ id, name, slug, plan: planId, maxNumbers, createdAt }: Team) {
  const team = { id, name, slug, plan: planId, max_numbers: maxNumbers, created_at: isoTime(createdAt) };
  return { success: true as const, team };
}
