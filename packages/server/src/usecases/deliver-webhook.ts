import type { Db } from '../db/database.ts';
import { getEvent } from '../db/events.ts';
import {
  claimDelivery,
  findNextInLine,
  insertAttempt,
  markAttemptFailed,
  markDelivered,
  type WebhookAttempt,
  type WebhookDelivery,
} from '../db/webhook-deliveries.ts';
import {
  clearFailing,
  findEndpointById,
  lockEndpoint,
  updateEndpoint,
  type WebhookEndpoint,
} from '../db/webhook-endpoints.ts';
import { isoTime, later } from '../domain/time.ts';
import { ATTEMPTS_IN_ORDER, FAILING_LIMIT_MS, judgeAnswer, retryWaitMs } from '../domain/webhook-delivery.ts';
import { signedHeaders } from '../domain/webhook-signature.ts';
import type { OutboundAnswer } from '../outbound/outbound.ts';
import type { Context } from './context.ts';
import { describeEvents } from './describe-events.ts';
import { mailSwitchedOff, switchOffEndpoint } from './switch-off-endpoint.ts';

/** Whoever takes a delivery in hand has this long, far more than the time-out of the request: then another may, ms. */
const LEASE_MS = 30_000;

/**
 * Sends a delivery that is due, once, and writes down what came of it: the job behind every delivery, and harmless to
 * repeat. The attempt is committed before it is made, so that of two workers one sends; one that dies in between leaves
 * the delivery due again when its lease is over. A receiver may therefore get an event twice, and never not at all.
 *
 * @returns the attempt; nothing where it is not the delivery's time, or others come first
 */
export async function deliverWebhook(
  context: Context,
  deliveryId: string,
): Promise<WebhookAttempt | undefined> {
  const now = context.clock.now();
  const delivery = await claimDelivery(context.db, deliveryId, { now, leaseEndsAt: later(now, LEASE_MS) });
  const endpoint = delivery && (await findEndpointById(context.db, delivery.endpointId));
  if (!delivery || !endpoint) return undefined;

  const answer = await send(context, endpoint, delivery, now);
  const attempt = attemptOf(delivery, now, answer);
  const outcome = { verdict: judgeAnswer(answer), url: endpoint.url };
  const switchedOff = await context.db.transaction((tx) => finish(context, tx, delivery, attempt, outcome));
  if (switchedOff) await mailSwitchedOff(context, endpoint, switchedOff);
  return attempt;
}

async function send(
  context: Context,
  endpoint: WebhookEndpoint,
  { eventId }: WebhookDelivery,
  now: Date,
): Promise<OutboundAnswer> {
  const event = await getEvent(context.db, eventId);
  const [data] = await describeEvents(context.db, [event]);
  const body = JSON.stringify({ type: event.type, timestamp: isoTime(event.createdAt), data });
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Talkturo-Webhooks/1',
    // The event's id, also when it is sent again: receivers know by it what they have had.
    ...signedHeaders(secretsOf(endpoint, now), { id: eventId, at: now, body }),
  };
  return context.outbound.post(endpoint.url, headers, body);
}

/** The newest first. */
function secretsOf(
  { secret, previousSecret, previousSecretExpiresAt }: WebhookEndpoint,
  now: Date,
): string[] {
  const overlaps =
    previousSecret !== null && previousSecretExpiresAt !== null && previousSecretExpiresAt > now;
  return overlaps ? [secret, previousSecret] : [secret];
}

function attemptOf({ id, attempts }: WebhookDelivery, at: Date, answer: OutboundAnswer): WebhookAttempt {
  const { durationMs } = answer;
  const what = { deliveryId: id, attempt: attempts, at, durationMs };
  if (!('status' in answer))
    return { ...what, responseStatus: null, responseBody: null, error: answer.error };
  const isRedirect = answer.status >= 300 && answer.status < 400;
  return {
    ...what,
    responseStatus: answer.status,
    responseBody: answer.body,
    error: isRedirect ? 'redirects are not followed: give the address that it leads to' : null,
  };
}

/** Endpoint first, then delivery: whoever switches the endpoint off does it in this order too. */
async function finish(
  context: Context,
  tx: Db,
  delivery: WebhookDelivery,
  attempt: WebhookAttempt,
  { verdict, url }: { verdict: ReturnType<typeof judgeAnswer>; url: string },
): Promise<'failing' | 'gone' | null> {
  const endpoint = await lockEndpoint(tx, delivery.endpointId);
  // Deleted meanwhile, and its deliveries with it.
  if (!endpoint) return null;
  await insertAttempt(tx, attempt);
  if (verdict === 'delivered') {
    await markDelivered(tx, delivery.id, {
      responseStatus: attempt.responseStatus ?? 0,
      updatedAt: context.clock.now(),
    });
    await clearFailing(tx, endpoint.id);
    await wakeNext(context, tx, delivery);
    return null;
  }
  // An address that was called before the endpoint got another says nothing about that one.
  const reason = url === endpoint.url ? await reasonToSwitchOff(context, tx, endpoint, verdict) : null;
  await retryLater(context, tx, delivery, attempt, endpoint.enabled && reason === null);
  if (reason) await switchOffEndpoint(context, tx, endpoint, reason);
  return reason;
}

/** Notes since when nothing comes through. */
async function reasonToSwitchOff(
  context: Context,
  tx: Db,
  { id, enabled, failingSince }: WebhookEndpoint,
  verdict: 'gone' | 'failed',
): Promise<'failing' | 'gone' | null> {
  const now = context.clock.now();
  if (!enabled) return null;
  if (failingSince === null) await updateEndpoint(tx, id, { failingSince: now });
  if (verdict === 'gone') return 'gone';
  const failingForMs = now.getTime() - (failingSince ?? now).getTime();
  return failingForMs >= FAILING_LIMIT_MS ? 'failing' : null;
}

async function retryLater(
  context: Context,
  tx: Db,
  delivery: WebhookDelivery,
  { responseStatus }: WebhookAttempt,
  isWorthIt: boolean,
): Promise<void> {
  const now = context.clock.now();
  const waitMs = isWorthIt ? retryWaitMs(delivery.attempts, Math.random()) : null;
  const nextAttemptAt = later(now, waitMs ?? 0);
  const status = waitMs === null ? 'failed' : 'pending';
  await markAttemptFailed(tx, delivery, { status, nextAttemptAt, responseStatus, updatedAt: now });
  if (waitMs !== null) await enqueue(context, tx, delivery, nextAttemptAt);
  if (waitMs === null || delivery.attempts >= ATTEMPTS_IN_ORDER) await wakeNext(context, tx, delivery);
}

/** The one behind it, about the same record, may have been waiting for this. */
async function wakeNext(context: Context, tx: Db, delivery: WebhookDelivery): Promise<void> {
  const next = await findNextInLine(tx, delivery);
  if (next) await enqueue(context, tx, next, next.nextAttemptAt);
}

async function enqueue({ queue }: Context, tx: Db, { id, teamId }: WebhookDelivery, at: Date): Promise<void> {
  await queue.enqueue(tx, 'deliver-webhook', { deliveryId: id, teamId }, at);
}
