import { randomUUID } from 'node:crypto';
import { wasSearched } from './available-numbers.ts';
import { CarrierError } from './errors.ts';
import { refuseMagic } from './exchange.ts';
import { lookUpStock, type StockNumber } from './inventory.ts';
import { type MagicBehaviour, magicBehaviour } from './magic-numbers.ts';
import { newNumberId, numberRecord, requireConnection } from './phone-numbers.ts';
import { pageMeta, pageParameters, type Query, textParameter, timeParameter } from './query-parameters.ts';
import { isoAfter, type SimContext } from './sim-context.ts';
import type { Condition } from './store.ts';

/** A line of an order: one number. `id` is the line's, not the owned number's. */
type OrderLine = {
  id: string;
  sub_order_id: string;
  phone_number: string;
  phone_number_type: string;
  country: string;
};

/**
 * An order as stored. Its status is never stored: it is `pending` until `completes_at` and `outcome` from then on, so
 * every process agrees on it, and a restart changes nothing. All times are ISO 8601.
 */
export type OrderRecord = {
  id: string;
  created_at: string;
  completes_at: string;
  outcome: 'success' | 'failure';
  /** From when lists show it, and from when GET finds it: later than created_at only under a fault. */
  listed_at: string;
  readable_at: string;
  customer_reference: string | null;
  connection_id: string | null;
  billing_group_id: string | null;
  messaging_profile_id: string | null;
  requirements_met: boolean;
  phone_numbers_count: number;
  lines: OrderLine[];
  webhook_event_id: string;
};

/** A POST /number_orders body that has passed all checks of form. */
interface OrderRequest {
  phoneNumbers: string[];
  customerReference: string | null;
  connectionId: string | null;
  billingGroupId: string | null;
  messagingProfileId: string | null;
}

/** How an order is going to run. Milliseconds count from the order, those of numbers from its completion. */
interface Fate {
  outcome: 'success' | 'failure';
  /** null: for ever. */
  pendingMs: number | null;
  requirementsMet: boolean;
  orderListedMs: number;
  orderReadableMs: number;
  numberListedMs: number;
  numberReadableMs: number;
}

const FOR_EVER = '9999-12-31T23:59:59.999Z';
const MAX_NUMBERS = 1_000;
// What a local number in some country asks for; the carrier has such an id for each kind of document.
const REQUIREMENT_ID = '8d2c8a4e-0f4b-4c7e-9c0e-3f1f5a6b7c8d';

/** The E.164 numbers that a POST body names, whatever else is wrong with it. */
export function phoneNumbersOfBody(body: unknown): string[] {
  const items = (body as { phone_numbers?: unknown } | null | undefined)?.phone_numbers;
  if (!Array.isArray(items)) return [];
  return items.map((item) => item?.phone_number).filter((number) => typeof number === 'string');
}

/** The customer reference that a POST body names. */
export function customerReferenceOfBody(body: unknown): string | null {
  const reference = (body as { customer_reference?: unknown } | null | undefined)?.customer_reference;
  return typeof reference === 'string' ? reference : null;
}

function optionalText(body: Record<string, unknown>, field: string): string | null {
  const value = body[field] ?? null;
  if (value === null || typeof value === 'string') return value === '' ? null : value;
  throw new CarrierError('10015', { detail: `${field} must be a text.`, pointer: `/${field}` });
}

function parseOrder(body: unknown): OrderRequest {
  const pointer = '/phone_numbers';
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new CarrierError('10015', { pointer: '/' });
  }
  const fields = body as Record<string, unknown>;
  const items = fields.phone_numbers;
  if (!Array.isArray(items) || items.length === 0 || items.length > MAX_NUMBERS) {
    throw new CarrierError('10015', {
      detail: `phone_numbers must list 1 to ${MAX_NUMBERS} numbers.`,
      pointer,
    });
  }
  for (const [index, item] of items.entries()) {
    if (typeof item?.phone_number === 'string' && /^\+[1-9]\d{6,14}$/.test(item.phone_number)) continue;
    throw new CarrierError('10016', { pointer: `${pointer}/${index}/phone_number` });
  }
  const phoneNumbers = phoneNumbersOfBody(body);
  if (new Set(phoneNumbers).size < phoneNumbers.length) {
    throw new CarrierError('10015', { detail: 'A number is listed twice.', pointer });
  }
  const connectionId = optionalText(fields, 'connection_id');
  if (connectionId !== null) requireConnection(connectionId);
  return {
    phoneNumbers,
    connectionId,
    customerReference: optionalText(fields, 'customer_reference'),
    billingGroupId: optionalText(fields, 'billing_group_id'),
    messagingProfileId: optionalText(fields, 'messaging_profile_id'),
  };
}

