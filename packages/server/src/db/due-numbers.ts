import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Mode } from '../domain/mode.ts';
import type { Db } from './database.ts';
import type { PhoneNumber } from './phone-numbers.ts';
import { phoneNumbers } from './schema.ts';

/*
 * Numbers for which the clock has something to do: each query is "what is due by then", soonest first, served by a
 * partial index of its own.
 */

/** Releases in these modes that the carrier should have had by then. */
export function findDueReleases(
  db: Db,
  modes: readonly Mode[],
  due: Date,
  limit: number,
): Promise<PhoneNumber[]> {
  const releasing = and(eq(phoneNumbers.status, 'releasing'), inArray(phoneNumbers.mode, [...modes]));
  return findDue(db, phoneNumbers.releaseAt, due, limit, releasing);
}

/** Numbers in these modes whose connection the carrier should have been told by then. */
export function findDueSyncs(
  db: Db,
  modes: readonly Mode[],
  due: Date,
  limit: number,
): Promise<PhoneNumber[]> {
  const pending = and(eq(phoneNumbers.routingStatus, 'pending'), inArray(phoneNumbers.mode, [...modes]));
  return findDue(db, phoneNumbers.routingNextAt, due, limit, pending);
}

const workingTrial = and(
  eq(phoneNumbers.isTrial, true),
  inArray(phoneNumbers.status, ['active', 'suspended']),
);

/** Working trials that end by then. */
export function findTrialsEndingBy(db: Db, end: Date, limit: number): Promise<PhoneNumber[]> {
  return findDue(db, phoneNumbers.trialExpiresAt, end, limit, workingTrial);
}

/** Working trials that end by then and whose teams have not been told. */
export function findTrialsToWarn(db: Db, end: Date, limit: number): Promise<PhoneNumber[]> {
  return findDue(
    db,
    phoneNumbers.trialExpiresAt,
    end,
    limit,
    and(workingTrial, isNull(phoneNumbers.warnedDaysLeft)),
  );
}

const suspended = eq(phoneNumbers.status, 'suspended');

/** Suspensions that end by then. */
export function findSuspensionsEndingBy(db: Db, end: Date, limit: number): Promise<PhoneNumber[]> {
  return findDue(db, phoneNumbers.suspensionEndsAt, end, limit, suspended);
}

/** Suspensions that end by then, of which the last warning named more days than these. */
export function findSuspensionsToWarn(
  db: Db,
  end: Date,
  daysLeft: number,
  limit: number,
): Promise<PhoneNumber[]> {
  const unwarned = or(isNull(phoneNumbers.warnedDaysLeft), gt(phoneNumbers.warnedDaysLeft, daysLeft));
  return findDue(db, phoneNumbers.suspensionEndsAt, end, limit, and(suspended, unwarned));
}

async function findDue(
  db: Db,
  time: PgColumn,
  due: Date,
  limit: number,
  which: SQL | undefined,
): Promise<PhoneNumber[]> {
  return db
    .select()
    .from(phoneNumbers)
    .where(and(which, lte(time, due)))
    .orderBy(asc(time))
    .limit(limit);
}
