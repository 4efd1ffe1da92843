import { randomBytes } from 'node:crypto';
import { CarrierError } from './errors.ts';
import { magicUseId, refuseMagic } from './exchange.ts';
import { lookUpStock, priceOf, type StockNumber } from './inventory.ts';
import { type Page, pageMeta, pageParameters, type Query, textParameter } from './query-parameters.ts';
import { isoAfter, type SimContext } from './sim-context.ts';
import type { Condition } from './store.ts';

/** A number in the account, as stored. All times are ISO 8601. */
export type NumberRecord = {
  id: string;
  phone_number: string;
  country_iso_alpha2: string;
  phone_number_type: string;
  status: 'active';
  source: 'purchased';
  customer_reference: string | null;
  connection_id: string | null;
  billing_group_id: string | null;
  messaging_profile_id: string | null;
  external_pin: string | null;
  hd_voice_enabled: boolean;
  deletion_lock_enabled: boolean;
  tags: string[];
  /** The tags between line feeds, so that one tag can be looked for. */
  tags_text: string;
  /** Decimal string, USD. */
  monthly_cost: string;
  order_id: string | null;
  purchased_at: string;
  /** From when the account holds the number and pays for it. */
  held_at: string;
  /** From when lists show it, and from when GET, PATCH and DELETE find it: later than held_at under a fault. */
  listed_at: string;
  readable_at: string;
  updated_at: string;
};

export interface NewNumber {
  number: StockNumber;
  id: string;
  orderId: string | null;
  customerReference: string | null;
  connectionId: string | null;
  billingGroupId?: string | null;
  messagingProfileId?: string | null;
  deletionLock?: boolean;
  purchasedAt: Date;
  /** Milliseconds from the purchase, and from then on. */
  heldAfterMs: number;
  listedAfterMs: number;
  readableAfterMs: number;
}

/** A new id of an owned number: a positive int64 of 19 digits, in a string. */
export function newNumberId(): string {
  const floor = 10n ** 18n;
  return String(floor + (randomBytes(8).readBigUInt64BE() % (8n * floor)));
}

export function numberRecord(from: NewNumber): NumberRecord {
  const { block, phoneNumber } = from.number;
  const heldAt = isoAfter(from.purchasedAt, from.heldAfterMs);
  return {
    id: from.id,
    phone_number: phoneNumber,
    country_iso_alpha2: block.country,
    phone_number_type: block.type,
    status: 'active',
    source: 'purchased',
    customer_reference: from.customerReference,
    connection_id: from.connectionId,
    billing_group_id: from.billingGroupId ?? null,
    messaging_profile_id: from.messagingProfileId ?? null,
    external_pin: null,
    hd_voice_enabled: false,
    deletion_lock_enabled: from.deletionLock ?? false,
    tags: [],
    tags_text: '',
    monthly_cost: priceOf(from.number).monthlyCost,
    order_id: from.orderId,
    purchased_at: from.purchasedAt.toISOString(),
    held_at: heldAt,
    listed_at: isoAfter(from.purchasedAt, from.heldAfterMs + from.listedAfterMs),
    readable_at: isoAfter(from.purchasedAt, from.heldAfterMs + from.readableAfterMs),
    updated_at: heldAt,
  };
}

function toWire(record: NumberRecord) {
  return {
    id: record.id,
    record_type: 'phone_number',
    phone_number: record.phone_number,
    country_iso_alpha2: record.country_iso_alpha2,
    status: record.status as string,
    tags: record.tags,
    external_pin: record.external_pin,
    connection_id: record.connection_id,
    connection_name: record.connection_id === null ? null : `connection-${record.connection_id}`,
    customer_reference: record.customer_reference,
    billing_group_id: record.billing_group_id,
    messaging_profile_id: record.messaging_profile_id,
    messaging_profile_name: null,
    emergency_enabled: false,
    emergency_status: 'disabled',
    emergency_address_id: null,
    call_forwarding_enabled: true,
    call_recording_enabled: false,
    caller_id_name_enabled: false,
    cnam_listing_enabled: false,
    t38_fax_gateway_enabled: true,
    hd_voice_enabled: record.hd_voice_enabled,
    inbound_call_screening: 'disabled',
    phone_number_type: record.phone_number_type,
    deletion_lock_enabled: record.deletion_lock_enabled,
    source_type: 'number_order',
    purchased_at: record.purchased_at,
    created_at: record.held_at,
    activated_at: record.held_at,
    updated_at: record.updated_at,
  };
}

/** The answer to a DELETE: status deleted, and fields without a value left out instead of null. */
function toDeletedWire(record: NumberRecord): Record<string, unknown> {
  const { emergency_status, inbound_call_screening, source_type, ...rest } = toWire(record);
  const present = Object.entries(rest).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(present), status: 'deleted' };
}

function conditionsOf(query: Query, now: string): Record<string, Condition> | undefined {
  const where: Record<string, Condition> = { listed_at: { lte: now } };
  const equal = {
    status: textParameter(query, 'filter[status]'),
    customer_reference: textParameter(query, 'filter[customer_reference]'),
    connection_id: textParameter(query, 'filter[connection_id]'),
    country_iso_alpha2: textParameter(query, 'filter[country_iso_alpha2]'),
    source: textParameter(query, 'filter[source]'),
    phone_number_type: textParameter(query, 'filter[number_type][eq]'),
  };
  for (const [field, value] of Object.entries(equal)) if (value !== undefined) where[field] = value;
  const tag = textParameter(query, 'filter[tag]');
  if (tag !== undefined) where.tags_text = { contains: `\n${tag}\n` };
  const phoneNumber = textParameter(query, 'filter[phone_number]');
  if (phoneNumber !== undefined) {
    // A plus sign or anything else that is no digit finds nothing, and neither do fewer than three digits.
    if (!/^\d{3,}$/.test(phoneNumber)) return undefined;
    // A whole number can be looked up in the index; anything shorter may be part of many numbers.
    where.phone_number = lookUpStock(`+${phoneNumber}`) ? `+${phoneNumber}` : { contains: phoneNumber };
  }
  return where;
}

