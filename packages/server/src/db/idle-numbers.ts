import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import type { Price } from '../domain/price.ts';
import type { Db } from './database.ts';
import type { Position } from './listed-numbers.ts';
import { assistants, phoneNumbers } from './schema.ts';

export interface IdleFilters {
  teamId: string;
  mode: Mode;
  /** Without a call since then. */
  since: Date;
}

export interface IdleNumber {
  id: string;
  phoneNumber: string;
  label: string | null;
  status: PhoneNumberStatus;
  assistantId: string | null;
  assistantName: string | null;
  monthlyPrice: Price | null;
  lastCallAt: Date | null;
  createdAt: Date;
  idleSinceMicros: string;
}

const idleSince = sql`coalesce(${phoneNumbers.lastCallAt}, ${phoneNumbers.createdAt})`;

/** One page of the numbers that are kept and not used, the longest idle first. */
export async function findIdleNumbers(
  db: Db,
  filters: IdleFilters,
  page: { limit: number; after: Position | null },
): Promise<IdleNumber[]> {
  return db
    .select({
      id: phoneNumbers.id,
      phoneNumber: phoneNumbers.phoneNumber,
      label: phoneNumbers.label,
      status: phoneNumbers.status,
      assistantId: phoneNumbers.assistantId,
      assistantName: assistants.name,
      monthlyPrice: phoneNumbers.monthlyPrice,
      lastCallAt: phoneNumbers.lastCallAt,
      createdAt: phoneNumbers.createdAt,
      idleSinceMicros: sql<string>`(extract(epoch from ${idleSince}) * 1000000)::bigint::text`,
    })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(and(isIdle(filters), page.after ? isBehind(page.after) : undefined))
    .orderBy(asc(idleSince), asc(phoneNumbers.id))
    .limit(page.limit);
}

/** How many there are of each price, on all pages. */
export async function countIdleByPrice(
  db: Db,
  filters: IdleFilters,
): Promise<{ price: Price | null; count: number }[]> {
  return db
    .select({ price: phoneNumbers.monthlyPrice, count: count() })
    .from(phoneNumbers)
    .where(isIdle(filters))
    .groupBy(phoneNumbers.monthlyPrice);
}

function isIdle({ teamId, mode, since }: IdleFilters): SQL | undefined {
  return and(
    eq(phoneNumbers.teamId, teamId),
    eq(phoneNumbers.mode, mode),
    inArray(phoneNumbers.status, ['active', 'suspended']),
    sql`${idleSince} <= ${since}`,
  );
}

function isBehind({ micros, id }: Position): SQL {
  return sql`(${idleSince}, ${phoneNumbers.id}) > (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id})`;
}
