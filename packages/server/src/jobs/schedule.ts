import type { Context } from '../usecases/context.ts';
import { deliverWebhook } from '../usecases/deliver-webhook.ts';
import { endSuspensions } from '../usecases/end-suspensions.ts';
import { endTrials } from '../usecases/end-trials.ts';
import { forgetCarrierEvents } from '../usecases/forget-carrier-events.ts';
import { forgetIdempotencyKeys } from '../usecases/forget-idempotency-keys.ts';
import { forgetRateLimits } from '../usecases/forget-rate-limits.ts';
import { forgetSessions } from '../usecases/forget-sessions.ts';
import { forgetWebhookDeliveries } from '../usecases/forget-webhook-deliveries.ts';
import { giveNumberBack } from '../usecases/give-number-back.ts';
import { processCarrierEvent } from '../usecases/process-carrier-event.ts';
import { reconcileByTheClock } from '../usecases/reconcile-carrier.ts';
import { resumeConnections } from '../usecases/resume-connections.ts';
import { resumePurchases } from '../usecases/resume-purchases.ts';
import { resumeReleases } from '../usecases/resume-releases.ts';
import { resumeWebhooks } from '../usecases/resume-webhooks.ts';
import { settleLater } from '../usecases/settle-later.ts';
import { syncConnection } from '../usecases/sync-connection.ts';
import type { JobName, Queue } from './queue.ts';

/** Releases and connections that one server works on at a time in the background. */
const ORDERS = { concurrency: 4 };

/**
 * Nearly all of these find their purchase settled, so several are taken at once: to take and to finish each by itself
 * would cost more than that. Four workers, so that one call that hangs does not hold up all.
 */
const PURCHASES = { concurrency: 4, atOnce: 5 };

/**
 * Webhooks that one server sends at a time: more, because a slow receiver holds one up for seconds; and not all for one
 * team, whose slow receivers would hold up everybody's.
 */
const WEBHOOKS = { concurrency: 8, perTeam: 3 };

/** Jobs that come round by the clock, and what each does. Cron in UTC. */
const ROUNDS: { name: Round; cron: string; run: (context: Context) => Promise<unknown> }[] = [
  { name: 'end-trials', cron: '* * * * *', run: endTrials },
  { name: 'end-suspensions', cron: '* * * * *', run: endSuspensions },
  { name: 'resume-purchases', cron: '* * * * *', run: resumePurchases },
  { name: 'resume-releases', cron: '* * * * *', run: resumeReleases },
  { name: 'resume-webhooks', cron: '* * * * *', run: resumeWebhooks },
  { name: 'resume-connections', cron: '* * * * *', run: resumeConnections },
  { name: 'reconcile-carrier', cron: '41 * * * *', run: reconcileByTheClock },
  { name: 'forget-idempotency-keys', cron: '17 * * * *', run: forgetIdempotencyKeys },
  { name: 'forget-carrier-events', cron: '27 * * * *', run: forgetCarrierEvents },
  { name: 'forget-sessions', cron: '37 * * * *', run: forgetSessions },
  { name: 'forget-rate-limits', cron: '47 * * * *', run: forgetRateLimits },
  { name: 'forget-webhook-deliveries', cron: '57 * * * *', run: forgetWebhookDeliveries },
];

type Round = Exclude<
  JobName,
  'settle-purchase' | 'give-number-back' | 'process-carrier-event' | 'deliver-webhook' | 'sync-connection'
>;

/** Starts the workers: which job runs which use case, and which jobs come round by the clock. */
export async function startWorkers(context: Context, queue: Queue): Promise<void> {
  await queue.work('settle-purchase', PURCHASES, ({ orderId }) => settleLater(context, orderId));
  await queue.work('give-number-back', ORDERS, ({ phoneNumberId }) => giveNumberBack(context, phoneNumberId));
  await queue.work('process-carrier-event', PURCHASES, ({ eventId }) =>
    processCarrierEvent(context, eventId),
  );
  await queue.work('deliver-webhook', WEBHOOKS, async ({ deliveryId }) => {
    await deliverWebhook(context, deliveryId);
  });
  await queue.work('sync-connection', ORDERS, ({ phoneNumberId }) => syncConnection(context, phoneNumberId));

  for (const { name, cron, run } of ROUNDS) {
    await queue.work(name, { concurrency: 1 }, async () => {
      await run(context);
    });
    await queue.schedule(name, cron, {});
  }
  // What came due while no server was up is not left until the next full minute.
  await queue.enqueue(context.db, 'end-trials', {});
  await queue.enqueue(context.db, 'end-suspensions', {});
}
