import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { SimStore } from './store.ts';
import type { Waits } from './waits.ts';
import type { Webhooks } from './webhooks.ts';

/** What every part of one simulator works with. */
export interface SimContext {
  store: Required<SimStore>;
  now: () => Date;
  pendingMs: number;
  requireSearch: boolean;
  faults: Faults;
  ledger: Ledger;
  webhooks: Webhooks;
  waits: Waits;
}

/** Every collection in the store. */
export const COLLECTIONS = [
  /** Claims by E.164 number: what makes a number sellable only once. */
  'held_numbers',
  'phone_numbers',
  'number_orders',
  /** E.164 numbers by when a search last answered them. */
  'searched_numbers',
  /** Marks of numbers (by id) that have been given back. */
  'releases',
  /** Marks of one-time misbehaviours which have happened. */
  'magic_uses',
  /** Marks of webhook events which some process has taken on. */
  'webhook_events',
  'ledger',
] as const;

/** The later of a number of milliseconds from a time, as stored. */
export function isoAfter(time: Date, ms: number): string {
  return new Date(time.getTime() + ms).toISOString();
}