/** @throws CarrierError where the number must be searched for first, does not exist or is sold. */
async function requireOrderable(ctx: SimContext, phoneNumber: string): Promise<StockNumber> {
  if (ctx.requireSearch && !(await wasSearched(ctx, phoneNumber))) throw new CarrierError('85000');
  await refuseMagic(ctx, 'create_order', phoneNumber);
  const number = lookUpStock(phoneNumber);
  if (!number || (await ctx.store.get('held_numbers', phoneNumber))) throw notAvailable(phoneNumber);
  return number;
}

function notAvailable(phoneNumber: string): CarrierError {
  return new CarrierError('85001', {
    detail: `${phoneNumber} cannot be ordered now.`,
    pointer: '/phone_numbers',
  });
}

/** What faults and magic numbers make of an order. */
function fateOf(ctx: SimContext, phoneNumbers: readonly string[]): Fate {
  const magic: Partial<MagicBehaviour> =
    phoneNumbers.map(magicBehaviour).find((behaviour) => behaviour !== undefined) ?? {};
  const pending = ctx.faults.draw('pending', 'create_order', phoneNumbers);
  const delayed = ctx.faults.draw('delayed_list', 'create_order', phoneNumbers);
  const fails =
    ctx.faults.draw('order_fails', 'create_order', phoneNumbers) !== undefined || magic.fails === true;
  const delayMs = delayed ? (delayed.ms ?? 30_000) : 0;
  const orderHiddenMs = magic.orderHiddenMs ?? 0;
  const numberHiddenMs = magic.numberHiddenMs ?? 0;
  const magicPendingMs = magic.pendingMs === undefined ? ctx.pendingMs : magic.pendingMs;
  return {
    outcome: fails ? 'failure' : 'success',
    pendingMs: pending ? (pending.ms === undefined ? 1_000 : pending.ms) : magicPendingMs,
    requirementsMet: magic.requirementsMissing !== true,
    orderListedMs: Math.max(orderHiddenMs, delayMs),
    orderReadableMs: orderHiddenMs,
    numberListedMs: Math.max(numberHiddenMs, delayMs),
    numberReadableMs: numberHiddenMs,
  };
}

function orderRecord(
  request: OrderRequest,
  numbers: readonly StockNumber[],
  fate: Fate,
  now: Date,
): OrderRecord {
  const lines = numbers.map(({ phoneNumber, block }) => ({
    id: randomUUID(),
    sub_order_id: randomUUID(),
    phone_number: phoneNumber,
    phone_number_type: block.type,
    country: block.country,
  }));
  return {
    id: randomUUID(),
    created_at: now.toISOString(),
    completes_at: fate.pendingMs === null ? FOR_EVER : isoAfter(now, fate.pendingMs),
    outcome: fate.outcome,
    listed_at: isoAfter(now, fate.orderListedMs),
    readable_at: isoAfter(now, fate.orderReadableMs),
    customer_reference: request.customerReference,
    connection_id: request.connectionId,
    billing_group_id: request.billingGroupId,
    messaging_profile_id: request.messagingProfileId,
    requirements_met: fate.requirementsMet,
    phone_numbers_count: lines.length,
    lines,
    webhook_event_id: randomUUID(),
  };
}

