import { and, count, desc, eq, ilike, inArray, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { canBecome, LIVE_STATUSES, type PhoneNumberStatus, SLOT_STATUSES } from '../domain/phone-number.ts';
import type { Db } from './database.ts';
import { assistants, phoneNumbers, users } from './schema.ts';

export type PhoneNumber = typeof phoneNumbers.$inferSelect;

/** How many of the team's numbers hold a slot of its plan, and whether it has had its trial. */
export async function countUsage(
  db: Db,
  teamId: string,
  mode: Mode,
): Promise<{ currentCount: number; trialUsed: boolean }> {
  const [row] = await db
    .select({
      currentCount:
        sql<number>`count(*) filter (where ${inArray(phoneNumbers.status, SLOT_STATUSES)})`.mapWith(Number),
      // A trial that never came to be, or not yet, is not used up.
      trialUsed: sql<boolean>`coalesce(bool_or(${phoneNumbers.boughtAsTrial} and ${notInArray(phoneNumbers.status, ['purchasing', 'error'])}), false)`,
    })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode)));
  return row ?? { currentCount: 0, trialUsed: false };
}

/** Inserts the number unless the same E.164 is live in this mode already: then nothing comes back. */
export async function insertPhoneNumber(tx: Db, number: PhoneNumber): Promise<PhoneNumber | undefined> {
  const [inserted] = await tx.insert(phoneNumbers).values(number).onConflictDoNothing().returning();
  return inserted;
}

/** The live record of an E.164 number, whichever team's it is. */
export async function findLiveNumber(
  db: Db,
  mode: Mode,
  phoneNumber: string,
): Promise<PhoneNumber | undefined> {
  const [row] = await db
    .select()
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.mode, mode),
        eq(phoneNumbers.phoneNumber, phoneNumber),
        inArray(phoneNumbers.status, LIVE_STATUSES),
      ),
    );
  return row;
}

export async function findPhoneNumberById(db: Db, id: string): Promise<PhoneNumber | undefined> {
  const [row] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
  return row;
}

/**
 * Moves a number along its life cycle, with what changes at the same time.
 * @returns nothing where the number is no longer in the status that the caller saw
 */
export async function changeStatus(
  tx: Db,
  number: Pick<PhoneNumber, 'id' | 'status'>,
  to: PhoneNumberStatus,
  change: Partial<PhoneNumber> & { updatedAt: Date },
): Promise<PhoneNumber | undefined> {
  if (!canBecome(number.status, to)) throw new Error(`a number cannot go from ${number.status} to ${to}`);
  const [changed] = await tx
    .update(phoneNumbers)
    .set({ ...change, status: to })
    .where(and(eq(phoneNumbers.id, number.id), eq(phoneNumbers.status, number.status)))
    .returning();
  return changed;
}

/** What is known about the price before the number is ordered. */
export async function setPrices(
  tx: Db,
  id: string,
  prices: { monthlyPrice: string; setupPrice: string },
): Promise<void> {
  await tx.update(phoneNumbers).set(prices).where(eq(phoneNumbers.id, id));
}

/** Removes the record of a purchase that was refused before anything was ordered. */
export async function deleteUnorderedNumber(tx: Db, id: string): Promise<void> {
  await tx.delete(phoneNumbers).where(and(eq(phoneNumbers.id, id), eq(phoneNumbers.status, 'purchasing')));
}

/** Turns a team's trials into paid numbers, for a team that now pays. */
export async function endTrialsAsPaid(tx: Db, teamId: string, now: Date): Promise<PhoneNumber[]> {
  return tx
    .update(phoneNumbers)
    .set({ isTrial: false, trialExpiresAt: null, updatedAt: now })
    .where(
      and(
        eq(phoneNumbers.teamId, teamId),
        eq(phoneNumbers.isTrial, true),
        inArray(phoneNumbers.status, SLOT_STATUSES),
      ),
    )
    .returning();
}

