import type { Eligibility } from './eligibility.ts';
import { REFUSAL_STATUS, type Refusal, type RefusalCode, type RefusalDetails } from './refusal.ts';

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

/** A refusal in the form in which it is kept. */
export interface RefusedOutcome {
  kind: 'refused';
  code: RefusalCode;
  sentence: string;
  details: RefusalDetails;
}

/** What became of one number. */
export type NumberOutcome = { kind: 'bought'; number: PurchasedNumber } | RefusedOutcome;

/** What a purchase request comes to. Plain data, because it is kept under the Idempotency-Key. */
export type PurchaseOutcome =
  | { kind: 'bought'; number: PurchasedNumber; eligibility: Eligibility }
  | RefusedOutcome;

/** What a request for several numbers comes to: one of each of them, or a refusal of all. */
export type BulkOutcome = { kind: 'done'; results: BulkResult[]; eligibility: Eligibility } | RefusedOutcome;

/** How one of several numbers began. Plain data, because it is kept under the Idempotency-Key. */
export type StartedNumber =
  | { phoneNumber: string; orderId: string }
  | { phoneNumber: string; refused: RefusedOutcome };

export interface BulkResult {
  phoneNumber: string;
  outcome: NumberOutcome;
}

export function refusedOutcome({ code, message, details }: Refusal): RefusedOutcome {
  return { kind: 'refused', code, sentence: message, details };
}

/** Whether the carrier was the reason, so that trying again could end better. */
export function isCarriersFailure(outcome: { kind: string; code?: RefusalCode }): boolean {
  return outcome.code !== undefined && REFUSAL_STATUS[outcome.code] >= 500;
}
