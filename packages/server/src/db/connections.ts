import { and, eq, inArray, lte, or, sql } from 'drizzle-orm';
import { wantedConnection } from '../domain/connection.ts';
import { ASSIGNABLE_STATUSES } from '../domain/phone-number.ts';
import { batchesOf } from './batches.ts';
import type { Db } from './database.ts';
import type { PhoneNumber } from './phone-numbers.ts';
import { assistants, phoneNumbers } from './schema.ts';

/*
 * Whether the carrier sends a number's calls to the connection that is wanted. `routing_attempts` and
 * `routing_next_at` together are the fence: whoever wants another connection, or asks the carrier, changes them.
 */

/** The connection that is wanted for a number as it was just read. Lock the number before it has to be sure. */
export async function findWantedConnection(
  db: Db,
  number: Pick<PhoneNumber, 'assistantId' | 'connectionId'>,
): Promise<string | null> {
  if (number.assistantId === null) return number.connectionId;
  const [assistant] = await db
    .select({ connectionId: assistants.connectionId })
    .from(assistants)
    .where(eq(assistants.id, number.assistantId));
  return wantedConnection(assistant ?? null, number);
}

/**
 * Notes that the carrier has to be told, for those of the numbers that are in service and want a connection; the
 * others have nothing to wait for.
 * @returns the ids of those for which the carrier has to be asked
 */
export async function markOutOfSync(tx: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const wanted = sql`coalesce((select a.connection_id from assistants a where a.id = ${phoneNumbers.assistantId}), ${phoneNumbers.connectionId})`;
  const pending: string[] = [];
  for (const batch of batchesOf(ids)) {
    const marked = await tx
      .update(phoneNumbers)
      .set({
        routingStatus: sql`case when ${wanted} is null then 'in_sync' else 'pending' end`,
        routingAttempts: 0,
        routingNextAt: now,
        updatedAt: now,
      })
      .where(and(inArray(phoneNumbers.id, batch), inArray(phoneNumbers.status, ASSIGNABLE_STATUSES)))
      .returning({ id: phoneNumbers.id, routingStatus: phoneNumbers.routingStatus });
    for (const { id, routingStatus } of marked) if (routingStatus === 'pending') pending.push(id);
  }
  return pending;
}

/**
 * Takes a number whose connection the carrier has to be told, where that is due. The same update moves the next
 * attempt into the future, so that of two who look after it one acts.
 */
export async function claimSync(
  db: Db,
  id: string,
  { now, nextAttemptAt }: { now: Date; nextAttemptAt: Date },
): Promise<PhoneNumber | undefined> {
  const [claimed] = await db
    .update(phoneNumbers)
    .set({ routingAttempts: sql`${phoneNumbers.routingAttempts} + 1`, routingNextAt: nextAttemptAt })
    .where(
      and(
        eq(phoneNumbers.id, id),
        eq(phoneNumbers.routingStatus, 'pending'),
        // What nobody has tried is due, also by the clock of a server that is behind the one that wrote it down.
        or(eq(phoneNumbers.routingAttempts, 0), lte(phoneNumbers.routingNextAt, now)),
        inArray(phoneNumbers.status, ASSIGNABLE_STATUSES),
      ),
    )
    .returning();
  return claimed;
}

/** What became of asking the carrier. Not a change that the team made: the record's own time stays. */
export async function noteSync(
  tx: Db,
  id: string,
  note: Partial<Pick<PhoneNumber, 'routingStatus' | 'routingAttempts' | 'routingNextAt'>>,
): Promise<void> {
  await tx.update(phoneNumbers).set(note).where(eq(phoneNumbers.id, id));
}
