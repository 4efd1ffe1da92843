import type { Eligibility } from './eligibility.ts';
import type { Refusal, RefusalCode, RefusalDetails } from './refusal.ts';

/** The number as the buyer gets it. */
export interface PurchasedNumber {
  id: string;
  phoneNumber: string;
  provider: string;
  carrierNumberId: string | null;
  status: 'active' | 'purchasing';
  isTrial: boolean;
  trialExpiresAt: string | null;
}

/** What a purchase request comes to. Plain data, because it is kept under the Idempotency-Key. */
export type PurchaseOutcome =
  | { kind: 'bought'; number: PurchasedNumber; eligibility: Eligibility }
  | { kind: 'refused'; code: RefusalCode; sentence: string; details: RefusalDetails };

/** A refusal in the form in which it is kept. */
export function refusedOutcome({ code, message, details }: Refusal): PurchaseOutcome {
  return { kind: 'refused', code, sentence: message, details };
}
