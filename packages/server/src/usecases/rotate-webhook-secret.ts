import { lockTeam } from '../db/teams.ts';
import { updateEndpoint } from '../db/webhook-endpoints.ts';
import { isoTime, later } from '../domain/time.ts';
import { newWebhookSecret } from '../domain/webhook-signature.ts';
import type { Caller, Context } from './context.ts';
import { describeEndpoint, type EndpointView } from './describe-webhooks.ts';
import { lockOwnEndpoint } from './find-own-endpoint.ts';
import { recordEvent } from './record-event.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Gives a webhook endpoint a new secret. Until the overlap is over the old one signs too, so that the receiver can
 * change over without losing anything; a secret from before the old one stops at once.
 * @param overlapHours 0: the old one stops now
 * @returns the endpoint, and its new secret, which can be seen only here
 * @throws Refusal `not_found`
 */
export async function rotateWebhookSecret(
  context: Context,
  caller: Caller,
  id: string,
  overlapHours: number,
): Promise<EndpointView & { secret: string }> {
  const now = context.clock.now();
  const overlapEndsAt = overlapHours === 0 ? null : later(now, overlapHours * HOUR_MS);
  const endpoint = await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const before = await lockOwnEndpoint(tx, caller, id);
    const after = await updateEndpoint(tx, id, {
      secret: newWebhookSecret(),
      previousSecret: overlapEndsAt && before.secret,
      previousSecretExpiresAt: overlapEndsAt,
      updatedAt: now,
    });
    // Without the secrets: events are for everybody in the team.
    await recordEvent(context, tx, {
      teamId: after.teamId,
      mode: after.mode,
      type: 'webhook_endpoint.secret_rotated',
      subject: id,
      actor: caller.actor,
      before: { previous_secret_expires_at: timeOrNull(before.previousSecretExpiresAt) },
      after: { previous_secret_expires_at: timeOrNull(overlapEndsAt) },
      data: { url: after.url },
    });
    return after;
  });
  return { ...describeEndpoint(endpoint), secret: endpoint.secret };
}

function timeOrNull(time: Date | null): string | null {
  return time && isoTime(time);
}
