import Big from 'big.js';
import { type AttentionItem, findAttention } from '../db/attention.ts';
import { DAY_MS, later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** What has not settled in a day will hardly settle alone. */
const ATTENTION_AFTER_MS = DAY_MS;

/** More than anyone works through at a time; the oldest come first. */
const LIMIT = 500;

/** What needs a person: what is stuck, and what it costs a month as far as the prices are known (USD). */
export async function listAttention(
  context: Context,
): Promise<{ items: AttentionItem[]; monthlyCost: string }> {
  const items = await findAttention(context.db, later(context.clock.now(), -ATTENTION_AFTER_MS), LIMIT);
  const monthlyCost = items.reduce((sum, item) => sum.plus(item.monthly_price ?? 0), new Big(0));
  return { items, monthlyCost: monthlyCost.toFixed(2) };
}
