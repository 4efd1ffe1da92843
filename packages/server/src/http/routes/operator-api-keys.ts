import { Type } from 'typebox';
import { createApiKey, type NewApiKey } from '../../usecases/create-api-key.ts';
import { revokeApiKey } from '../../usecases/revoke-api-key.ts';
import { keyWish, MadeKeyAnswer, presentMade, readWish } from '../api-key-schemas.ts';
import { failures, Success, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const create = {
  summary: 'Make an API key for a team',
  description: '`fullKey` is shown this once and cannot be had again.',
  tags: ['Operator'],
  params: strictObject({ id: Type.String() }),
  body: strictObject({
    ...keyWish,
    createdByEmail: Type.Optional(
      Type.String({
        format: 'email',
        maxLength: 254,
        description: 'the e-mail address of a member of the team',
      }),
    ),
  }),
  response: { 201: MadeKeyAnswer, ...failures(400, 401, 404) },
};

const revoke = {
  summary: 'Revoke an API key',
  description: 'It stops at once, on every server.',
  tags: ['Operator'],
  params: strictObject({ id: Type.String(), keyId: Type.String() }),
  response: { 200: Success, ...failures(401, 404) },
};

export function operatorApiKeyRoutes(app: App, { context }: RouteContext): void {
  app.post(
    '/api/operator/teams/:id/api-keys',
    { schema: create, config: { access: 'operator' } },
    async (request, reply) => {
      const made = await createApiKey(context, request.params.id, readWish(request.body) as NewApiKey);
      reply.code(201);
      return presentMade(made);
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
