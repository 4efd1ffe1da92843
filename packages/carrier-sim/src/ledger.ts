import type { SimStore } from './store.ts';

/**
 * `order` may succeed (or has), `order_failed` was accepted but ends in failure, `order_refused` got an error or no
 * answer and stored nothing. `owned` was put into the account without an order.
 */
export type LedgerAction =
  | 'order'
  | 'order_failed'
  | 'order_refused'
  | 'update'
  | 'update_refused'
  | 'release'
  | 'release_refused'
  | 'owned';

/** One number in one mutating request that reached the simulator. */
export interface LedgerEntry {
  seq: number;
  /** ISO 8601. */
  at: string;
  action: LedgerAction;
  phone_number: string | null;
  customer_reference: string | null;
  order_id: string | null;
  number_id: string | null;
  /** What became of it: `success`, `pending` (for ever), `failure`, a carrier code, `error_500`, `no_answer`… */
  outcome: string;
  /** When an order leaves `pending`; null for everything else. */
  completes_at: string | null;
}

export interface LedgerFilter {
  phoneNumber?: string;
  customerReference?: string;
}

export interface LedgerReport {
  data: LedgerEntry[];
  totals: {
    /** Orders which the simulator accepted. */
    orders: number;
    /** Those of them that have succeeded by now. */
    orders_succeeded: number;
    orders_failed: number;
    orders_refused: number;
    releases: number;
    /** Greatest number of orders that can succeed under one customer reference; more than 1 is a double order. */
    most_orders_of_one_reference: number;
    /** Numbers that the account holds and pays for now, late ones included, whatever the filter. */
    numbers_held: number;
    /** Decimal string in USD: what these numbers cost a month. */
    monthly_cost: string;
  };
}

export interface Ledger {
  append(entry: Partial<LedgerEntry> & Pick<LedgerEntry, 'action' | 'outcome'>): Promise<void>;
  report(filter?: LedgerFilter): Promise<LedgerReport>;
}

const COLLECTION = 'ledger';
const PAGE = 1_000;

/** Reads a whole collection page by page, newest first. */
async function readAll(store: SimStore, collection: string, where: Record<string, string | { lte: string }>) {
  const all: Record<string, unknown>[] = [];
  for (;;) {
    const { records, total } = await store.list(collection, { where, offset: all.length, limit: PAGE });
    all.push(...records);
    if (records.length === 0 || all.length >= total) return all;
  }
}

async function holdings(store: SimStore, now: string): Promise<{ numbers: number; monthlyCost: string }> {
  const held = await readAll(store, 'phone_numbers', { held_at: { lte: now } });
  const cents = held.reduce((sum, record) => sum + centsOf(String(record.monthly_cost)), 0n);
  return { numbers: held.length, monthlyCost: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` };
}

/** The inventory's prices have two decimals. */
function centsOf(price: string): bigint {
  return BigInt(price.replace('.', ''));
}

function distinctOrders(entries: readonly LedgerEntry[]): number {
  return new Set(entries.map((entry) => entry.order_id)).size;
}

function mostOrdersOfOneReference(entries: readonly LedgerEntry[]): number {
  const orders = new Map<string, Set<string | null>>();
  for (const { action, customer_reference: reference, order_id } of entries) {
    if (action !== 'order' || reference === null) continue;
    orders.set(reference, (orders.get(reference) ?? new Set()).add(order_id));
  }
  return Math.max(0, ...[...orders.values()].map((ids) => ids.size));
}

/** The ledger in the store: processes which share the store share it, and its numbers go up without a gap. */
export function createLedger(store: SimStore, now: () => Date): Ledger {
  let lastSeq = 0;
  let appending: Promise<void> = Promise.resolve();

  async function insertNext(entry: Omit<LedgerEntry, 'seq'>): Promise<void> {
    for (;;) {
      const seq = lastSeq + 1;
      if (await store.insert(COLLECTION, String(seq).padStart(12, '0'), { seq, ...entry })) {
        lastSeq = seq;
        return;
      }
      // Another process, or an earlier run, wrote in between: go on after its last entry.
      const { records } = await store.list(COLLECTION, { offset: 0, limit: 1 });
      lastSeq = Math.max(seq, Number(records[0]?.seq ?? 0));
    }
  }

  return {
    append(entry) {
      const blank = { phone_number: null, customer_reference: null, order_id: null, number_id: null };
      const full = { at: now().toISOString(), ...blank, completes_at: null, ...entry };
      const appended = appending.then(() => insertNext(full));
      appending = appended.catch(() => undefined);
      return appended;
    },

    async report({ phoneNumber, customerReference } = {}) {
      const where = {
        ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
        ...(customerReference === undefined ? {} : { customer_reference: customerReference }),
      };
      const at = now().toISOString();
      const records = await readAll(store, COLLECTION, where);
      const data = records.map(({ store_id, ...entry }) => entry as unknown as LedgerEntry);
      data.sort((a, b) => a.seq - b.seq);
      const of = (action: LedgerAction) => data.filter((entry) => entry.action === action);
      const succeeded = of('order').filter(
        ({ outcome, completes_at }) => outcome === 'success' && (completes_at ?? at) <= at,
      );
      const held = await holdings(store, at);
      const totals = {
        orders: distinctOrders([...of('order'), ...of('order_failed')]),
        orders_succeeded: distinctOrders(succeeded),
        orders_failed: distinctOrders(of('order_failed')),
        orders_refused: of('order_refused').length,
        releases: of('release').length,
        most_orders_of_one_reference: mostOrdersOfOneReference(data),
        numbers_held: held.numbers,
        monthly_cost: held.monthlyCost,
      };
      return { data, totals };
    },
  };
}
