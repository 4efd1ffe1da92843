import type { WebhookAttempt, WebhookDelivery } from '../db/webhook-deliveries.ts';
import type { WebhookEndpoint } from '../db/webhook-endpoints.ts';
import { isoTime } from '../domain/time.ts';
import { judgeAnswer } from '../domain/webhook-delivery.ts';

/** An endpoint as clients see it: without its secrets. */
export function describeEndpoint(endpoint: WebhookEndpoint) {
  return {
    id: endpoint.id,
    url: endpoint.url,
    description: endpoint.description,
    types: endpoint.types,
    mode: endpoint.mode,
    enabled: endpoint.enabled,
    disabled_reason: endpoint.disabledReason,
    disabled_at: timeOrNull(endpoint.disabledAt),
    failing_since: timeOrNull(endpoint.failingSince),
    previous_secret_expires_at: timeOrNull(endpoint.previousSecretExpiresAt),
    created_at: isoTime(endpoint.createdAt),
    updated_at: isoTime(endpoint.updatedAt),
  };
}

export type EndpointView = ReturnType<typeof describeEndpoint>;

export function describeDelivery(delivery: WebhookDelivery) {
  return {
    id: delivery.id,
    endpoint_id: delivery.endpointId,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    subject: delivery.subject,
    status: delivery.status,
    attempt_count: delivery.attempts,
    next_attempt_at: delivery.status === 'pending' ? isoTime(delivery.nextAttemptAt) : null,
    last_attempt_at: timeOrNull(delivery.lastAttemptAt),
    response_status: delivery.responseStatus,
    created_at: isoTime(delivery.createdAt),
  };
}

export type DeliveryView = ReturnType<typeof describeDelivery>;

export function describeAttempt(attempt: WebhookAttempt) {
  const { responseStatus, error } = attempt;
  const answer = responseStatus === null ? { error: error ?? '' } : { status: responseStatus };
  return {
    attempt: attempt.attempt,
    status: judgeAnswer(answer) === 'delivered' ? ('succeeded' as const) : ('failed' as const),
    at: isoTime(attempt.at),
    duration_ms: attempt.durationMs,
    response_status: responseStatus,
    response_body: attempt.responseBody,
    error,
  };
}

export type AttemptView = ReturnType<typeof describeAttempt>;

function timeOrNull(time: Date | null): string | null {
  return time && isoTime(time);
}
