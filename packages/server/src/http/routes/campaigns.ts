import { Type } from 'typebox';
import { CAMPAIGN_STATUSES } from '../../domain/campaign.ts';
import type { CampaignFields } from '../../usecases/campaign-state.ts';
import { createCampaign, type NewCampaign } from '../../usecases/create-campaign.ts';
import { deleteCampaign } from '../../usecases/delete-campaign.ts';
import { getCampaign } from '../../usecases/get-campaign.ts';
import { listCampaigns } from '../../usecases/list-campaigns.ts';
import type { PageRequest } from '../../usecases/page-by-id.ts';
import { updateCampaign } from '../../usecases/update-campaign.ts';
import { callerOf, callerOfTeams } from '../access.ts';
import {
  failures,
  Name,
  NumberId,
  nullableText,
  OptionalTeamId,
  pageFields,
  pageView,
  pagingOf,
  strictObject,
} from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const URL = '/api/crm/campaigns';

const params = strictObject({
  campaignId: Type.String({
    minLength: 1,
    maxLength: 64,
    description: "a campaign's id, like camp_01j…",
  }),
});

const listed = {
  id: Type.String(),
  team_id: Type.String(),
  mode: Type.String({ description: 'live or test' }),
  name: Type.String(),
  status: Type.String({ description: CAMPAIGN_STATUSES.join(', ') }),
  assistant_id: nullableText(),
  assistant_name: nullableText(),
  daily_cap_per_number: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'calls a day from one number; null: no cap',
  }),
  phone_number_count: Type.Integer(),
  created_at: Type.String(),
  updated_at: Type.String(),
};

const CampaignView = Type.Object({
  ...listed,
  from_numbers: Type.Array(
    Type.Object({
      phone_number_id: Type.String(),
      phone_number: Type.String({ description: 'E.164' }),
      status: Type.String(),
      weight: Type.Integer(),
    }),
  ),
});

const Answer = Type.Object({ success: Type.Literal(true), campaign: CampaignView });

const fields = {
  name: Name,
  assistantId: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    minLength: 1,
    maxLength: 64,
    description: "an assistant's id, like asst_01j…, or null for none",
  }),
  fromNumbers: Type.Array(
    strictObject({
      phoneNumberId: NumberId,
      weight: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 20, description: 'a whole number from 1 to 20' }),
      ),
    }),
    { maxItems: 1_000, description: 'a list of at most 1000 numbers, each with phoneNumberId and weight' },
  ),
  dailyCapPerNumber: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 1,
    maximum: 100_000,
    description: 'a whole number from 1 to 100000, or null for no cap',
  }),
};

const statuses = (...names: string[]) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { description: `one of ${names.join(', ')}` },
  );

const tags = ['Campaigns'];

const list = {
  summary: "List a team's campaigns",
  description: 'Newest first, in one mode. All at once, or with `limit` in pages.',
  tags,
  querystring: strictObject({
    teamId: OptionalTeamId,
    phoneNumberId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "a number's id, like pn_01j…" }),
    ),
    ...pageFields(100),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      campaigns: Type.Array(Type.Object(listed)),
      ...pageView,
    }),
    ...failures(400, 401, 403),
  },
};

const create = {
  summary: 'Make a campaign',
  description:
    'A draft, which may lack anything but its name, or with `status: "running"` one that starts now.',
  tags,
  querystring: strictObject({ teamId: OptionalTeamId }),
  body: strictObject({
    teamId: OptionalTeamId,
    ...Type.Partial(Type.Object(fields)).properties,
    name: Name,
    status: Type.Optional(statuses('draft', 'running')),
  }),
  response: { 201: Answer, ...failures(400, 401, 403, 404, 409) },
};

const get = {
  summary: 'Get a campaign',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const update = {
  summary: 'Change, start, pause or complete a campaign',
  description: '`fromNumbers` replaces all of its numbers.',
  tags,
  params,
  body: Type.Partial(Type.Object({ ...fields, status: statuses(...CAMPAIGN_STATUSES) }), {
    additionalProperties: false,
    minProperties: 1,
    description: 'a JSON object with what is to change',
  }),
  response: { 200: Answer, ...failures(400, 401, 403, 404, 409) },
};

const remove = {
  summary: 'Delete a campaign',
  tags,
  params,
  response: { 200: Type.Object({ success: Type.Literal(true) }), ...failures(400, 401, 403, 404, 409) },
};

export function campaignRoutes(app: App, { context }: RouteContext): void {
  app.get(URL, { schema: list, config: { access: 'campaigns:read' } }, async (request) => {
    const { teamId, ...page } = request.query;
    const caller = callerOfTeams(request, teamId);
    const found = await listCampaigns(context, caller, page as PageRequest);
    return { success: true as const, campaigns: found.rows, count: found.count, ...pagingOf(found.page) };
  });

  app.post(URL, { schema: create, config: { access: 'campaigns:write' } }, async (request, reply) => {
    const { teamId, ...body } = request.body;
    const caller = callerOfTeams(request, teamId, request.query.teamId);
    const campaign = await createCampaign(context, caller, body as NewCampaign);
    reply.code(201);
    return { success: true as const, campaign };
  });

  const one = `${URL}/:campaignId`;

  app.get(one, { schema: get, config: { access: 'campaigns:read' } }, async (request) => ({
    success: true as const,
    campaign: await getCampaign(context, callerOf(request), request.params.campaignId),
  }));

  app.patch(one, { schema: update, config: { access: 'campaigns:write' } }, async (request) => ({
    success: true as const,
    campaign: await updateCampaign(
      context,
      callerOf(request),
      request.params.campaignId,
      request.body as Partial<CampaignFields>,
    ),
  }));

  app.delete(one, { schema: remove, config: { access: 'campaigns:write' } }, async (request) => {
    await deleteCampaign(context, callerOf(request), request.params.campaignId);
    return { success: true as const };
  });
}
