// Written by `npm run generate` from the server’s own description. Do not edit.
import { RefusalError } from '../errors.ts';

/** 400 `invalid_request` */
export class InvalidRequestError extends RefusalError {
  override readonly name = 'InvalidRequestError';
  declare readonly code: 'invalid_request';
}

/** 400 `invalid_connection` */
export class InvalidConnectionError extends RefusalError {
  override readonly name = 'InvalidConnectionError';
  declare readonly code: 'invalid_connection';
}

/** 400 `invalid_signature` */
export class InvalidSignatureError extends RefusalError {
  override readonly name = 'InvalidSignatureError';
  declare readonly code: 'invalid_signature';
}

/** 400 `invalid_token` */
export class InvalidTokenError extends RefusalError {
  override readonly name = 'InvalidTokenError';
  declare readonly code: 'invalid_token';
}

/** 401 `unauthorized` */
export class UnauthorizedError extends RefusalError {
  override readonly name = 'UnauthorizedError';
  declare readonly code: 'unauthorized';
}

/** 401 `invalid_credentials` */
export class InvalidCredentialsError extends RefusalError {
  override readonly name = 'InvalidCredentialsError';
  declare readonly code: 'invalid_credentials';
}

/** 403 `forbidden` */
export class ForbiddenError extends RefusalError {
  override readonly name = 'ForbiddenError';
  declare readonly code: 'forbidden';
}

/** 403 `forbidden_origin` */
export class ForbiddenOriginError extends RefusalError {
  override readonly name = 'ForbiddenOriginError';
  declare readonly code: 'forbidden_origin';
}

/** 403 `email_not_verified` */
export class EmailNotVerifiedError extends RefusalError {
  override readonly name = 'EmailNotVerifiedError';
  declare readonly code: 'email_not_verified';
}

/** 403 `plan_limit_reached` */
export class PlanLimitReachedError extends RefusalError {
  override readonly name = 'PlanLimitReachedError';
  declare readonly code: 'plan_limit_reached';
}

/** 403 `trial_already_used` */
export class TrialAlreadyUsedError extends RefusalError {
  override readonly name = 'TrialAlreadyUsedError';
  declare readonly code: 'trial_already_used';
}

/** 403 `team_limit_reached` */
export class TeamLimitReachedError extends RefusalError {
  override readonly name = 'TeamLimitReachedError';
  declare readonly code: 'team_limit_reached';
}

/** 403 `invitation_for_another` */
export class InvitationForAnotherError extends RefusalError {
  override readonly name = 'InvitationForAnotherError';
  declare readonly code: 'invitation_for_another';
}

/** 403 `endpoint_limit_reached` */
export class EndpointLimitReachedError extends RefusalError {
  override readonly name = 'EndpointLimitReachedError';
  declare readonly code: 'endpoint_limit_reached';
}

/** 403 `assistant_limit_reached` */
export class AssistantLimitReachedError extends RefusalError {
  override readonly name = 'AssistantLimitReachedError';
  declare readonly code: 'assistant_limit_reached';
}

/** 404 `not_found` */
export class NotFoundError extends RefusalError {
  override readonly name = 'NotFoundError';
  declare readonly code: 'not_found';
}

/** 409 `number_unavailable` */
export class NumberUnavailableError extends RefusalError {
  override readonly name = 'NumberUnavailableError';
  declare readonly code: 'number_unavailable';
}

/** 409 `number_already_owned` */
export class NumberAlreadyOwnedError extends RefusalError {
  override readonly name = 'NumberAlreadyOwnedError';
  declare readonly code: 'number_already_owned';
}

/** 409 `price_exceeded` */
export class PriceExceededError extends RefusalError {
  override readonly name = 'PriceExceededError';
  declare readonly code: 'price_exceeded';
}

/** 409 `purchase_in_progress` */
export class PurchaseInProgressError extends RefusalError {
  override readonly name = 'PurchaseInProgressError';
  declare readonly code: 'purchase_in_progress';
}

/** 409 `deletion_locked` */
export class DeletionLockedError extends RefusalError {
  override readonly name = 'DeletionLockedError';
  declare readonly code: 'deletion_locked';
}

/** 409 `already_released` */
export class AlreadyReleasedError extends RefusalError {
  override readonly name = 'AlreadyReleasedError';
  declare readonly code: 'already_released';
}

/** 409 `already_verified` */
export class AlreadyVerifiedError extends RefusalError {
  override readonly name = 'AlreadyVerifiedError';
  declare readonly code: 'already_verified';
}

/** 409 `last_owner` */
export class LastOwnerError extends RefusalError {
  override readonly name = 'LastOwnerError';
  declare readonly code: 'last_owner';
}

/** 409 `already_member` */
export class AlreadyMemberError extends RefusalError {
  override readonly name = 'AlreadyMemberError';
  declare readonly code: 'already_member';
}

/** 409 `invitation_used` */
export class InvitationUsedError extends RefusalError {
  override readonly name = 'InvitationUsedError';
  declare readonly code: 'invitation_used';
}

/** 409 `invitation_expired` */
export class InvitationExpiredError extends RefusalError {
  override readonly name = 'InvitationExpiredError';
  declare readonly code: 'invitation_expired';
}

/** 409 `invitation_limit_reached` */
export class InvitationLimitReachedError extends RefusalError {
  override readonly name = 'InvitationLimitReachedError';
  declare readonly code: 'invitation_limit_reached';
}

/** 409 `campaign_not_running` */
export class CampaignNotRunningError extends RefusalError {
  override readonly name = 'CampaignNotRunningError';
  declare readonly code: 'campaign_not_running';
}

