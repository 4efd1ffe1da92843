import { Type } from 'typebox';
import type { ApiKey } from '../../db/api-keys.ts';
import { MODES } from '../../domain/mode.ts';
import { invalidRequest } from '../../domain/refusal.ts';
import { GRANTABLE_SCOPES } from '../../domain/scopes.ts';
import { isoTime } from '../../domain/time.ts';
import { createApiKey, type NewApiKey } from '../../usecases/create-api-key.ts';
import { revokeApiKey } from '../../usecases/revoke-api-key.ts';
import { failures, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

/** Later ones have five-digit years, which not every client reads. */
const LAST_TIME = Date.UTC(9999, 0, 1);

const create = {
  summary: 'Make an API key for a team',
  description: '`fullKey` is shown this once and cannot be had again.',
  tags: ['Operator'],
  params: strictObject({ id: Type.String() }),
  body: strictObject({
    mode: Type.Union(
      MODES.map((mode) => Type.Literal(mode)),
      { description: 'live or test' },
    ),
    name: Type.String({
      pattern: '\\S',
      minLength: 1,
      maxLength: 100,
      description: 'a name for the key, 1 to 100 characters',
    }),
    scopes: Type.Optional(
      Type.Array(
        Type.Union(
          GRANTABLE_SCOPES.map((scope) => Type.Literal(scope)),
          { description: `one of ${GRANTABLE_SCOPES.join(', ')}` },
        ),
        { minItems: 1, maxItems: 20, description: `a list of ${GRANTABLE_SCOPES.join(', ')}` },
      ),
    ),
    createdByEmail: Type.Optional(
      Type.String({
        format: 'email',
        maxLength: 254,
        description: 'the e-mail address of a member of the team',
      }),
    ),
    expiresAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'a time in ISO 8601, like 2030-01-31T12:00:00Z' }),
    ),
  }),
  response: {
    201: Type.Object({
      success: Type.Literal(true),
      apiKey: Type.Object({
        id: Type.String(),
        fullKey: Type.String(),
        prefix: Type.String(),
        name: Type.String(),
        mode: Type.String(),
        scopes: Type.Array(Type.String()),
        team_id: Type.String(),
        expires_at: nullableText(),
        created_at: Type.String(),
      }),
    }),
    ...failures(400, 401, 404),
  },
};

const revoke = {
  summary: 'Revoke an API key',
  description: 'It stops at once, on every server.',
  tags: ['Operator'],
  params: strictObject({ id: Type.String(), keyId: Type.String() }),
  response: { 200: Type.Object({ success: Type.Literal(true) }), ...failures(401, 404) },
};

export function operatorApiKeyRoutes(app: App, { context }: RouteContext): void {
  app.post(
    '/api/operator/teams/:id/api-keys',
    { schema: create, config: { access: 'operator' } },
    async (request, reply) => {
      const { expiresAt, ...body } = request.body;
      const wanted = {
        ...body,
        ...(expiresAt !== undefined && { expiresAt: readTime(expiresAt) }),
      } as NewApiKey;
      const { key, token } = await createApiKey(context, request.params.id, wanted);
      reply.code(201);
      return { success: true as const, apiKey: present(key, token) };
    },
  );

  app.delete(
    '/api/operator/teams/:id/api-keys/:keyId',
    { schema: revoke, config: { access: 'operator' } },
    async (request) => {
      await revokeApiKey(context, request.params.id, request.params.keyId);
      return { success: true as const };
    },
  );
}

/** The schema knows the form of a time; whether there is such a time is another question (a 60th second, a year 10000). */
function readTime(text: string): Date {
  const time = new Date(text);
  if (time.getTime() < LAST_TIME) return time;
  throw invalidRequest([{ path: 'expiresAt', message: 'must be a time before the year 9999 in ISO 8601' }]);
}

function present(key: ApiKey, token: string) {
  return {
    id: key.id,
    fullKey: token,
    prefix: key.prefix,
    name: key.name,
    mode: key.mode,
    scopes: key.scopes,
    team_id: key.teamId,
    expires_at: key.expiresAt && isoTime(key.expiresAt),
    created_at: isoTime(key.createdAt),
  };
}
