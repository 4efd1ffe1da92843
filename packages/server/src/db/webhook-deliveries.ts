import { and, asc, desc, eq, gt, lt, lte, ne, not, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { ATTEMPTS_IN_ORDER, type DeliveryStatus } from '../domain/webhook-delivery.ts';
import type { Db } from './database.ts';
import type { Event } from './events.ts';
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from './schema.ts';

export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;
export type WebhookAttempt = typeof webhookAttempts.$inferSelect;

/**
 * Writes a delivery of the event for every endpoint that wants it, in the event's own transaction.
 *
 * The endpoints are locked against being deleted meanwhile: one that another transaction deletes is passed over, where
 * the foreign key alone would fail this transaction and the change that the event tells of.
 *
 * @param filters what an endpoint can have asked for to get this event
 * @param ids as many ids as there can be endpoints
 * @returns the ids that were taken
 */
export async function insertDeliveries(
  tx: Db,
  event: Event,
  filters: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const { teamId, mode, createdAt: now } = event;
  const wanted = sql.join(
    filters.map((filter) => sql`${filter}`),
    sql`, `,
  );
  const fitting = tx.$with('fitting').as(
    tx
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(
        and(
          eq(webhookEndpoints.teamId, teamId),
          mode === null ? undefined : eq(webhookEndpoints.mode, mode),
          eq(webhookEndpoints.enabled, true),
          sql`(cardinality(${webhookEndpoints.types}) = 0 or ${webhookEndpoints.types} && array[${wanted}]::text[])`,
        ),
      )
      .for('key share'),
  );
  const at = sql`${now.toISOString()}::timestamptz`;
  const inserted = await tx
    .with(fitting)
    .insert(webhookDeliveries)
    .select(
      sql`select (string_to_array(${ids.join(',')}, ','))[row_number() over (order by fitting.id)],
        fitting.id, ${teamId}, ${event.id}, ${event.type}, ${event.subject}, 'pending', 0, ${at}, null, null, ${at}, ${at}
        from fitting`,
    )
    .returning({ id: webhookDeliveries.id });
  return inserted.map(({ id }) => id);
}

export async function insertDelivery(tx: Db, delivery: WebhookDelivery): Promise<void> {
  await tx.insert(webhookDeliveries).values(delivery);
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
        lte(webhookDeliveries.nextAttemptAt, now),
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

/** Deliveries that should have been sent by then, wait for no other, and have not been sent. */
export async function findOverdueDeliveries(db: Db, due: Date, limit: number): Promise<{ id: string }[]> {
  return db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.status, sql.raw(`'pending'`)),
        lte(webhookDeliveries.nextAttemptAt, due),
        not(waits),
      ),
    )
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(limit);
}

/** @returns how many there were */
export async function deleteOldDeliveries(db: Db, createdBefore: Date, limit: number): Promise<number> {
  const old = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(lt(webhookDeliveries.createdAt, createdBefore), ne(webhookDeliveries.status, 'pending')))
    .orderBy(asc(webhookDeliveries.createdAt))
    .limit(limit);
  const deleted = await db
    .delete(webhookDeliveries)
    .where(sql`${webhookDeliveries.id} in ${old}`)
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