/** Claims every number of an order, or none. @throws CarrierError 85001 where another order was quicker. */
async function claimNumbers(
  ctx: SimContext,
  claims: readonly { phoneNumber: string; numberId: string }[],
  orderId: string,
) {
  const claimed: string[] = [];
  for (const { phoneNumber, numberId } of claims) {
    const claim = { phone_number: phoneNumber, order_id: orderId, number_id: numberId };
    if (await ctx.store.insert('held_numbers', phoneNumber, claim)) {
      claimed.push(phoneNumber);
      continue;
    }
    for (const taken of claimed) await ctx.store.delete('held_numbers', taken);
    throw notAvailable(phoneNumber);
  }
}

/** POST /number_orders. @throws CarrierError for every refusal; nothing is stored then. */
export async function createNumberOrder(ctx: SimContext, body: unknown) {
  const request = parseOrder(body);
  if (ctx.faults.draw('must_search_first', 'create_order', request.phoneNumbers))
    throw new CarrierError('85000');
  const numbers: StockNumber[] = [];
  for (const phoneNumber of request.phoneNumbers) numbers.push(await requireOrderable(ctx, phoneNumber));
  const fate = fateOf(ctx, request.phoneNumbers);
  const now = ctx.now();
  const order = orderRecord(request, numbers, fate, now);
  const owned = numbers.map((number) => ({
    number,
    phoneNumber: number.phoneNumber,
    numberId: newNumberId(),
  }));
  // An order that is going to fail takes nothing out of the inventory.
  if (fate.outcome === 'success') await claimNumbers(ctx, owned, order.id);
  if (fate.outcome === 'success' && fate.pendingMs !== null) {
    for (const { number, numberId } of owned) {
      await insertOwned(ctx, request, fate, {
        number,
        numberId,
        orderId: order.id,
        now,
        pendingMs: fate.pendingMs,
      });
    }
  }
  await ctx.store.insert('number_orders', order.id, order);
  await writeDown(ctx, order, owned);
  if (fate.pendingMs !== null) scheduleWebhook(ctx, order);
  return { data: toWire(order, ctx.now().toISOString()) };
}

interface Purchase {
  number: StockNumber;
  numberId: string;
  orderId: string;
  now: Date;
  pendingMs: number;
}

async function insertOwned(
  ctx: SimContext,
  request: OrderRequest,
  fate: Fate,
  purchase: Purchase,
): Promise<void> {
  const record = numberRecord({
    number: purchase.number,
    id: purchase.numberId,
    orderId: purchase.orderId,
    customerReference: request.customerReference,
    connectionId: request.connectionId,
    billingGroupId: request.billingGroupId,
    messagingProfileId: request.messagingProfileId,
    purchasedAt: purchase.now,
    heldAfterMs: purchase.pendingMs,
    listedAfterMs: fate.numberListedMs,
    readableAfterMs: fate.numberReadableMs,
  });
  await ctx.store.insert('phone_numbers', record.id, record);
}

async function writeDown(
  ctx: SimContext,
  order: OrderRecord,
  owned: readonly { phoneNumber: string; numberId: string }[],
) {
  const failed = order.outcome === 'failure';
  for (const { phoneNumber, numberId } of owned) {
    await ctx.ledger.append({
      action: failed ? 'order_failed' : 'order',
      outcome: order.completes_at === FOR_EVER ? 'pending' : order.outcome,
      phone_number: phoneNumber,
      customer_reference: order.customer_reference,
      order_id: order.id,
      number_id: failed || order.completes_at === FOR_EVER ? null : numberId,
      completes_at: order.completes_at,
    });
  }
}

function scheduleWebhook(ctx: SimContext, order: OrderRecord): void {
  ctx.webhooks.schedule({
    eventId: order.webhook_event_id,
    orderId: order.id,
    phoneNumbers: order.lines.map((line) => line.phone_number),
    dueAt: order.completes_at,
  });
}

/** Takes on the webhooks of orders which an earlier process left pending. */
export async function resumeWebhooks(ctx: SimContext): Promise<void> {
  const where = { completes_at: { gt: ctx.now().toISOString(), lt: FOR_EVER } };
  const { records } = await ctx.store.list('number_orders', { where, offset: 0, limit: 1_000 });
  for (const order of records as OrderRecord[]) scheduleWebhook(ctx, order);
}

function statusAt(order: OrderRecord, now: string): 'pending' | 'success' | 'failure' {
  return order.completes_at <= now ? order.outcome : 'pending';
}

