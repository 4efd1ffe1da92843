import type { CarrierOrder } from '../carrier.ts';
import { idIn, type JsonRecord, recordsIn, textIn, UnreadableAnswer } from './json-fields.ts';

type OrderState = CarrierOrder['state'];

const FAILED: readonly (string | null)[] = ['failure', 'failed', 'cancelled', 'deleted'];

/** A number order as the port describes it. One without a readable time counts as made at `now`. */
export function orderFrom(record: JsonRecord, now: Date): CarrierOrder {
  const carrierOrderId = idIn(record);
  if (carrierOrderId === null) throw new UnreadableAnswer('an order has no id');
  const lines = recordsIn(record, 'phone_numbers');
  const state = stateOf(textIn(record, 'status'), lines);
  const createdAt = new Date(textIn(record, 'created_at') ?? Number.NaN);
  return {
    carrierOrderId,
    reference: textIn(record, 'customer_reference'),
    state,
    phoneNumbers: lines.flatMap((line) => textIn(line, 'phone_number') ?? []),
    awaitsRegulatoryDocuments: state === 'pending' && [record, ...lines].some(lacksDocuments),
    createdAt: Number.isNaN(createdAt.getTime()) ? now : createdAt,
  };
}

/**
 * The state of the order and of its lines together. A line says more than the order about the number and about
 * what is billed: an order that succeeded without any of its numbers failed, and one that failed with a number
 * delivered is fulfilled, because calling it failed would leave that number to nobody.
 */
function stateOf(status: string | null, lines: JsonRecord[]): OrderState {
  const order = stateNamed(status);
  const states = lines.flatMap((line) => {
    const lineStatus = textIn(line, 'status');
    return lineStatus === null ? [] : [stateNamed(lineStatus)];
  });
  if (order === 'pending' || states.length === 0) return order;
  if (states.includes('fulfilled')) return 'fulfilled';
  return order === 'fulfilled' && states.includes('pending') ? 'pending' : 'failed';
}

/** Unknown statuses are not final: the order is asked for again. */
function stateNamed(status: string | null): OrderState {
  if (status === 'success') return 'fulfilled';
  return FAILED.includes(status) ? 'failed' : 'pending';
}

function lacksDocuments(record: JsonRecord): boolean {
  return (
    record.requirements_met === false ||
    (textIn(record, 'requirements_status') ?? '').startsWith('requirement-info')
  );
}

/** Which of several orders under one reference counts: the newest that has not failed, else the newest. */
export function decisiveOrder(orders: CarrierOrder[]): CarrierOrder | null {
  const newestFirst = orders.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return newestFirst.find((order) => order.state !== 'failed') ?? newestFirst[0] ?? null;
}
