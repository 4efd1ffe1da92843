import { and, asc, desc, eq, gt, lt, lte, ne, not, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { ATTEMPTS_IN_ORDER, type DeliveryStatus } from '../domain/webhook-delivery.ts';
import { batchesOf } from './batches.ts';
import type { Db } from './database.ts';
import { webhookAttempts, webhookDeliveries } from './schema.ts';

export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;
export type WebhookAttempt = typeof webhookAttempts.$inferSelect;

export async function insertDeliveries(tx: Db, deliveries: readonly WebhookDelivery[]): Promise<void> {
  for (const batch of batchesOf(deliveries)) await tx.insert(webhookDeliveries).values(batch);
}

const earlier = alias(webhookDeliveries, 'earlier');

/** A delivery waits for those before it about the same record, until they are done or have been tried often enough. */
const waits = sql`exists (select 1 from ${webhookDeliveries} earlier where ${and(
  eq(earlier.endpointId, webhookDeliveries.endpointId),
  eq(earlier.subject, webhookDeliveries.subject),
  eq(earlier.status, sql.raw(`'pending'`)),
  lt(earlier.id, webhookDeliveries.id),
  lt(earlier.attempts, ATTEMPTS_IN_ORDER),
)})`;

/**
 * Takes a delivery that is due in hand: counts the attempt, and moves the next one behind the lease, so that of two
 * workers one sends.
 */
export async function claimDelivery(
  db: Db,
  id: string,
  { now, leaseEndsAt }: { now: Date; leaseEndsAt: Date },
): Promise<WebhookDelivery | undefined> {
  const [claimed] = await db
    .update(webhookDeliveries)
    .set({
      attempts: sql`${webhookDeliveries.attempts} + 1`,
      nextAttemptAt: leaseEndsAt,
      lastAttemptAt: now,
      updatedAt: now,
    })
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.status, 'pending'),
        // What nobody has tried is due, also by the clock of a server that is behind the one that wrote it down.
        or(eq(webhookDeliveries.attempts, 0), lte(webhookDeliveries.nextAttemptAt, now)),
        not(waits),
      ),
    )
    .returning();
  return claimed;
}

export async function insertAttempt(tx: Db, attempt: WebhookAttempt): Promise<void> {
  await tx.insert(webhookAttempts).values(attempt);
}

/** What has come through has come through, whatever else became of the delivery meanwhile. */
export async function markDelivered(
  tx: Db,
  id: string,
  change: { responseStatus: number; updatedAt: Date },
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ ...change, status: 'succeeded' })
    .where(eq(webhookDeliveries.id, id));
}

/** Writes down a failed attempt, unless somebody else has begun another one since. */
export async function markAttemptFailed(
  tx: Db,
  { id, attempts }: WebhookDelivery,
  change: Pick<WebhookDelivery, 'status' | 'nextAttemptAt' | 'responseStatus' | 'updatedAt'>,
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set(change)
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.attempts, attempts),
        eq(webhookDeliveries.status, 'pending'),
      ),
    );
}

/** What was on its way to an endpoint that is switched off. */
export async function failPendingDeliveries(tx: Db, endpointId: string, updatedAt: Date): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ status: 'failed', updatedAt })
    .where(and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.status, 'pending')));
}

/** Sends a delivery that is over once more. */
export async function reopenDelivery(tx: Db, id: string, now: Date): Promise<WebhookDelivery | undefined> {
  const [reopened] = await tx
    .update(webhookDeliveries)
    .set({ status: 'pending', nextAttemptAt: now, updatedAt: now })
    .where(and(eq(webhookDeliveries.id, id), ne(webhookDeliveries.status, 'pending')))
    .returning();
  return reopened;
}

/** The one behind this one, about the same record. */
export async function findNextInLine(
  tx: Db,
  { id, endpointId, subject }: WebhookDelivery,
): Promise<WebhookDelivery | undefined> {
  const [next] = await tx
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        eq(webhookDeliveries.subject, subject),
        eq(webhookDeliveries.status, sql.raw(`'pending'`)),
        gt(webhookDeliveries.id, id),
      ),
    )
    .orderBy(asc(webhookDeliveries.id))
    .limit(1);
  return next;
}

/** Deliveries that should have been sent by then, wait for no other, and have not been sent: the oldest of each team. */
export async function findOverdueDeliveries(
  db: Db,
  due: Date,
  { limit, perTeam }: { limit: number; perTeam: number },
): Promise<{ id: string; teamId: string }[]> {
  const { id, teamId, nextAttemptAt } = webhookDeliveries;
  const overdue = db
    .select({
      ...{ id, teamId, nextAttemptAt },
      place: sql<number>`row_number() over (partition by ${teamId} order by ${nextAttemptAt})`.as('place'),
    })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.status, sql.raw(`'pending'`)), lte(nextAttemptAt, due), not(waits)))
    .as('overdue');
  return db
    .select({ id: overdue.id, teamId: overdue.teamId })
    .from(overdue)
    .where(lte(overdue.place, perTeam))
    .orderBy(asc(overdue.nextAttemptAt))
    .limit(limit);
}

/** @returns how many there were */
export async function deleteOldDeliveries(db: Db, createdBefore: Date, limit: number): Promise<number> {
  return deleteFinished(db, lt(webhookDeliveries.createdAt, createdBefore), limit);
}

/** What was sent to an endpoint, some of it; returns how many. */
export async function deleteDeliveriesTo(db: Db, endpointId: string, limit: number): Promise<number> {
  return deleteFinished(db, eq(webhookDeliveries.endpointId, endpointId), limit);
}

async function deleteFinished(db: Db, which: SQL, limit: number): Promise<number> {
  const finished = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(which, ne(webhookDeliveries.status, 'pending')))
    .orderBy(asc(webhookDeliveries.createdAt))
    .limit(limit);
  const deleted = await db
    .delete(webhookDeliveries)
    .where(sql`${webhookDeliveries.id} in ${finished}`)
    .returning({ id: webhookDeliveries.id });
  return deleted.length;
}

export interface DeliveryPage {
  status?: DeliveryStatus;
  /** The id of the last delivery on the page before. */
  after?: string;
  limit: number;
}

/** Newest first. */
export async function listDeliveries(
  db: Db,
  endpointId: string,
  { status, after, limit }: DeliveryPage,
): Promise<WebhookDelivery[]> {
  const conditions: (SQL | undefined)[] = [
    eq(webhookDeliveries.endpointId, endpointId),
    status && eq(webhookDeliveries.status, status),
    after === undefined ? undefined : lt(webhookDeliveries.id, after),
  ];
  return db
    .select()
    .from(webhookDeliveries)
    .where(and(...conditions))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);
}

export async function findDelivery(
  db: Db,
  endpointId: string,
  id: string,
): Promise<WebhookDelivery | undefined> {
  const [delivery] = await db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.endpointId, endpointId)));
  return delivery;
}

/** The last attempts of a delivery, in their order: more than a delivery has unless it is asked for again and again. */
export async function findAttempts(db: Db, deliveryId: string, limit: number): Promise<WebhookAttempt[]> {
  const latest = await db
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, deliveryId))
    .orderBy(desc(webhookAttempts.attempt))
    .limit(limit);
  return latest.reverse();
}
