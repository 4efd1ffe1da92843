import { type Static, Type } from 'typebox';
import type { SearchFilters } from '../../carriers/carrier.ts';
import type { BulkResult } from '../../domain/purchase-outcome.ts';
import { invalidRequest } from '../../domain/refusal.ts';
import type { WantedNumbers } from '../../usecases/choose-numbers.ts';
import { purchaseNumbers } from '../../usecases/purchase-numbers.ts';
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
import { filterFields } from '../search-filters.ts';
import type { App, RouteContext } from '../server.ts';

/** The most numbers of one request. */
const MAX_NUMBERS = 50;

const Body = strictObject({
  teamId: TeamId,
  phoneNumbers: Type.Optional(
    Type.Array(WantedPhoneNumber, {
      minItems: 1,
      maxItems: MAX_NUMBERS,
      description: `a list of 1 to ${MAX_NUMBERS} numbers in E.164 form`,
    }),
  ),
  filters: Type.Optional(strictObject(filterFields, 'an object of search filters with at least countryCode')),
  quantity: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MAX_NUMBERS,
      description: `a whole number from 1 to ${MAX_NUMBERS}, beside filters`,
    }),
  ),
  ...purchaseTerms,
  allOrNothing: Type.Optional(Type.Boolean({ description: 'true or false', default: false })),
});

const Done = Type.Object({
  success: Type.Literal(true),
  results: Type.Array(
    Type.Object({
      phone_number: Type.String(),
      success: Type.Boolean(),
      phoneNumber: Type.Optional(PurchasedView),
      error: Type.Optional(Type.String()),
      code: Type.Optional(Type.String()),
    }),
  ),
  purchased: Type.Integer({ description: 'how many are active' }),
  purchasing: Type.Integer({ description: 'how many the carrier still works on' }),
  failed: Type.Integer(),
  eligibility: EligibilityView,
});

const schema = {
  summary: 'Buy several numbers',
  description:
    'Buys numbers that are named, or the first that a search offers, each with an order of its own. As many as the plan has room for are started and each result says what became of it; with allOrNothing all are started or none. The same Idempotency-Key header gives the same answer for 24 hours. 202 where the carrier is not done with all of them within the wait.',
  tags: ['Phone numbers'],
  headers: PurchaseHeaders,
  body: Body,
  response: { 200: Done, 202: Done, ...failures(400, 401, 403, 409, 422, 502, 503) },
};

export function purchaseNumbersRoute(app: App, { context }: RouteContext): void {
  app.post(
    '/api/phone-numbers/purchase/bulk',
    { schema, config: { access: 'numbers:write', limit: 'purchase' } },
    async (request, reply) => {
      const { teamId, connectionId, maxMonthlyPrice, allOrNothing = false } = request.body;
      const caller = callerOfTeam(request, teamId);
      const { results, eligibility } = await purchaseNumbers(context, caller, {
        wanted: readWanted(request.body),
        connectionId,
        maxMonthlyPrice,
        allOrNothing,
        idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
      });
      const counts = count(results);
      reply.code(counts.purchasing === 0 ? 200 : 202);
      return { success: true as const, results: results.map(present), ...counts, eligibility };
    },
  );
}

/** @throws Refusal `invalid_request` where it is neither numbers nor filters with a quantity, or both */
function readWanted({ phoneNumbers, filters, quantity }: Static<typeof Body>): WantedNumbers {
  if (phoneNumbers && (filters || quantity !== undefined)) {
    const path = filters ? 'filters' : 'quantity';
    throw invalidRequest([{ path, message: 'does not go with phoneNumbers; send one or the other' }]);
  }
  if (phoneNumbers) return { phoneNumbers };
  if (!filters) {
    throw invalidRequest([
      { path: 'phoneNumbers', message: 'is required: a list of numbers, or filters and a quantity instead' },
    ]);
  }
  if (quantity === undefined) {
    throw invalidRequest([{ path: 'quantity', message: 'is required: how many numbers to buy' }]);
  }
  return {
    filters: { ...filters, numberType: filters.numberType ?? 'local' } as Omit<SearchFilters, 'limit'>,
    quantity,
  };
}

function count(results: readonly BulkResult[]) {
  const counts = { purchased: 0, purchasing: 0, failed: 0 };
  for (const { outcome } of results) {
    if (outcome.kind === 'refused') counts.failed += 1;
    else if (outcome.number.status === 'active') counts.purchased += 1;
    else counts.purchasing += 1;
  }
  return counts;
}

function present({ phoneNumber, outcome }: BulkResult) {
  return outcome.kind === 'refused'
    ? { phone_number: phoneNumber, success: false, error: outcome.sentence, code: outcome.code }
    : { phone_number: phoneNumber, success: true, phoneNumber: presentPurchased(outcome.number) };
}