/** GET /phone_numbers: newest first. */
export async function listPhoneNumbers(ctx: SimContext, query: Query) {
  const page: Page = pageParameters(query);
  const where = conditionsOf(query, ctx.now().toISOString());
  if (!where) return { data: [], meta: pageMeta(page, 0) };
  const offset = (page.number - 1) * page.size;
  const { records, total } = await ctx.store.list('phone_numbers', { where, offset, limit: page.size });
  return { data: (records as NumberRecord[]).map(toWire), meta: pageMeta(page, total) };
}

/** The record behind an id, visible or not yet. */
export async function findNumber(ctx: SimContext, id: string): Promise<NumberRecord | undefined> {
  return (await ctx.store.get('phone_numbers', id)) as NumberRecord | undefined;
}

function requireReadable(ctx: SimContext, record: NumberRecord | undefined): NumberRecord {
  if (!record || record.readable_at > ctx.now().toISOString()) throw new CarrierError('10005');
  return record;
}

/** GET /phone_numbers/{id}. @throws CarrierError 10005 where the account has no such number. */
export async function retrievePhoneNumber(ctx: SimContext, id: string) {
  return { data: toWire(requireReadable(ctx, await findNumber(ctx, id))) };
}

const UPDATABLE_TEXTS = ['connection_id', 'customer_reference', 'external_pin', 'billing_group_id'] as const;

/** @throws CarrierError 10015 where a field has the wrong type, 85004 for a connection nobody knows. */
function changesOf(body: unknown): Partial<NumberRecord> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new CarrierError('10015');
  const fields = body as Record<string, unknown>;
  const changes: Partial<NumberRecord> = {};
  for (const field of UPDATABLE_TEXTS) {
    const value = fields[field];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') throw wrongType(field, 'a text');
    changes[field] = value === '' ? null : value;
  }
  if (typeof changes.connection_id === 'string') requireConnection(changes.connection_id);
  const { tags, hd_voice_enabled: hdVoice } = fields;
  if (tags !== undefined) {
    if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string'))
      throw wrongType('tags', 'a list of texts');
    changes.tags = tags;
    changes.tags_text = tags.length === 0 ? '' : `\n${tags.join('\n')}\n`;
  }
  if (hdVoice !== undefined) {
    if (typeof hdVoice !== 'boolean') throw wrongType('hd_voice_enabled', 'true or false');
    changes.hd_voice_enabled = hdVoice;
  }
  return changes;
}

function wrongType(field: string, wanted: string): CarrierError {
  return new CarrierError('10015', { detail: `${field} must be ${wanted}.`, pointer: `/${field}` });
}

/** @throws CarrierError 85004. The account has every connection with a positive number of up to 20 digits. */
export function requireConnection(connectionId: string): void {
  if (/^[0-9]{1,20}$/.test(connectionId) && !/^0+$/.test(connectionId)) return;
  throw new CarrierError('85004', { pointer: '/connection_id' });
}

/** PATCH /phone_numbers/{id}. Fields that cannot be changed here are ignored, as the carrier does. */
export async function updatePhoneNumber(ctx: SimContext, id: string, body: unknown) {
  const record = requireReadable(ctx, await findNumber(ctx, id));
  const updated = { ...record, ...changesOf(body), updated_at: ctx.now().toISOString() };
  await ctx.store.put('phone_numbers', id, updated);
  // A release may have come in between, and writing must not bring the number back.
  if (await ctx.store.get('releases', id)) {
    await ctx.store.delete('phone_numbers', id);
    throw new CarrierError('10005');
  }
  await ctx.ledger.append({ action: 'update', outcome: 'success', ...ledgerFields(updated) });
  return { data: toWire(updated) };
}

/** What the ledger says about an owned number. */
export function ledgerFields(record: NumberRecord | undefined) {
  return {
    phone_number: record?.phone_number ?? null,
    customer_reference: record?.customer_reference ?? null,
    order_id: record?.order_id ?? null,
    number_id: record?.id ?? null,
  };
}

/**
 * DELETE /phone_numbers/{id}: the number goes back into the inventory.
 * @throws CarrierError 10005 where the account has no such number, 10027 where it is locked.
 */
export async function releasePhoneNumber(ctx: SimContext, id: string) {
  const record = requireReadable(ctx, await findNumber(ctx, id));
  if (record.deletion_lock_enabled) {
    throw new CarrierError('10027', { detail: 'A deletion lock is set on this phone number.' });
  }
  await refuseMagic(ctx, 'delete_number', record.phone_number);
  // Of two releases at once, one sets the mark and is written down; the other finishes the same work.
  const first = await ctx.store.insert('releases', id, { at: ctx.now().toISOString() });
  await ctx.store.delete('phone_numbers', id);
  await freeNumber(ctx, record.phone_number, id);
  if (first) await ctx.ledger.append({ action: 'release', outcome: 'success', ...ledgerFields(record) });
  return { data: toDeletedWire(record) };
}

async function freeNumber(ctx: SimContext, phoneNumber: string, id: string): Promise<void> {
  const claim = await ctx.store.get('held_numbers', phoneNumber);
  if (claim?.number_id !== id) return;
  for (const endpoint of ['create_order', 'update_number', 'delete_number'] as const) {
    await ctx.store.delete('magic_uses', magicUseId(phoneNumber, endpoint));
  }
  await ctx.store.delete('held_numbers', phoneNumber);
}
