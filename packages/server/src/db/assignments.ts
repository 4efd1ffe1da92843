import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { LIVE_STATUSES, type PhoneNumberStatus } from '../domain/phone-number.ts';
import { type RoutedNumber, routedColumns } from './assistants.ts';
import { batchesOf } from './batches.ts';
import type { Db } from './database.ts';
import { assistants, phoneNumbers } from './schema.ts';

/** Whose numbers: of one team, in one mode. */
export interface Owner {
  teamId: string;
  mode: Mode;
}

/** A number and whose it is within its team, in the form in which it is answered. */
export interface AssignedNumber {
  id: string;
  /** E.164. */
  phone_number: string;
  status: string;
  label: string | null;
  assistant_id: string | null;
  assistant_name: string | null;
  routing_status: string;
}

const assignedColumns = {
  id: phoneNumbers.id,
  phone_number: phoneNumbers.phoneNumber,
  status: phoneNumbers.status,
  label: phoneNumbers.label,
  assistant_id: phoneNumbers.assistantId,
  assistant_name: assistants.name,
  routing_status: phoneNumbers.routingStatus,
};

/** The numbers of one assistant, newest first. */
export function listNumbersOf(db: Db, owner: Owner, assistantId: string): Promise<AssignedNumber[]> {
  return list(db, owner, eq(phoneNumbers.assistantId, assistantId));
}

/** The numbers in service that no assistant has, newest first. */
export function listFreeNumbers(db: Db, owner: Owner): Promise<AssignedNumber[]> {
  return list(db, owner, and(isNull(phoneNumbers.assistantId), eq(phoneNumbers.status, 'active')));
}

/** Every number that an assistant has, newest first. */
export function listAssignedNumbers(db: Db, owner: Owner): Promise<AssignedNumber[]> {
  return list(db, owner, isNotNull(phoneNumbers.assistantId));
}

async function list(db: Db, { teamId, mode }: Owner, which: SQL | undefined): Promise<AssignedNumber[]> {
  return db
    .select(assignedColumns)
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode), which))
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id));
}

/** What a request may choose among. */
export type Candidate = RoutedNumber & { status: PhoneNumberStatus };

/**
 * The team's numbers under these names, ids or E.164, by name. Under its digits the live record of a number comes
 * first, else the latest one.
 */
export async function findByNames(
  db: Db,
  { teamId, mode }: Owner,
  names: readonly string[],
): Promise<Map<string, Candidate>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .select({ ...routedColumns, status: phoneNumbers.status })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(
      and(
        eq(phoneNumbers.teamId, teamId),
        eq(phoneNumbers.mode, mode),
        or(inArray(phoneNumbers.id, [...names]), inArray(phoneNumbers.phoneNumber, [...names])),
      ),
    )
    .orderBy(
      // Of several under one name the last one stays in the map.
      asc(inArray(phoneNumbers.status, LIVE_STATUSES)),
      asc(phoneNumbers.createdAt),
      asc(phoneNumbers.id),
    );
  return new Map(
    rows.flatMap((row) => [
      [row.id, row],
      [row.phoneNumber, row],
    ]),
  );
}

/** Gives the numbers to an assistant, or to none. */
export async function setAssistant(
  tx: Db,
  ids: readonly string[],
  assistantId: string | null,
  now: Date,
): Promise<void> {
  for (const batch of batchesOf(ids)) {
    await tx.update(phoneNumbers).set({ assistantId, updatedAt: now }).where(inArray(phoneNumbers.id, batch));
  }
}
