import { Type } from 'typebox';
import { getNumber } from '../../usecases/get-number.ts';
import { releaseNumber } from '../../usecases/release-number.ts';
import { restoreNumber } from '../../usecases/restore-number.ts';
import { type NumberChange, updateNumber } from '../../usecases/update-number.ts';
import { callerOf } from '../access.ts';
import { failures, NumberId, nullableText, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const URL = '/api/phone-numbers/:id';

const params = strictObject({ id: NumberId });

export const NumberRecord = Type.Object({
  id: Type.String(),
  phone_number: Type.String({ description: 'E.164' }),
  provider: Type.String(),
  provider_number_id: nullableText(),
  mode: Type.String({ description: 'live or test' }),
  status: Type.String({ description: 'purchasing, active, suspended, releasing, released or error' }),
  label: nullableText(),
  deletion_lock: Type.Boolean(),
  is_trial: Type.Boolean(),
  trial_expires_at: nullableText(),
  assistant_id: nullableText(),
  assistant_name: nullableText(),
  connection_id: nullableText(),
  routing_status: Type.String({
    description: 'whether the carrier has the connection that is wanted: in_sync, pending or failed',
  }),
  monthly_price: nullableText({ description: 'USD; null where the carrier did not say' }),
  setup_price: nullableText({ description: 'USD' }),
  release_at: nullableText({ description: 'until when a released number can be restored' }),
  released_at: nullableText({ description: 'when the carrier had it back' }),
  suspended_at: nullableText(),
  suspension_ends_at: nullableText({ description: 'when a suspended number goes back to the carrier' }),
  created_by_email: nullableText(),
  created_by_name: nullableText(),
  created_at: Type.String(),
});

const Answer = Type.Object({ success: Type.Literal(true), phoneNumber: NumberRecord });

const tags = ['Phone numbers'];

const get = {
  summary: 'Get a number',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const update = {
  summary: 'Name a number, or lock it against release',
  tags,
  params,
  body: Type.Object(
    {
      label: Type.Optional(
        Type.Unsafe<string | null>({
          type: ['string', 'null'],
          minLength: 1,
          maxLength: 100,
          description: 'a text of 1 to 100 characters, or null for none',
        }),
      ),
      deletionLock: Type.Optional(Type.Boolean({ description: 'true or false' })),
    },
    {
      additionalProperties: false,
      minProperties: 1,
      description: 'a JSON object with label, deletionLock or both',
    },
  ),
  response: { 200: Answer, ...failures(400, 401, 403, 404) },
};

const release = {
  summary: 'Release a number',
  description:
    'Out of service and out of the plan at once; kept at the carrier for some days, in which it can be restored. With `immediately=true` it goes back now. Repeating it changes nothing.',
  tags,
  params,
  querystring: strictObject({
    immediately: Type.Optional(Type.Boolean({ default: false, description: 'true or false' })),
  }),
  response: { 200: Answer, ...failures(400, 401, 403, 404, 409) },
};

const restore = {
  summary: 'Restore a released number',
  description:
    'While it is still at the carrier, and if the plan has a slot for it. It comes back unassigned.',
  tags,
  params,
  response: { 200: Answer, ...failures(400, 401, 403, 404, 409) },
};

export function phoneNumberRoutes(app: App, { context }: RouteContext): void {
  app.get(URL, { schema: get, config: { access: 'numbers:read' } }, async (request) => ({
    success: true as const,
    phoneNumber: await getNumber(context, callerOf(request), request.params.id),
  }));

  app.patch(URL, { schema: update, config: { access: 'numbers:write' } }, async (request) => ({
    success: true as const,
    phoneNumber: await updateNumber(
      context,
      callerOf(request),
      request.params.id,
      request.body as NumberChange,
    ),
  }));

  app.delete(URL, { schema: release, config: { access: 'numbers:write' } }, async (request) => ({
    success: true as const,
    phoneNumber: await releaseNumber(context, callerOf(request), request.params.id, {
      immediately: request.query.immediately ?? false,
    }),
  }));

  app.post(
    `${URL}/restore`,
    { schema: restore, config: { access: 'numbers:write', limit: 'purchase' } },
    async (request) => ({
      success: true as const,
      phoneNumber: await restoreNumber(context, callerOf(request), request.params.id),
    }),
  );
}
