import { describe, expect, it } from 'vitest';
import { invalidRequest, REFUSAL_STATUS, Refusal } from '../../src/domain/refusal.ts';

describe('refusals', () => {
  it('have the codes and statuses of the contract', () => {
    expect(REFUSAL_STATUS).toEqual({
      invalid_request: 400,
      invalid_connection: 400,
      invalid_signature: 400,
      invalid_token: 400,
      unauthorized: 401,
      invalid_credentials: 401,
      forbidden: 403,
      forbidden_origin: 403,
      email_not_verified: 403,
      plan_limit_reached: 403,
      trial_already_used: 403,
      team_limit_reached: 403,
      invitation_for_another: 403,
      endpoint_limit_reached: 403,
      assistant_limit_reached: 403,
      not_found: 404,
      number_unavailable: 409,
      number_already_owned: 409,
      price_exceeded: 409,
      purchase_in_progress: 409,
      deletion_locked: 409,
      already_released: 409,
      already_verified: 409,
      last_owner: 409,
      already_member: 409,
      invitation_used: 409,
      invitation_expired: 409,
      invitation_limit_reached: 409,
      campaign_not_running: 409,
      outbound_off: 409,
      no_caller_id: 409,
      not_assignable: 409,
      already_assigned: 409,
      assistant_in_use: 409,
      campaign_state: 409,
      campaign_incomplete: 409,
      campaign_running: 409,
      idempotency_in_progress: 409,
      reconciliation_in_progress: 409,
      idempotency_key_reused: 422,
      regulatory_requirements: 422,
      rate_limited: 429,
      internal: 500,
      carrier_error: 502,
      carrier_unavailable: 503,
      webhooks_off: 503,
      not_ready: 503,
    });
  });

  it('carry their sentence and details', () => {
    const refusal = new Refusal('carrier_unavailable', 'Try again.', { retryAfterSeconds: 3 });
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      code: 'carrier_unavailable',
      message: 'Try again.',
      details: { retryAfterSeconds: 3 },
    });
    expect(new Refusal('not_found', 'No.').details).toEqual({});
  });

  it.each([
    [[{ path: 'filters.limit', message: 'must be small' }], 'filters.limit: must be small'],
    [
      [
        { path: 'a', message: 'is first' },
        { path: 'b', message: 'is second' },
      ],
      'a: is first',
    ],
    [[{ path: '', message: 'is empty' }], 'The request: is empty'],
    [[], 'The request is not valid.'],
  ])('say the first thing that is wrong of %j', (issues, sentence) => {
    const refusal = invalidRequest(issues);
    expect(refusal).toMatchObject({ code: 'invalid_request', message: sentence, details: { issues } });
  });
});
