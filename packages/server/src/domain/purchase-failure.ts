import { Refusal, type RefusalCode } from './refusal.ts';

/** Why a purchase came to nothing: what is stored, and what the buyer is told. */
const FAILURES = {
  number_unavailable: {
    code: 'number_unavailable',
    sentence: 'is not available at the carrier any more. Search again and choose another number.',
  },
  price_exceeded: {
    code: 'price_exceeded',
    sentence:
      'costs more a month than maxMonthlyPrice allows. Raise maxMonthlyPrice or choose another number.',
  },
  invalid_connection: {
    code: 'invalid_connection',
    sentence: 'was not bought: the carrier does not know this connectionId. Check it, or leave it out.',
  },
  regulatory_requirements: {
    code: 'regulatory_requirements',
    sentence:
      'needs documents that its country asks for, which this service cannot send yet. Choose another number.',
  },
  carrier_busy: {
    code: 'carrier_unavailable',
    sentence: 'was not bought: the carrier is taking no more orders just now. Try again in a moment.',
  },
  carrier_down: {
    code: 'carrier_unavailable',
    sentence: 'was not bought: the carrier cannot be reached just now. Try again in a moment.',
  },
  carrier_refused: {
    code: 'carrier_error',
    sentence:
      'was not bought: the carrier refused the order for a reason on our side. The operators can see why.',
  },
  order_failed: {
    code: 'carrier_error',
    sentence: 'was not bought: the carrier took the order and could not deliver it. Choose another number.',
  },
  order_lost: {
    code: 'carrier_error',
    sentence: 'was not bought: the order never arrived at the carrier. Try again.',
  },
} as const satisfies Record<string, { code: RefusalCode; sentence: string }>;

export type PurchaseFailure = keyof typeof FAILURES;

/** Try again after this many seconds where the carrier was the reason. */
const CARRIER_RETRY_SECONDS = 10;

/** The refusal that the buyer of a failed purchase gets. Nothing was bought and the slot is free, whatever the reason. */
export function refusalOf(failure: PurchaseFailure, phoneNumber: string): Refusal {
  const { code, sentence } = FAILURES[failure];
  return new Refusal(
    code,
    `${phoneNumber} ${sentence}`,
    code === 'carrier_unavailable' ? { retryAfterSeconds: CARRIER_RETRY_SECONDS } : {},
  );
}
