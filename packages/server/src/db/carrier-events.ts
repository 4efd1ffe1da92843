import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Db } from './database.ts';
import { carrierEvents } from './schema.ts';

export type CarrierEventRecord = typeof carrierEvents.$inferSelect;

/** @returns whether it is new; the same event may be delivered any number of times */
export async function insertCarrierEvent(tx: Db, event: CarrierEventRecord): Promise<boolean> {
  const inserted = await tx
    .insert(carrierEvents)
    .values(event)
    .onConflictDoNothing()
    .returning({ id: carrierEvents.id });
  return inserted.length > 0;
}

/** The event, where nobody has finished with it. */
export async function findUnprocessedEvent(db: Db, id: string): Promise<CarrierEventRecord | undefined> {
  const [event] = await db
    .select()
    .from(carrierEvents)
    .where(and(eq(carrierEvents.id, id), isNull(carrierEvents.processedAt)));
  return event;
}

export async function markEventProcessed(db: Db, id: string, processedAt: Date): Promise<void> {
  await db.update(carrierEvents).set({ processedAt }).where(eq(carrierEvents.id, id));
}

/** Those that are not processed stay, whatever their age. */
export async function deleteProcessedEvents(db: Db, receivedBefore: Date): Promise<void> {
  await db
    .delete(carrierEvents)
    .where(and(lt(carrierEvents.receivedAt, receivedBefore), isNotNull(carrierEvents.processedAt)));
}
