import { and, count, desc, eq, ilike, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import type { Db } from './database.ts';
import { assistants, phoneNumbers, users } from './schema.ts';

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
  /** The time that the list is sorted by: microseconds since 1970, as text, which the database compares exactly. */
  micros: string;
  id: string;
}

/** A time as clients get it, straight from the database. */
export const isoTime = (column: SQLWrapper) =>
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

const createdAtMicros = sql<string>`(extract(epoch from ${phoneNumbers.createdAt}) * 1000000)::bigint::text`;

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
      createdAtMicros,
    })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
    .where(and(...conditions(filters), after && isBehind(after)))
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

function isBehind({ micros, id }: Position): SQL {
  return sql`(${phoneNumbers.createdAt}, ${phoneNumbers.id}) < (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id})`;
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

/** One number with everything that its team may know, times as ISO 8601 text. */
export interface NumberDetails extends ListedNumber {
  provider_number_id: string | null;
  mode: string;
  label: string | null;
  deletion_lock: boolean;
  connection_id: string | null;
  routing_status: string;
  monthly_price: string | null;
  setup_price: string | null;
  release_at: string | null;
  released_at: string | null;
  suspended_at: string | null;
  suspension_ends_at: string | null;
}

const detailColumns = {
  ...listedColumns,
  provider_number_id: sql<string | null>`${phoneNumbers.provider} || '_' || ${phoneNumbers.carrierNumberId}`,
  mode: phoneNumbers.mode,
  label: phoneNumbers.label,
  deletion_lock: phoneNumbers.deletionLock,
  connection_id: phoneNumbers.connectionId,
  routing_status: phoneNumbers.routingStatus,
  monthly_price: phoneNumbers.monthlyPrice,
  setup_price: phoneNumbers.setupPrice,
  release_at: isoTime(phoneNumbers.releaseAt) as SQL<string | null>,
  released_at: isoTime(phoneNumbers.releasedAt) as SQL<string | null>,
  suspended_at: isoTime(phoneNumbers.suspendedAt) as SQL<string | null>,
  suspension_ends_at: isoTime(phoneNumbers.suspensionEndsAt) as SQL<string | null>,
};

export async function findNumberDetails(db: Db, id: string): Promise<NumberDetails> {
  const [row] = await db
    .select(detailColumns)
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
    .where(eq(phoneNumbers.id, id));
  if (!row) throw new Error(`there is no phone number ${id}`);
  return row;
}

/** One page of a team's numbers with everything that is known of each, newest first. */
export async function listDetails(
  db: Db,
  filters: ListFilters,
  page: { limit: number; after: Position | null },
): Promise<(NumberDetails & { createdAtMicros: string })[]> {
  return db
    .select({ ...detailColumns, createdAtMicros })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .leftJoin(users, eq(users.id, phoneNumbers.createdBy))
    .where(and(...conditions(filters), page.after ? isBehind(page.after) : undefined))
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id))
    .limit(page.limit);
}

/** How many numbers the team has of each status and price, released ones left out. */
export async function countByStatusAndPrice(
  db: Db,
  { teamId, mode }: Pick<ListFilters, 'teamId' | 'mode'>,
): Promise<{ status: PhoneNumberStatus; price: string | null; count: number }[]> {
  return db
    .select({ status: phoneNumbers.status, price: phoneNumbers.monthlyPrice, count: count() })
    .from(phoneNumbers)
    .where(and(...conditions({ teamId, mode })))
    .groupBy(phoneNumbers.status, phoneNumbers.monthlyPrice);
}
