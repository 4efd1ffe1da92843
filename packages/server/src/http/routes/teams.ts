import { Type } from 'typebox';
import { createOwnTeam } from '../../usecases/create-own-team.ts';
import { getTeam, type TeamDetails } from '../../usecases/get-team.ts';
import { leaveTeam } from '../../usecases/leave-team.ts';
import { listTeamOfKey, listTeams } from '../../usecases/list-teams.ts';
import { updateTeam } from '../../usecases/update-team.ts';
import { callerOf, callerOfTeam, personOf } from '../access.ts';
import { failures, nameOf, Success, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';
import { presentTeam, TeamDetailsView, TeamView, teamParams } from '../team-schemas.ts';

const tags = ['Teams'];

const body = strictObject({ name: nameOf('the name of the team') });

const Details = Type.Object({ success: Type.Literal(true), team: TeamDetailsView });

const list = {
  summary: 'List your teams',
  description: 'Those that a person is in, the first joined first; the one team of an API key.',
  tags,
  response: {
    200: Type.Object({ success: Type.Literal(true), teams: Type.Array(TeamView) }),
    ...failures(401),
  },
};

const create = {
  summary: 'Make a team',
  description: 'On the Free plan. Whoever makes it is its owner.',
  tags,
  body,
  response: {
    201: Type.Object({ success: Type.Literal(true), team: TeamView }),
    ...failures(400, 401, 403),
  },
};

const get = {
  summary: 'Get a team, and how much of its plan is used',
  tags,
  params: teamParams,
  response: { 200: Details, ...failures(400, 401, 403) },
};

const update = {
  summary: 'Rename a team',
  description: 'Its slug stays.',
  tags,
  params: teamParams,
  body,
  response: { 200: Details, ...failures(400, 401, 403) },
};

const leave = {
  summary: 'Leave a team',
  description: 'Your API keys of that team stop. The last owner cannot leave.',
  tags,
  params: teamParams,
  response: { 200: Success, ...failures(400, 401, 403, 409) },
};

export function teamRoutes(app: App, { context }: RouteContext): void {
  app.get('/api/teams', { schema: list, config: { access: 'anyone' } }, async (request) => {
    const { person } = request;
    const teams = await (person ? listTeams(context, person) : listTeamOfKey(context, callerOf(request)));
    return { success: true as const, teams: teams.map(presentTeam) };
  });

  app.post('/api/teams', { schema: create, config: { access: 'person' } }, async (request, reply) => {
    const team = await createOwnTeam(context, personOf(request), request.body);
    reply.code(201);
    return { success: true as const, team: presentTeam(team) };
  });

  app.get('/api/teams/:teamId', { schema: get, config: { access: 'team:read' } }, async (request) =>
    presentDetails(await getTeam(context, callerOfTeam(request, request.params.teamId))),
  );

  app.patch('/api/teams/:teamId', { schema: update, config: { access: 'team:write' } }, async (request) =>
    presentDetails(await updateTeam(context, callerOfTeam(request, request.params.teamId), request.body)),
  );

  app.post('/api/teams/:teamId/leave', { schema: leave, config: { access: 'person' } }, async (request) => {
    await leaveTeam(context, personOf(request), request.params.teamId);
    return { success: true as const };
  });
}

function presentDetails({ numbers, releaseGraceDays, ...team }: TeamDetails) {
  const details = { numbers, release_grace_days: releaseGraceDays };
  return { success: true as const, team: { ...presentTeam(team), ...details } };
}