/** 409 `outbound_off` */
export class OutboundOffError extends RefusalError {
  override readonly name = 'OutboundOffError';
  declare readonly code: 'outbound_off';
}

/** 409 `no_caller_id` */
export class NoCallerIdError extends RefusalError {
  override readonly name = 'NoCallerIdError';
  declare readonly code: 'no_caller_id';
}

/** 409 `not_assignable` */
export class NotAssignableError extends RefusalError {
  override readonly name = 'NotAssignableError';
  declare readonly code: 'not_assignable';
}

/** 409 `already_assigned` */
export class AlreadyAssignedError extends RefusalError {
  override readonly name = 'AlreadyAssignedError';
  declare readonly code: 'already_assigned';
}

/** 409 `assistant_in_use` */
export class AssistantInUseError extends RefusalError {
  override readonly name = 'AssistantInUseError';
  declare readonly code: 'assistant_in_use';
}

/** 409 `campaign_state` */
export class CampaignStateError extends RefusalError {
  override readonly name = 'CampaignStateError';
  declare readonly code: 'campaign_state';
}

/** 409 `campaign_incomplete` */
export class CampaignIncompleteError extends RefusalError {
  override readonly name = 'CampaignIncompleteError';
  declare readonly code: 'campaign_incomplete';
}

/** 409 `campaign_running` */
export class CampaignRunningError extends RefusalError {
  override readonly name = 'CampaignRunningError';
  declare readonly code: 'campaign_running';
}

/** 409 `idempotency_in_progress` */
export class IdempotencyInProgressError extends RefusalError {
  override readonly name = 'IdempotencyInProgressError';
  declare readonly code: 'idempotency_in_progress';
}

/** 409 `reconciliation_in_progress` */
export class ReconciliationInProgressError extends RefusalError {
  override readonly name = 'ReconciliationInProgressError';
  declare readonly code: 'reconciliation_in_progress';
}

/** 422 `idempotency_key_reused` */
export class IdempotencyKeyReusedError extends RefusalError {
  override readonly name = 'IdempotencyKeyReusedError';
  declare readonly code: 'idempotency_key_reused';
}

/** 422 `regulatory_requirements` */
export class RegulatoryRequirementsError extends RefusalError {
  override readonly name = 'RegulatoryRequirementsError';
  declare readonly code: 'regulatory_requirements';
}

/** 429 `rate_limited` */
export class RateLimitedError extends RefusalError {
  override readonly name = 'RateLimitedError';
  declare readonly code: 'rate_limited';
}

/** 500 `internal` */
export class InternalError extends RefusalError {
  override readonly name = 'InternalError';
  declare readonly code: 'internal';
}

/** 502 `carrier_error` */
export class CarrierError extends RefusalError {
  override readonly name = 'CarrierError';
  declare readonly code: 'carrier_error';
}

/** 503 `carrier_unavailable` */
export class CarrierUnavailableError extends RefusalError {
  override readonly name = 'CarrierUnavailableError';
  declare readonly code: 'carrier_unavailable';
}

/** 503 `webhooks_off` */
export class WebhooksOffError extends RefusalError {
  override readonly name = 'WebhooksOffError';
  declare readonly code: 'webhooks_off';
}

/** 503 `not_ready` */
export class NotReadyError extends RefusalError {
  override readonly name = 'NotReadyError';
  declare readonly code: 'not_ready';
}

/** The class of each code. */
export const REFUSALS = {
  invalid_request: InvalidRequestError,
  invalid_connection: InvalidConnectionError,
  invalid_signature: InvalidSignatureError,
  invalid_token: InvalidTokenError,
  unauthorized: UnauthorizedError,
  invalid_credentials: InvalidCredentialsError,
  forbidden: ForbiddenError,
  forbidden_origin: ForbiddenOriginError,
  email_not_verified: EmailNotVerifiedError,
  plan_limit_reached: PlanLimitReachedError,
  trial_already_used: TrialAlreadyUsedError,
  team_limit_reached: TeamLimitReachedError,
  invitation_for_another: InvitationForAnotherError,
  endpoint_limit_reached: EndpointLimitReachedError,
  assistant_limit_reached: AssistantLimitReachedError,
  not_found: NotFoundError,
  number_unavailable: NumberUnavailableError,
  number_already_owned: NumberAlreadyOwnedError,
  price_exceeded: PriceExceededError,
  purchase_in_progress: PurchaseInProgressError,
  deletion_locked: DeletionLockedError,
  already_released: AlreadyReleasedError,
  already_verified: AlreadyVerifiedError,
  last_owner: LastOwnerError,
  already_member: AlreadyMemberError,
  invitation_used: InvitationUsedError,
  invitation_expired: InvitationExpiredError,
  invitation_limit_reached: InvitationLimitReachedError,
  campaign_not_running: CampaignNotRunningError,
  outbound_off: OutboundOffError,
  no_caller_id: NoCallerIdError,
  not_assignable: NotAssignableError,
  already_assigned: AlreadyAssignedError,
  assistant_in_use: AssistantInUseError,
  campaign_state: CampaignStateError,
  campaign_incomplete: CampaignIncompleteError,
  campaign_running: CampaignRunningError,
  idempotency_in_progress: IdempotencyInProgressError,
  reconciliation_in_progress: ReconciliationInProgressError,
  idempotency_key_reused: IdempotencyKeyReusedError,
  regulatory_requirements: RegulatoryRequirementsError,
  rate_limited: RateLimitedError,
  internal: InternalError,
  carrier_error: CarrierError,
  carrier_unavailable: CarrierUnavailableError,
  webhooks_off: WebhooksOffError,
  not_ready: NotReadyError,
} as const;

/** Every code that this version knows. */
export type RefusalCode = keyof typeof REFUSALS;
