import type { CarrierNumber } from '../carrier.ts';
import { idIn, type JsonRecord, textIn, UnreadableAnswer } from './json-fields.ts';

/**
 * Statuses of an owned number. `emergency-only` is missing on purpose: it carries no ordinary calls and is still
 * billed, so it is neither active nor gone; neither is a status that is not known yet.
 */
const STATES: Readonly<Record<string, CarrierNumber['state']>> = {
  active: 'active',
  // Works here until the other carrier has taken it.
  'port-out-pending': 'active',
  deleted: 'gone',
  'ported-out': 'gone',
  // These two never came into the account.
  'purchase-failed': 'gone',
  'port-failed': 'gone',
};

/** A number of the account as the port describes it. One that cannot be read is an error: it may be billed. */
export function numberFrom(record: JsonRecord): CarrierNumber {
  const carrierNumberId = idIn(record);
  const phoneNumber = textIn(record, 'phone_number');
  if (carrierNumberId === null || phoneNumber === null)
    throw new UnreadableAnswer('a number has no id or no number');
  return {
    carrierNumberId,
    phoneNumber,
    reference: textIn(record, 'customer_reference'),
    connectionId: textIn(record, 'connection_id'),
    state: STATES[textIn(record, 'status') ?? ''] ?? 'pending',
  };
}
