import { and, asc, eq, gt, inArray, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { OPEN_ORDER_STATES } from '../domain/number-order.ts';
import { builtOnce } from './built-once.ts';
import type { Db } from './database.ts';
import type { Prices } from './phone-numbers.ts';
import { numberOrders, phoneNumbers } from './schema.ts';

export type NumberOrder = typeof numberOrders.$inferSelect;

const insert = builtOnce('insert_number_order', (tx, order: NumberOrder) =>
  tx.insert(numberOrders).values(order),
);

export async function insertNumberOrder(tx: Db, order: NumberOrder): Promise<void> {
  await insert(tx, order);
}

export async function getNumberOrder(db: Db, id: string): Promise<NumberOrder> {
  const [order] = await db.select().from(numberOrders).where(eq(numberOrders.id, id));
  if (!order) throw new Error(`there is no number order ${id}`);
  return order;
}

type Advance = Partial<NumberOrder> & Pick<NumberOrder, 'state' | 'nextStepAt' | 'updatedAt'>;

interface Seen {
  seenId: string;
  seenVersion: number;
}

/** Only as the caller saw it. */
const advanceSeen = (db: Db, { seenId, seenVersion, ...change }: Advance & Seen) =>
  db
    .update(numberOrders)
    .set(change)
    .where(and(eq(numberOrders.id, seenId), eq(numberOrders.version, seenVersion)))
    .returning({ phoneNumberId: numberOrders.phoneNumberId });

const advance = builtOnce('advance_number_order', advanceSeen);

const advanceWithPrices = builtOnce(
  'advance_with_prices',
  (db, { monthlyPrice, setupPrice, ...change }: Advance & Seen & Prices) => {
    const advanced = db.$with('advanced').as(advanceSeen(db, change));
    return db
      .with(advanced)
      .update(phoneNumbers)
      .set({ monthlyPrice, setupPrice })
      .from(advanced)
      .where(eq(phoneNumbers.id, advanced.phoneNumberId))
      .returning({ id: phoneNumbers.id });
  },
);

/**
 * The fence. Changes the order only where it is still as the caller saw it: of two settlers on one order one
 * gets the changed order, the other nothing, and has to look again.
 * @param prices of the order's number, written with it where they are known
 */
export async function advanceOrder(
  db: Db,
  seen: NumberOrder,
  change: Advance,
  prices?: Prices,
): Promise<NumberOrder | undefined> {
  // What changes without a new version, `checks` and `nextStepAt`, is written too: the order is known without reading it.
  const changed = { checks: 0, ...change, version: seen.version + 1 };
  const given = { ...changed, seenId: seen.id, seenVersion: seen.version };
  const advanced = prices
    ? await advanceWithPrices(db, {
        ...given,
        monthlyPrice: prices.monthlyPrice,
        setupPrice: prices.setupPrice,
      })
    : await advance(db, given);
  return advanced.length > 0 ? { ...seen, ...changed } : undefined;
}

/**
 * Notes that the carrier had no news. Not a change of state: it leaves the version alone, so that a slow settler
 * that does hold the answer can still write it down.
 */
export async function postponeOrder(db: Db, seen: NumberOrder, nextStepAt: Date): Promise<NumberOrder> {
  await db
    .update(numberOrders)
    .set({ checks: sql`${numberOrders.checks} + 1`, nextStepAt })
    .where(and(eq(numberOrders.id, seen.id), eq(numberOrders.version, seen.version)));
  return getNumberOrder(db, seen.id);
}

/** The order of that mode which the carrier means: by our reference, else by the carrier's own id of it. */
export async function findOrderByCarrierName(
  db: Db,
  mode: Mode,
  { reference, carrierOrderId }: { reference: string | null; carrierOrderId: string | null },
): Promise<NumberOrder | undefined> {
  const find = async (name: SQL) => {
    const [order] = await db
      .select()
      .from(numberOrders)
      .where(and(eq(numberOrders.mode, mode), name))
      .limit(1);
    return order;
  };
  const named = reference === null ? undefined : await find(eq(numberOrders.id, reference));
  if (named || carrierOrderId === null) return named;
  return find(eq(numberOrders.carrierOrderId, carrierOrderId));
}

/**
 * Brings the next step of an open order forward, because there is news. Not a change of state: the version stays.
 * A `reserved` order is left alone: the carrier has nothing of it, and may have asked us to wait before we order.
 */
export async function makeOrderDue(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(numberOrders)
    .set({ nextStepAt: now })
    .where(
      and(
        eq(numberOrders.id, id),
        inArray(numberOrders.state, OPEN_ORDER_STATES),
        ne(numberOrders.state, 'reserved'),
        gt(numberOrders.nextStepAt, now),
      ),
    );
}

/** Orders that should have moved by that time and have not, oldest first. */
export async function findOverdueOrders(db: Db, due: Date, limit: number): Promise<NumberOrder[]> {
  return db
    .select()
    .from(numberOrders)
    .where(and(inArray(numberOrders.state, OPEN_ORDER_STATES), lte(numberOrders.nextStepAt, due)))
    .orderBy(asc(numberOrders.nextStepAt))
    .limit(limit);
}
