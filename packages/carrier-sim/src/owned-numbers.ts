import { type StockNumber, stockFromTheEnd } from './inventory.ts';
import { type NumberRecord, newNumberId, numberRecord } from './phone-numbers.ts';
import type { SimContext } from './sim-context.ts';

export interface OwnedNumbersRequest {
  count: number;
  customerReference?: string;
  connectionId?: string;
  deletionLockEnabled?: boolean;
}

/** Numbers written to the store at once. */
const BATCH = 1_000;

/**
 * Puts US local numbers into the account that no order has bought, taken from the far end of each area code, so that
 * what a search offers first stays free. Answers how many it found (fewer than asked only when the stock is used up).
 */
export async function addOwnedNumbers(
  ctx: SimContext,
  request: OwnedNumbersRequest,
): Promise<{ count: number }> {
  let added = 0;
  let batch: StockNumber[] = [];
  for (const number of stockFromTheEnd()) {
    batch.push(number);
    if (batch.length < Math.min(BATCH, request.count - added)) continue;
    added += await addBatch(ctx, batch, request);
    batch = [];
    if (added >= request.count) break;
  }
  if (batch.length > 0) added += await addBatch(ctx, batch, request);
  const reference = { customer_reference: request.customerReference ?? null };
  await ctx.ledger.append({ action: 'owned', outcome: String(added), ...reference });
  return { count: added };
}

async function addBatch(
  ctx: SimContext,
  numbers: readonly StockNumber[],
  request: OwnedNumbersRequest,
): Promise<number> {
  const records = numbers.map((number) => foreignRecord(number, request, ctx.now()));
  const claims = records.map(({ phone_number, id }) => ({
    id: phone_number,
    record: { phone_number, order_id: null, number_id: id },
  }));
  const claimed = await ctx.store.insertMany('held_numbers', claims);
  const entries = records.filter((_, index) => claimed[index]).map((record) => ({ id: record.id, record }));
  await ctx.store.insertMany('phone_numbers', entries);
  return entries.length;
}

function foreignRecord(number: StockNumber, request: OwnedNumbersRequest, now: Date): NumberRecord {
  return numberRecord({
    number,
    id: newNumberId(),
    orderId: null,
    customerReference: request.customerReference ?? null,
    connectionId: request.connectionId ?? null,
    deletionLock: request.deletionLockEnabled ?? false,
    purchasedAt: now,
    heldAfterMs: 0,
    listedAfterMs: 0,
    readableAfterMs: 0,
  });
}
