import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/domain/purchase-failure.ts';
import { REFUSAL_STATUS } from '../../src/domain/refusal.ts';

describe('what the buyer of a failed purchase is told', () => {
  it.each([
    ['number_unavailable', 'number_unavailable', 409],
    ['price_exceeded', 'price_exceeded', 409],
    ['invalid_connection', 'invalid_connection', 400],
    ['regulatory_requirements', 'regulatory_requirements', 422],
    ['carrier_busy', 'carrier_unavailable', 503],
    ['carrier_down', 'carrier_unavailable', 503],
    ['carrier_refused', 'carrier_error', 502],
    ['order_failed', 'carrier_error', 502],
    ['order_lost', 'carrier_error', 502],
  ] as const)('%s', (failure, code, status) => {
    const refusal = refusalOf(failure, '+14155550101');
    expect(refusal.code).toBe(code);
    expect(REFUSAL_STATUS[refusal.code]).toBe(status);
    expect(refusal.message).toMatch(/^\+14155550101 [a-z].+\.$/);
    expect(refusal.details).toEqual(status === 503 ? { retryAfterSeconds: 10 } : {});
  });
});