export interface ListFilters {
  teamId: string;
  mode: Mode;
  status?: PhoneNumberStatus;
  assistantId?: string;
  /** Part of the number (digits) or of the assistant's name. */
  search?: string;
}

/** A row of the list, times as ISO 8601 text straight from the database. */
export interface ListedNumber {
  id: string;
  phone_number: string;
  provider: string;
  status: string;
  is_trial: boolean;
  trial_expires_at: string | null;
  assistant_id: string | null;
  assistant_name: string | null;
  created_by_email: string | null;
  created_by_name: string | null;
  created_at: string;
}

/** Where a page ends: the next one starts after this row. */
export interface Position {
  /** Microseconds since 1970, as text: what the database compares exactly. */
  createdAtMicros: string;
  id: string;
}

const isoTime = (column: SQL | typeof phoneNumbers.createdAt | typeof phoneNumbers.trialExpiresAt) =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const listedColumns = {
  id: phoneNumbers.id,
  phone_number: phoneNumbers.phoneNumber,
  provider: phoneNumbers.provider,
  status: phoneNumbers.status,
  is_trial: phoneNumbers.isTrial,
  trial_expires_at: isoTime(phoneNumbers.trialExpiresAt) as SQL<string | null>,
  assistant_id: phoneNumbers.assistantId,
  assistant_name: assistants.name,
  created_by_email: users.email,
  created_by_name: users.name,
  created_at: isoTime(phoneNumbers.createdAt),
};

/** The whole list of a team in one mode, newest first; the plan bounds it. Prepared once: it is asked all day. */
export function prepareListAll(db: Db): (teamId: string, mode: Mode) => Promise<ListedNumber[]> {
  const query = db
    .select(listedColumns)
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
    .where(
      and(
        eq(phoneNumbers.teamId, sql.placeholder('teamId')),
        eq(phoneNumbers.mode, sql.placeholder('mode')),
        ne(phoneNumbers.status, sql.raw(`'released'`)),
      ),
    )
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id))
    .prepare('list_all_numbers');
  return (teamId, mode) => query.execute({ teamId, mode });
}

/** One page of the filtered list, newest first. */
export async function listPage(
  db: Db,
  filters: ListFilters,
  page: { limit: number; after?: Position } | null,
): Promise<(ListedNumber & { createdAtMicros: string })[]> {
  const after = page?.after;
  const query = db
    .select({
      ...listedColumns,
      createdAtMicros: sql<string>`(extract(epoch from ${phoneNumbers.createdAt}) * 1000000)::bigint::text`,
    })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
    .where(
      and(
        ...conditions(filters),
        after &&
          sql`(${phoneNumbers.createdAt}, ${phoneNumbers.id}) < (timestamptz 'epoch' + ${after.createdAtMicros}::bigint * interval '1 microsecond', ${after.id})`,
      ),
    )
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id));
  return page ? query.limit(page.limit) : query;
}

/** How many numbers the filters match. */
export async function countListed(db: Db, filters: ListFilters): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(and(...conditions(filters)));
  return row?.total ?? 0;
}

function conditions({ teamId, mode, status, assistantId, search }: ListFilters): (SQL | undefined)[] {
  return [
    eq(phoneNumbers.teamId, teamId),
    eq(phoneNumbers.mode, mode),
    sql`${phoneNumbers.status} <> 'released'`,
    status && eq(phoneNumbers.status, status),
    assistantId ? eq(phoneNumbers.assistantId, assistantId) : undefined,
    search ? matches(search) : undefined,
  ];
}

function matches(search: string): SQL | undefined {
  // Digits are looked for in numbers only where all of it could be a number: "Team 2" is a name.
  const digits = /^[\d\s()+./-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  const literal = search.replace(/[\\%_]/g, '\\$&');
  return or(
    ilike(assistants.name, `%${literal}%`),
    digits ? ilike(phoneNumbers.phoneNumber, `%${digits}%`) : undefined,
  );
}
