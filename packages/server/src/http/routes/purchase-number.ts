import { Type } from 'typebox';
import { parseE164 } from '../../domain/e164.ts';
import { invalidRequest } from '../../domain/refusal.ts';
import { purchaseNumber } from '../../usecases/purchase-number.ts';
import { callerOfTeam } from '../access.ts';
import {
  PurchasedView,
  PurchaseHeaders,
  presentPurchased,
  purchaseTerms,
  readIdempotencyKey,
  WantedPhoneNumber,
} from '../purchases.ts';
import { EligibilityView, failures, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const Purchased = Type.Object({
  success: Type.Literal(true),
  phoneNumber: PurchasedView,
  eligibility: EligibilityView,
});

const schema = {
  summary: 'Buy a number',
  description:
    'Buys within the plan of the team, at most once: repeat a request with the same Idempotency-Key header and it has the same answer for 24 hours. 202 where the carrier is not done within the wait; the list shows when it is.',
  tags: ['Phone numbers'],
  headers: PurchaseHeaders,
  body: strictObject({ phoneNumber: WantedPhoneNumber, teamId: TeamId, ...purchaseTerms }),
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
      return {
        success: true as const,
        phoneNumber: presentPurchased(bought.number),
        eligibility: bought.eligibility,
      };
    },
  );
}
