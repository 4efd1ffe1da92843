import { and, eq } from 'drizzle-orm';
import { batchesOf } from './batches.ts';
import type { Db } from './database.ts';
import { events } from './schema.ts';

export type Event = typeof events.$inferSelect;

/** Who made something happen: an API key, a signed-in person, the operator, this service itself, or the carrier. */
export type Actor =
  | { type: 'key' | 'person'; id: string }
  | { type: 'operator' | 'system' | 'carrier'; id: null };

export const OPERATOR: Actor = { type: 'operator', id: null };
export const SYSTEM: Actor = { type: 'system', id: null };
export const CARRIER: Actor = { type: 'carrier', id: null };

/** Writes what happened, in the transaction in which it happens. */
export async function insertEvents(tx: Db, rows: readonly Event[]): Promise<void> {
  for (const batch of batchesOf(rows)) await tx.insert(events).values(batch);
}

/** Whether this has ever happened to the record. */
export async function hasHappened(db: Db, subject: string, type: string): Promise<boolean> {
  const found = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.subject, subject), eq(events.type, type)))
    .limit(1);
  return found.length > 0;
}
