import { Type } from 'typebox';
import { PRICE_PATTERN } from '../domain/price.ts';
import type { PurchasedNumber } from '../domain/purchase-outcome.ts';
import { invalidRequest } from '../domain/refusal.ts';
import { CONNECTION_ID, nullableText } from './schemas.ts';

/* What the purchase of one number and that of several have in common. */

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_:-]{1,255}$/;

export const PurchaseHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: '1 to 255 characters of A–Z, a–z, 0–9, _, : and -' }),
  ),
});

export const WantedPhoneNumber = Type.String({
  maxLength: 32,
  description: 'a number in E.164 form, like +14155550101',
});

/** How numbers are bought, whichever they are. */
export const purchaseTerms = {
  connectionId: Type.Optional(Type.String(CONNECTION_ID)),
  maxMonthlyPrice: Type.Optional(
    Type.String({
      pattern: PRICE_PATTERN,
      description: 'USD a month as text, with at most four decimals, like "2.00"',
    }),
  ),
};

export const PurchasedView = Type.Object({
  id: Type.String(),
  phone_number: Type.String(),
  provider_number_id: nullableText(),
  status: Type.String({ description: 'active, or purchasing while the carrier still works on it' }),
  is_trial: Type.Boolean(),
  trial_expires_at: nullableText(),
  message: Type.String(),
});

/** @throws Refusal `invalid_request` */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || IDEMPOTENCY_KEY.test(header)) return header;
  throw invalidRequest([
    { path: 'Idempotency-Key', message: 'must be 1 to 255 characters of A–Z, a–z, 0–9, _, : and -' },
  ]);
}

export function presentPurchased(number: PurchasedNumber) {
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
