import type { Eligibility } from './eligibility.ts';
import type { Role } from './roles.ts';

/**
 * Every code a client can be refused with, and its HTTP status. The codes are stable: clients branch on them.
 * Each has its line in docs/errors.md.
 */
export const REFUSAL_STATUS = {
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
} as const;

export type RefusalCode = keyof typeof REFUSAL_STATUS;

/** One thing that is wrong with a request: where (`filters.countryCode`), and what is wanted there. */
export interface Issue {
  path: string;
  message: string;
  /** Where one request can be wrong in several ways: the code that this one alone would have had. */
  code?: RefusalCode;
  /** The assistant that stands in the way. */
  assistant?: { id: string; name: string };
}

export interface RefusalDetails {
  issues?: Issue[];
  eligibility?: Eligibility;
  /** What was looked at before the answer was no, in order, in words. */
  decision?: string[];
  /** Seconds after which trying again makes sense; becomes the header Retry-After. */
  retryAfterSeconds?: number;
  /** What still uses the record, in the form of records. */
  phone_numbers?: { id: string; phone_number: string }[];
  campaigns?: { id: string; name: string }[];
  /** The role that the caller lacks. Clients read of it in the sentence. */
  neededRole?: Role;
}

/** A "no" that the client is meant to read: the sentence says what happened and what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, sentence: string, details: RefusalDetails = {}) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** The refusal of a request with one or more things wrong in it. */
export function invalidRequest(issues: Issue[]): Refusal {
  const [first] = issues;
  const sentence = first ? `${first.path || 'The request'}: ${first.message}` : 'The request is not valid.';
  return new Refusal('invalid_request', sentence, { issues });
}

/** Why a rule says no, as the client will read it. */
export interface Objection {
  code: RefusalCode;
  sentence: string;
  /** Where somebody's role is too low: the least that would do. */
  neededRole?: Role;
}

/**
 * Goes on where a rule has no objection.
 * @throws Refusal with the objection's code
 */
export function refuseFor(objection: Objection | null): void {
  if (!objection) return;
  const { code, sentence, ...details } = objection;
  throw new Refusal(code, sentence, details);
}
