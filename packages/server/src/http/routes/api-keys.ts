import { Type } from 'typebox';
import type { KeyWish } from '../../usecases/create-api-key.ts';
import { createOwnApiKey } from '../../usecases/create-own-api-key.ts';
import { listApiKeys } from '../../usecases/list-api-keys.ts';
import { revokeOwnApiKey } from '../../usecases/revoke-api-key.ts';
import { type KeyChange, updateApiKey } from '../../usecases/update-api-key.ts';
import { callerOf, callerOfTeam } from '../access.ts';
import {
  ExpiresAtOrNever,
  KeyName,
  KeyView,
  keyWish,
  MadeKeyAnswer,
  presentKey,
  presentMade,
  RateLimitPerHour,
  readTime,
  readWish,
} from '../api-key-schemas.ts';
import { failures, idOf, nullableText, PAGE_SIZE, paging, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const tags = ['API keys'];

const params = strictObject({ keyId: idOf('an API key, like key_01j…') });

const Answer = Type.Object({ success: Type.Literal(true), apiKey: KeyView });

const list = {
  summary: "List a team's API keys",
  description:
    'Newest first, of both modes, revoked and expired ones too. The keys themselves are not in it.',
  tags,
  querystring: strictObject({ teamId: TeamId, ...paging }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      apiKeys: Type.Array(KeyView),
      next_cursor: nullableText({ description: 'null on the last page' }),
    }),
    ...failures(400, 401, 403),
  },
};

const create = {
  summary: 'Make an API key',
  description:
    'It acts in your name, and never does more than your role in the team allows. `fullKey` is shown this once and cannot be had again.',
  tags,
  body: strictObject({ teamId: TeamId, ...keyWish }),
  response: { 201: MadeKeyAnswer, ...failures(400, 401, 403) },
};

const update = {
  summary: "Change an API key's name, end or limit",
  tags,
  params,
  body: Type.Object(
    {
      name: Type.Optional(KeyName),
      expiresAt: Type.Optional(ExpiresAtOrNever),
      rateLimitPerHour: Type.Optional(RateLimitPerHour),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'a JSON object with name, expiresAt, rateLimitPerHour or several of them',
    },
  ),
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const revoke = {
  summary: 'Revoke an API key',
  description: 'It stops at once, on every server. Repeating it changes nothing.',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

export function apiKeyRoutes(app: App, { context }: RouteContext): void {
  app.get('/api/api-keys', { schema: list, config: { access: 'keys:read' } }, async (request) => {
    const { teamId, limit = PAGE_SIZE, cursor } = request.query;
    const caller = callerOfTeam(request, teamId);
    const page = await listApiKeys(context, caller, { limit, ...(cursor !== undefined && { cursor }) });
    return { success: true as const, apiKeys: page.rows.map(presentKey), next_cursor: page.nextCursor };
  });

  app.post('/api/api-keys', { schema: create, config: { access: 'keys:write' } }, async (request, reply) => {
    const { teamId, ...wish } = readWish(request.body);
    const made = await createOwnApiKey(context, callerOfTeam(request, teamId), wish as KeyWish);
    reply.code(201);
    return presentMade(made);
  });

  app.patch('/api/api-keys/:keyId', { schema: update, config: { access: 'keys:write' } }, async (request) => {
    const { expiresAt, ...rest } = request.body;
    const change = {
      ...rest,
      ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : readTime(expiresAt) }),
    } as KeyChange;
    const apiKey = await updateApiKey(context, callerOf(request), request.params.keyId, change);
    return { success: true as const, apiKey: presentKey(apiKey) };
  });

  app.delete(
    '/api/api-keys/:keyId',
    { schema: revoke, config: { access: 'keys:write' } },
    async (request) => {
      const apiKey = await revokeOwnApiKey(context, callerOf(request), request.params.keyId);
      return { success: true as const, apiKey: presentKey(apiKey) };
    },
  );
}