function requirementsStatusOf(order: OrderRecord): string {
  return order.requirements_met ? 'approved' : 'requirement-info-pending';
}

function toWire(order: OrderRecord, now: string) {
  const status = statusAt(order, now);
  const requirement = {
    record_type: 'phone_number_regulatory_requirement',
    requirement_id: REQUIREMENT_ID,
    field_type: 'address',
  };
  return {
    ...summary(order, status),
    phone_numbers: order.lines.map((line) => ({
      id: line.id,
      record_type: 'number_order_phone_number',
      phone_number: line.phone_number,
      phone_number_type: line.phone_number_type,
      country_code: line.country,
      country_iso_alpha2: line.country,
      status,
      requirements_met: order.requirements_met,
      requirements_status: requirementsStatusOf(order),
      regulatory_requirements: order.requirements_met ? [] : [requirement],
    })),
  };
}

/** An order as lists show it: its numbers with less about each. */
function toListWire(order: OrderRecord, now: string) {
  const phoneNumbers = order.lines.map(({ id, phone_number }) => ({ id, phone_number }));
  return { ...summary(order, statusAt(order, now)), phone_numbers: phoneNumbers };
}

function summary(order: OrderRecord, status: string) {
  return {
    id: order.id,
    record_type: 'number_order',
    status,
    customer_reference: order.customer_reference,
    connection_id: order.connection_id,
    ...(order.billing_group_id === null ? {} : { billing_group_id: order.billing_group_id }),
    ...(order.messaging_profile_id === null ? {} : { messaging_profile_id: order.messaging_profile_id }),
    phone_numbers_count: order.phone_numbers_count,
    sub_number_orders_ids: order.lines.map((line) => line.sub_order_id),
    requirements_met: order.requirements_met,
    created_at: order.created_at,
    updated_at: status === 'pending' ? order.created_at : order.completes_at,
  };
}

function conditionsOf(query: Query, now: string): Record<string, Condition> | undefined {
  const where: Record<string, Condition> = { listed_at: { lte: now } };
  const status = textParameter(query, 'filter[status]');
  if (status === 'pending') where.completes_at = { gt: now };
  else if (status === 'success' || status === 'failure') {
    where.outcome = status;
    where.completes_at = { lte: now };
  } else if (status !== undefined) return undefined;
  const after = timeParameter(query, 'filter[created_at][gt]');
  const before = timeParameter(query, 'filter[created_at][lt]');
  if (after !== undefined || before !== undefined) {
    where.created_at = { ...(after ? { gt: after } : {}), ...(before ? { lt: before } : {}) };
  }
  for (const field of ['customer_reference', 'requirements_met', 'phone_numbers_count']) {
    const value = textParameter(query, `filter[${field}]`);
    if (value !== undefined) where[field] = value;
  }
  return where;
}

/** GET /number_orders: newest first. */
export async function listNumberOrders(ctx: SimContext, query: Query) {
  const page = pageParameters(query);
  const now = ctx.now().toISOString();
  const where = conditionsOf(query, now);
  if (!where) return { data: [], meta: pageMeta(page, 0) };
  const offset = (page.number - 1) * page.size;
  const { records, total } = await ctx.store.list('number_orders', { where, offset, limit: page.size });
  return {
    data: (records as OrderRecord[]).map((order) => toListWire(order, now)),
    meta: pageMeta(page, total),
  };
}

/** GET /number_orders/{id}. @throws CarrierError 10005 where there is no such order, or not yet. */
export async function retrieveNumberOrder(ctx: SimContext, id: string) {
  const order = (await ctx.store.get('number_orders', id)) as OrderRecord | undefined;
  const now = ctx.now().toISOString();
  if (!order || order.readable_at > now) throw new CarrierError('10005');
  return { data: toWire(order, now) };
}

/** The `payload` of an order's webhook: the order as it is once complete. */
export async function webhookPayload(ctx: Pick<SimContext, 'store'>, id: string): Promise<unknown> {
  const order = (await ctx.store.get('number_orders', id)) as OrderRecord | undefined;
  return order && toWire(order, order.completes_at);
}
