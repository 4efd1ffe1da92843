import { Type } from 'typebox';
import type { Team } from '../../db/teams.ts';
import { isoTime } from '../../domain/time.ts';
import { changePlan, type PlanChange } from '../../usecases/change-plan.ts';
import { createTeam, type NewTeam } from '../../usecases/create-team.ts';
import { listAllTeams } from '../../usecases/list-all-teams.ts';
import {
  Email,
  failures,
  MaxNumbers,
  nameOf,
  nullableText,
  PAGE_SIZE,
  PersonView,
  PlanId,
  paging,
  strictObject,
} from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const teamFields = {
  id: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  plan: Type.String(),
  max_numbers: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: "the team's own figure",
  }),
  created_at: Type.String(),
};

const Answer = Type.Object({ success: Type.Literal(true), team: Type.Object(teamFields) });

const list = {
  summary: 'List all teams',
  description: 'Newest first, with the numbers that hold a slot, and who became owner first.',
  tags: ['Operator'],
  querystring: strictObject({
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'a part of the name or slug, or the whole id, 1 to 100 characters',
      }),
    ),
    ...paging,
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      teams: Type.Array(
        Type.Object({
          ...teamFields,
          numbers: Type.Object({ live: Type.Integer(), test: Type.Integer() }),
          owner: PersonView,
        }),
      ),
      next_cursor: nullableText({ description: 'null on the last page' }),
    }),
    ...failures(400, 401),
  },
};

const create = {
  summary: 'Make a team with its owner',
  tags: ['Operator'],
  body: strictObject({
    name: nameOf('the name of the team'),
    plan: PlanId,
    maxNumbers: Type.Optional(MaxNumbers),
    owner: strictObject({
      email: Email,
      name: nameOf('the name of the owner'),
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
  app.get(
    '/api/operator/teams',
    { schema: list, config: { access: 'operator' } },
    async ({ query: { limit = PAGE_SIZE, ...narrowing } }) => {
      const page = await listAllTeams(context, { limit, ...narrowing } as Parameters<typeof listAllTeams>[1]);
      const teams = page.rows.map(({ team, held, owner }) => ({ ...present(team), numbers: held, owner }));
      return { success: true as const, teams, next_cursor: page.nextCursor };
    },
  );

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

function answer(team: Team) {
  return { success: true as const, team: present(team) };
}

function present({ id, name, slug, plan: planId, maxNumbers, createdAt }: Team) {
  return { id, name, slug, plan: planId, max_numbers: maxNumbers, created_at: isoTime(createdAt) };
}
