import { and, count, desc, eq, ilike, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import { askTogether } from './ask-together.ts';
import type { Db, LookUps } from './database.ts';
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

/** A time as clients get it, for `to_char`. */
const ISO_FORMAT = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;

/** A time as clients get it, straight from the database. */
export const isoTime = (column: SQLWrapper) =>
  sql<string>`to_char(${column} at time zone 'UTC', ${sql.raw(ISO_FORMAT)})`;

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

/** As many lists as one statement asks for; each is as long as its team's plan allows. */
const MOST_LISTS_TOGETHER = 20;

/**
 * The numbers of several teams, each with the place of its team among those asked for; and before them each name in
 * them once: a team's numbers share a few assistants and buyers, and to join both to every number costs as much again
 * as the numbers do.
 */
const LIST_ALL = `
  with listed as materialized (
    select asked.place, n.id, n.phone_number, n.provider, n.status, n.is_trial, n.trial_expires_at, n.assistant_id,
      n.created_by, n.created_at
    from unnest($1::text[], $2::text[]) with ordinality as asked (team_id, mode, place)
    join phone_numbers n on n.team_id = asked.team_id and n.mode = asked.mode and n.status <> 'released'
  ),
  named as (
    select null as name, null as email, listed.* from listed
    union all
    select name, null, null, id, null, null, null, null, null, null, null, null
    from assistants where id = any(array(select distinct assistant_id from listed))
    union all
    select name, email, null, id, null, null, null, null, null, null, null, null
    from users where id = any(array(select distinct created_by from listed))
  )
  select place, name, email, id, phone_number, provider, status, is_trial,
    to_char(trial_expires_at at time zone 'UTC', ${ISO_FORMAT}) as trial_expires_at, assistant_id, created_by,
    to_char(created_at at time zone 'UTC', ${ISO_FORMAT}) as created_at
  from named
  order by named.created_at desc nulls first, id desc`;

type NumberRow = Omit<ListedNumber, 'assistant_name' | 'created_by_email' | 'created_by_name'> & {
  /** From 1 on. PostgreSQL gives it as text, the embedded database as a number. */
  place: string | number;
  created_by: string | null;
};

interface NameRow {
  place: null;
  id: string;
  name: string;
  email: string | null;
}

interface Owner {
  teamId: string;
  mode: Mode;
}

/**
 * The whole list of a team in one mode, newest first; the plan bounds it. Prepared once and asked for together: it is
 * asked all day.
 */
export function prepareListAll(lookUps: LookUps): (teamId: string, mode: Mode) => Promise<ListedNumber[]> {
  const find = lookUps.prepare<NumberRow | NameRow>('list_all_numbers', LIST_ALL);
  const ask = askTogether(async (owners: readonly Owner[]) => {
    const places = new Map<string, { owner: Owner; numbers: ListedNumber[] }>();
    for (const owner of owners) places.set(keyOf(owner), { owner, numbers: [] });
    const asked = [...places.values()];
    const rows = await find(
      asked.map(({ owner }) => owner.teamId),
      asked.map(({ owner }) => owner.mode),
    );
    const names = new Map<string | null, NameRow>();
    for (const row of rows) {
      if (row.place === null) names.set(row.id, row);
      else asked[Number(row.place) - 1]?.numbers.push(withNames(row, names));
    }
    // A list of its own for each, also where two ask for the same.
    return owners.map((owner) => places.get(keyOf(owner))?.numbers.slice());
  }, MOST_LISTS_TOGETHER);
  return async (teamId, mode) => (await ask({ teamId, mode })) ?? [];
}

function keyOf({ teamId, mode }: Owner): string {
  return `${mode} ${teamId}`;
}

function withNames(number: NumberRow, names: ReadonlyMap<string | null, NameRow>): ListedNumber {
  const buyer = names.get(number.created_by);
  return {
    id: number.id,
    phone_number: number.phone_number,
    provider: number.provider,
    status: number.status,
    is_trial: number.is_trial,
    trial_expires_at: number.trial_expires_at,
    assistant_id: number.assistant_id,
    assistant_name: names.get(number.assistant_id)?.name ?? null,
    created_by_email: buyer?.email ?? null,
    created_by_name: buyer?.name ?? null,
    created_at: number.created_at,
  };
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
