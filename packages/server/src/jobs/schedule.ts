import type { Context } from '../usecases/context.ts';
import { settleLater } from '../usecases/settle-later.ts';
import type { Queue } from './queue.ts';

/** Orders that one server settles at a time in the background. */
const SETTLE_CONCURRENCY = 4;

/** Starts the workers: which job runs which use case. */
export async function startWorkers(context: Context, queue: Queue): Promise<void> {
  await queue.work('settle-purchase', SETTLE_CONCURRENCY, ({ orderId }) => settleLater(context, orderId));
}
