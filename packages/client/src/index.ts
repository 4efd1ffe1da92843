export * from './errors.ts';
export type { paths } from './generated/api.ts';
export * from './generated/errors.ts';
export { API_VERSION } from './generated/version.ts';
export type { Listing } from './listing.ts';
export { PurchaseFailedError, PurchasePendingError, type PurchaseWait } from './purchase-wait.ts';
export type * from './records.ts';
export type { PurchaseOptions } from './resources/phone-numbers.ts';
export type { Fetch, Logger, RequestOptions } from './send.ts';
export { Talkturo, type TalkturoOptions } from './talkturo.ts';
export {
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookEvent,
  type WebhookHeaders,
  WebhookVerificationError,
  type WebhookVerificationReason,
} from './verify-webhook.ts';
