import type { Db } from '../db/database.ts';
import { SYSTEM } from '../db/events.ts';
import { listMembers } from '../db/members.ts';
import { failPendingDeliveries } from '../db/webhook-deliveries.ts';
import { updateEndpoint, type WebhookEndpoint } from '../db/webhook-endpoints.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

type Reason = 'failing' | 'gone';

/** Switches off an endpoint, which the caller's transaction has locked, with all that was on its way to it. */
export async function switchOffEndpoint(
  context: Context,
  tx: Db,
  endpoint: WebhookEndpoint,
  reason: Reason,
): Promise<void> {
  const now = context.clock.now();
  await updateEndpoint(tx, endpoint.id, {
    enabled: false,
    disabledReason: reason,
    disabledAt: now,
    updatedAt: now,
  });
  await failPendingDeliveries(tx, endpoint.id, now);
  await recordEvent(context, tx, {
    teamId: endpoint.teamId,
    mode: endpoint.mode,
    type: 'webhook_endpoint.disabled',
    subject: endpoint.id,
    actor: SYSTEM,
    before: { enabled: true, disabled_reason: null },
    after: { enabled: false, disabled_reason: reason },
    data: { url: endpoint.url },
  });
}

const WHY: Record<Reason, string> = {
  failing: 'nothing has come through to it for five days',
  gone: 'it answered 410 Gone',
};

/** Tells the team's owners that an endpoint was switched off; a mail that does not go out is not tried again. */
export async function mailSwitchedOff(
  context: Context,
  { id, teamId, mode, url }: WebhookEndpoint,
  reason: Reason,
): Promise<void> {
  const { host } = new URL(url);
  const text = `The webhook endpoint ${id} (${mode} mode), which sends your team's events to ${host}, was switched off, because ${WHY[reason]}.

What was on its way to it counts as failed. When the receiver works again, switch the endpoint on with
PATCH ${context.settings.publicUrl}/api/webhook-endpoints/${id} and {"enabled":true}, and ask for the failed deliveries again.`;
  const members = await listMembers(context.db, teamId);
  for (const { email: to } of members.filter(({ role }) => role === 'owner')) {
    const mail = { to, subject: `Webhooks to ${host} are switched off`, text };
    await context.sendMail(mail).catch((err: unknown) => {
      context.log.error(
        { err, endpointId: id },
        'a mail about a switched-off webhook endpoint did not go out',
      );
    });
  }
}
