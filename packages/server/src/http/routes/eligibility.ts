import { Type } from 'typebox';
import { parseE164 } from '../../domain/e164.ts';
import { invalidRequest } from '../../domain/refusal.ts';
import { checkEligibility } from '../../usecases/check-eligibility.ts';
import { callerOfTeam } from '../access.ts';
import { EligibilityView, failures, OfferView, strictObject, TeamId } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const schema = {
  summary: 'Ask whether a purchase would go through',
  description: 'Quota, trial, mode, stock and price in one answer; buys and reserves nothing.',
  tags: ['Phone numbers'],
  body: strictObject({
    teamId: TeamId,
    phoneNumber: Type.Optional(
      Type.String({ maxLength: 32, description: 'a number in E.164 form, like +14155550101' }),
    ),
  }),
  response: {
    200: Type.Object({
      success: Type.Literal(true),
      eligible: Type.Boolean(),
      mode: Type.String({ description: 'live or test' }),
      asTrial: Type.Boolean({ description: 'whether the number would be a trial' }),
      eligibility: EligibilityView,
      offer: Type.Union([OfferView, Type.Null()]),
      refusals: Type.Array(
        Type.Object({
          code: Type.String(),
          error: Type.String({ description: 'what is in the way, and what to do' }),
        }),
      ),
    }),
    ...failures(400, 401, 403),
  },
};

export function eligibilityRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/phone-numbers/eligibility',
    {
      schema, // It asks the carrier what a search asks.
      config: { access: 'numbers:read', limit: 'search' },
    },
    async (request) => {
      const { teamId, phoneNumber } = request.body;
      const caller = callerOfTeam(request, teamId);
      const number = phoneNumber === undefined ? undefined : parseE164(phoneNumber);
      if (number?.valid === false) throw invalidRequest([{ path: 'phoneNumber', message: number.message }]);
      const { obstacles, ...preflight } = await checkEligibility(context, caller, number?.phoneNumber);
      return { success: true as const, ...preflight, refusals: obstacles };
    },
  );
}
