import { Type } from 'typebox';
import { parseE164 } from '../../domain/e164.ts';
import { PRICE_PATTERN } from '../../domain/price.ts';
import type { PurchasedNumber } from '../../domain/purchase-outcome.ts';
import { invalidRequest } from '../../domain/refusal.ts';
import { purchaseNumber } from '../../usecases/purchase-number.ts';
import { callerOfTeam } from '../access.ts';
import { EligibilityView, failures, nullableText, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_:-]{1,255}$/;

const Purchased = Type.Object({
  success: Type.Literal(true),
  phoneNumber: Type.Object({
    id: Type.String(),
    phone_number: Type.String(),
    provider_number_id: nullableText(),
    status: Type.String({ description: 'active, or purchasing while the carrier still works on it' }),
    is_trial: Type.Boolean(),
    trial_expires_at: nullableText(),
    message: Type.String(),
  }),
  eligibility: EligibilityView,
});

const schema = {
  summary: 'Buy a number',
  description:
    'Buys within the plan of the team, at most once: repeat a request with the same Idempotency-Key header and it has the same answer for 24 hours. 202 where the carrier is not done within the wait; the list shows when it is.',
  tags: ['Phone numbers'],
  headers: Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({ description: '1 to 255 characters of A–Z, a–z, 0–9, _, : and -' }),
    ),
  }),
  body: strictObject({
    phoneNumber: Type.String({ maxLength: 32, description: 'a number in E.164 form, like +14155550101' }),
    teamId: TeamId,
    connectionId: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{1,64}$',
        description: "the id of one of the carrier's connections, 1 to 64 letters, digits, - and _",
      }),
    ),
    maxMonthlyPrice: Type.Optional(
      Type.String({
        pattern: PRICE_PATTERN,
        description: 'USD a month as text, with at most four decimals, like "2.00"',
      }),
    ),
  }),
  response: { 200: Purchased, 202: Purchased, ...failures(400, 401, 403, 409, 422, 502, 503) },
};

export function purchaseNumberRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/phone-numbers/purchase',
    { schema, config: { access: 'numbers:write', limit: 'purchase' } },
    async (request, reply) => {
      const { teamId, ...body } = request.body;
      const caller = callerOfTeam(request, teamId);
      const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
      const number = parseE164(body.phoneNumber);
      if (!number.valid) throw invalidRequest([{ path: 'phoneNumber', message: number.message }]);

      const bought = await purchaseNumber(context, caller, {
        ...body,
        phoneNumber: number.phoneNumber,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
      reply.code(bought.number.status === 'active' ? 200 : 202);
      return { success: true as const, phoneNumber: present(bought.number), eligibility: bought.eligibility };
    },
  );
}

function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || IDEMPOTENCY_KEY.test(header)) return header;
  throw invalidRequest([
    { path: 'Idempotency-Key', message: 'must be 1 to 255 characters of A–Z, a–z, 0–9, _, : and -' },
  ]);
}

function present(number: PurchasedNumber) {
  return {
    id: number.id,
    phone_number: number.phoneNumber,
    provider_number_id: number.carrierNumberId && `${number.provider}_${number.carrierNumberId}`,
    status: number.status,
    is_trial: number.isTrial,
    trial_expires_at: number.trialExpiresAt,
    message:
      number.status === 'active'
        ? 'Phone number purchased successfully'
        : 'The carrier is still providing the number; the list of numbers shows when it is active',
  };
}
