import type { Context } from '../usecases/context.ts';
import { forgetIdempotencyKeys } from '../usecases/forget-idempotency-keys.ts';
import { resumePurchases } from '../usecases/resume-purchases.ts';
import { settleLater } from '../usecases/settle-later.ts';
import type { Queue } from './queue.ts';

/** Orders that one server settles at a time in the background. */
const SETTLE_CONCURRENCY = 4;

const EVERY_MINUTE = '* * * * *';
const EVERY_HOUR = '17 * * * *';

/** Starts the workers: which job runs which use case, and which jobs come round by the clock. */
export async function startWorkers(context: Context, queue: Queue): Promise<void> {
  await queue.work('settle-purchase', SETTLE_CONCURRENCY, ({ orderId }) => settleLater(context, orderId));

  await queue.work('resume-purchases', 1, () => resumePurchases(context));
  await queue.schedule('resume-purchases', EVERY_MINUTE, {});

  await queue.work('forget-idempotency-keys', 1, () => forgetIdempotencyKeys(context));
  await queue.schedule('forget-idempotency-keys', EVERY_HOUR, {});
}
