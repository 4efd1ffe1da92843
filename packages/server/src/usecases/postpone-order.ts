import { type NumberOrder, postponeOrder as postpone } from '../db/number-orders.ts';
import { type Backoff, backoffMs } from '../domain/backoff.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** A pending order is asked after quickly at first, because most are done within a second, then ever more slowly. */
export const POLL: Backoff = { firstMs: 200, maxMs: 60_000, factor: 1.5 };

/** A lost answer is looked for less eagerly: the carrier's list may lag behind the order. */
export const LOOK_UP: Backoff = { firstMs: 1_000, maxMs: 30_000, factor: 2 };

/** The carrier has no news: looks again later, each time after a longer wait, and not before the carrier wants it. */
export async function postponeOrder(
  context: Context,
  order: NumberOrder,
  backoff: Backoff,
  retryAfterMs = 0,
): Promise<NumberOrder> {
  const waitMs = Math.max(backoffMs(backoff, order.checks, Math.random()), retryAfterMs);
  return postpone(context.db, order, later(context.clock.now(), waitMs));
}
