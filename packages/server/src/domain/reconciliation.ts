import Big from 'big.js';
import { isOpen, type NumberOrderState, OPEN_ORDER_STATES } from './number-order.ts';
import { LIVE_STATUSES, type PhoneNumberStatus } from './phone-number.ts';
import type { Price } from './price.ts';
import { DAY_MS, later } from './time.ts';

/*
 * What a difference between the carrier's account and our records means, and what may be done about it. The rules
 * only: who lists, looks again and acts is the use case.
 */

/**
 * `unknown_here`: held at the carrier without a live record here. `gone_there`: live here, not held there.
 * `wrong_connection`: its calls go elsewhere than the record says. `order_open_too_long`: a purchase that does not
 * come to an end. `state_different`: held, and not as the record says.
 */
export const FINDING_KINDS = [
  'unknown_here',
  'gone_there',
  'wrong_connection',
  'order_open_too_long',
  'state_different',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** What sets a difference right by itself, the most expensive to leave first. `none` is for a person. */
export const FIXES = ['give_back', 'mark_gone', 'set_connection', 'settle', 'none'] as const;

export type Fix = (typeof FIXES)[number];

/** A difference, in the form in which reports are kept and answered. */
export interface Finding {
  kind: FindingKind;
  /** E.164. */
  phone_number: string;
  phone_number_id?: string;
  order_id?: string;
  team_id?: string;
  carrier_number_id?: string;
  /** USD a month; null where the price was never known, as with numbers that we did not buy. */
  monthly_price: Price | null;
  /** One sentence for the operator. */
  detail: string;
  fix: Fix;
  /** Only where the run was to fix: whether this was fixed, and what came of it. */
  applied?: boolean;
  outcome?: string;
}

export interface ReportSummary {
  numbers_there: number;
  numbers_here: number;
  orders_compared: number;
  /** All findings, also those that the report has no room for. */
  findings: number;
  by_kind: Record<FindingKind, number>;
  by_fix: Record<Fix, number>;
  /** Suspects that the run did not look at a second time, because there were too many. */
  unconfirmed: number;
  fixed: number;
  /** USD a month, as far as known: what numbers of ours cost that nobody here has. */
  unknown_monthly_cost: Price;
  duration_ms: number;
}

/** A number as the carrier holds it. */
export interface HeldNumber {
  carrierNumberId: string;
  phoneNumber: string;
  reference: string | null;
  connectionId: string | null;
  state: 'active' | 'pending' | 'gone';
}

/** The live record of a number. */
export interface LiveRecord {
  id: string;
  teamId: string;
  phoneNumber: string;
  status: PhoneNumberStatus;
  carrierNumberId: string | null;
  /** The one that is wanted: its assistant's, else its own. */
  connectionId: string | null;
  monthlyPrice: Price | null;
  /** Also when another connection was last wanted: what is on its way to the carrier is not judged. */
  updatedAt: Date;
}

/** One of our orders with the record of its number, which is gone where the purchase was refused outright. */
export interface OwnOrder {
  id: string;
  teamId: string;
  phoneNumber: string;
  phoneNumberId: string;
  state: NumberOrderState;
  createdAt: Date;
  updatedAt: Date;
  record: {
    status: PhoneNumberStatus;
    /** We have told the carrier to take it back; a record can also be released because the number was gone. */
    givenBack: boolean;
    monthlyPrice: Price | null;
    updatedAt: Date;
  } | null;
}

/** As many findings, and as many second looks per fix, as one report has. */
export const MAX_FINDINGS = 1_000;

/**
 * What changed here this recently is still in somebody's hands, and the carrier's lists may lag behind it: it is not
 * judged, the next run is soon enough. Ms.
 */
export const QUIET_MS = 10 * 60_000;

/** A purchase that takes longer is reported, ms. */
export const OPEN_TOO_LONG_MS = 60 * 60_000;

/** How far back the carrier's orders are read: a week, further where an order is still open, at most 30 days. */
const ORDERS_MS = 7 * DAY_MS;
const BEFORE_OLDEST_OPEN_MS = 2 * DAY_MS;
const ORDERS_AT_MOST_MS = 30 * DAY_MS;

/** Statuses whose numbers the carrier must hold. */
export const HELD_STATUSES: PhoneNumberStatus[] = LIVE_STATUSES.filter((status) => status !== 'purchasing');

/** A lost order is open too, and watched for days by design. */
export const PURCHASE_STATES: NumberOrderState[] = OPEN_ORDER_STATES.filter((state) => state !== 'lost');

/** The carrier's orders from then on are compared. */
export function ordersSince(now: Date, oldestOpen: Date | null): Date {
  const week = now.getTime() - ORDERS_MS;
  const beforeOldest = oldestOpen ? oldestOpen.getTime() - BEFORE_OLDEST_OPEN_MS : week;
  return new Date(Math.max(now.getTime() - ORDERS_AT_MOST_MS, Math.min(week, beforeOldest)));
}

/** Whether a reference at the carrier may be the id of an order of ours; anybody can write anything there. */
export function mayBeOrderId(reference: string | null): reference is string {
  return reference !== null && /^ord_[0-9a-z]{26}$/.test(reference);
}

/** A number that the carrier holds, against what we have under it and under its reference. */
export function judgeHeld(
  held: HeldNumber,
  { live, order }: { live: LiveRecord | undefined; order: OwnOrder | undefined },
  now: Date,
): Finding | null {
  if (held.state === 'gone') return null;
  return live ? judgeKnown(held, live, now) : judgeUnknown(held, order, now);
}

function judgeKnown(held: HeldNumber, live: LiveRecord, now: Date): Finding | null {
  if (live.status === 'purchasing' || isFresh(live, now)) return null;
  const finding = { ...aboutRecord(live), carrier_number_id: held.carrierNumberId };
  if (live.carrierNumberId !== held.carrierNumberId) {
    const detail = `The record names the carrier's number ${live.carrierNumberId}, the account has it as ${held.carrierNumberId}.`;
    return { ...finding, kind: 'state_different', detail, fix: 'none' };
  }
  // What is on its way back may be in any state there.
  if (live.status === 'releasing') return null;
  if (held.state !== 'active') {
    const detail = `The record is ${live.status}, at the carrier the number cannot carry calls.`;
    return { ...finding, kind: 'state_different', detail, fix: 'none' };
  }
  if (live.connectionId !== null && live.connectionId !== held.connectionId) {
    const detail = `Its calls go to ${held.connectionId ?? 'no connection'} instead of ${live.connectionId}.`;
    return { ...finding, kind: 'wrong_connection', detail, fix: 'set_connection' };
  }
  return null;
}

function judgeUnknown(held: HeldNumber, order: OwnOrder | undefined, now: Date): Finding | null {
  if (!order || order.phoneNumber !== held.phoneNumber) return foreign(held);
  if (order.state !== 'lost' && isOpen(order.state)) return null;
  if (isFresh(order, now) || (order.record && isFresh(order.record, now))) return null;
  const finding = {
    kind: 'unknown_here' as const,
    ...aboutOrder(order),
    carrier_number_id: held.carrierNumberId,
  };
  if (order.state === 'failed' || order.state === 'lost') {
    const detail = `Our order ${order.state === 'lost' ? 'was given up' : 'failed'}, and the account holds its number.`;
    return { ...finding, detail, fix: 'give_back' };
  }
  if (order.record?.status === 'released' && !order.record.givenBack) {
    const detail =
      'The number was marked as gone here, and the account holds it. Its team may want it: a person decides.';
    return { ...finding, detail, fix: 'none' };
  }
  if (order.record?.status === 'released') {
    return {
      ...finding,
      detail: 'The number was released here, and the account still holds it.',
      fix: 'give_back',
    };
  }
  return {
    ...finding,
    detail: 'Our order was completed, and its number has no live record here.',
    fix: 'none',
  };
}

/** Held under somebody else's reference or none. It is shown, and never touched. */
function foreign({ phoneNumber, carrierNumberId, reference }: HeldNumber): Finding {
  return {
    kind: 'unknown_here',
    phone_number: phoneNumber,
    carrier_number_id: carrierNumberId,
    monthly_price: null,
    detail: reference
      ? `Not bought by this service: its reference is "${reference.slice(0, 100)}".`
      : 'Not bought by this service: it has no reference.',
    fix: 'none',
  };
}

/** A number that the carrier does not hold, against its live record. */
export function judgeMissing(live: LiveRecord, now: Date): Finding | null {
  if (!HELD_STATUSES.includes(live.status) || isFresh(live, now)) return null;
  return {
    kind: 'gone_there',
    ...aboutRecord(live),
    ...(live.carrierNumberId !== null && { carrier_number_id: live.carrierNumberId }),
    detail: `The record is ${live.status}, and the account does not hold the number.`,
    fix: 'mark_gone',
  };
}

/** A purchase that should have come to an end. */
export function judgeOrder(order: OwnOrder, now: Date): Finding | null {
  if (!PURCHASE_STATES.includes(order.state) || isFresh(order, now)) return null;
  if (order.createdAt > later(now, -OPEN_TOO_LONG_MS)) return null;
  const hours = Math.floor((now.getTime() - order.createdAt.getTime()) / OPEN_TOO_LONG_MS);
  return {
    kind: 'order_open_too_long',
    ...aboutOrder(order),
    detail: `The order has been open for ${hours} h and stands at ${order.state}.`,
    fix: 'settle',
  };
}

function isFresh({ updatedAt }: { updatedAt: Date }, now: Date): boolean {
  return updatedAt > later(now, -QUIET_MS);
}

function aboutRecord({ id, teamId, phoneNumber, monthlyPrice }: LiveRecord) {
  return { phone_number: phoneNumber, phone_number_id: id, team_id: teamId, monthly_price: monthlyPrice };
}

function aboutOrder({ id, teamId, phoneNumber, phoneNumberId, record }: OwnOrder) {
  return {
    phone_number: phoneNumber,
    ...(record && { phone_number_id: phoneNumberId }),
    order_id: id,
    team_id: teamId,
    monthly_price: record?.monthlyPrice ?? null,
  };
}

/** Fewer missing numbers than this may be just that. */
const FEW = 20;

/**
 * Whether so many numbers are missing at the carrier that the likelier reason is another account behind the key.
 * Then none is marked as gone: that could not be taken back.
 */
export function looksLikeWrongAccount(missing: number, numbersHere: number): boolean {
  return missing > FEW && missing > numbersHere / 10;
}

/** Counts every finding, and keeps those that a report has room for: what can be fixed before what cannot. */
export class FindingList {
  readonly #kept = new Map<Fix, Finding[]>(FIXES.map((fix) => [fix, []]));
  readonly #byKind = countersFor(FINDING_KINDS);
  readonly #byFix = countersFor(FIXES);
  #unknownMonthlyCost = new Big(0);

  add(finding: Finding): void {
    this.#byKind[finding.kind] += 1;
    this.#byFix[finding.fix] += 1;
    if (finding.kind === 'unknown_here')
      this.#unknownMonthlyCost = this.#unknownMonthlyCost.plus(finding.monthly_price ?? 0);
    const kept = this.#kept.get(finding.fix);
    if (kept && kept.length < MAX_FINDINGS) kept.push(finding);
  }

  /** The findings of the report. */
  kept(): Finding[] {
    return FIXES.flatMap((fix) => this.#kept.get(fix) ?? []).slice(0, MAX_FINDINGS);
  }

  counts(): Pick<ReportSummary, 'findings' | 'by_kind' | 'by_fix' | 'unknown_monthly_cost'> {
    return {
      findings: Object.values(this.#byKind).reduce((sum, count) => sum + count, 0),
      by_kind: { ...this.#byKind },
      by_fix: { ...this.#byFix },
      unknown_monthly_cost: this.#unknownMonthlyCost.toFixed(2),
    };
  }
}

function countersFor<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
