import { and, asc, count, desc, eq, gt, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Mode } from '../domain/mode.ts';
import { canBecome, LIVE_STATUSES, type PhoneNumberStatus, SLOT_STATUSES } from '../domain/phone-number.ts';
import { builtOnce } from './built-once.ts';
import type { Db } from './database.ts';
import { phoneNumbers, teams } from './schema.ts';

export type PhoneNumber = typeof phoneNumbers.$inferSelect;

const usage = builtOnce('count_usage', (db, { teamId, mode }: { teamId: string; mode: Mode }) =>
  db
    .select({
      currentCount:
        sql<number>`count(*) filter (where ${inArray(phoneNumbers.status, SLOT_STATUSES)})`.mapWith(Number),
      // A trial that never came to be, or not yet, is not used up.
      trialUsed: sql<boolean>`coalesce(bool_or(${phoneNumbers.boughtAsTrial} and ${notInArray(phoneNumbers.status, ['purchasing', 'error'])}), false)`,
    })
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode))),
);

/** How many of the team's numbers hold a slot of its plan, and whether it has had its trial. */
export async function countUsage(
  db: Db,
  teamId: string,
  mode: Mode,
): Promise<{ currentCount: number; trialUsed: boolean }> {
  const [row] = await usage(db, { teamId, mode });
  return row ?? { currentCount: 0, trialUsed: false };
}

const insert = builtOnce('insert_phone_number', (tx, number: PhoneNumber) =>
  tx.insert(phoneNumbers).values(number).onConflictDoNothing().returning({ id: phoneNumbers.id }),
);

/**
 * Inserts the number unless the same E.164 is live in this mode already.
 * @returns whether it was inserted
 */
export async function insertPhoneNumber(tx: Db, number: PhoneNumber): Promise<boolean> {
  return (await insert(tx, number)).length > 0;
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

/** Which of these E.164 numbers have a live record, whichever team's it is. */
export async function findLiveAmong(db: Db, mode: Mode, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ phoneNumber: phoneNumbers.phoneNumber })
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.mode, mode),
        inArray(phoneNumbers.phoneNumber, [...numbers]),
        inArray(phoneNumbers.status, LIVE_STATUSES),
      ),
    );
  return new Set(rows.map(({ phoneNumber }) => phoneNumber));
}

/**
 * Lets transactions that insert several numbers at once go one after the other where they want the same. An insert
 * waits for another transaction's of the same number: two that insert the same numbers in different order would
 * wait for each other. The locks are taken in the order of the numbers, and end with the transaction.
 */
export async function takeTurns(tx: Db, mode: Mode, numbers: readonly string[]): Promise<void> {
  const names = JSON.stringify([...numbers].sort().map((number) => `${mode} ${number}`));
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(name, 0)) from json_array_elements_text(${names}::json) as name`,
  );
}

const held = alias(phoneNumbers, 'held');

const findBought = builtOnce('find_bought_number', (db, { id }: { id: string }) =>
  db
    .select({
      id: phoneNumbers.id,
      phoneNumber: phoneNumbers.phoneNumber,
      provider: phoneNumbers.provider,
      carrierNumberId: phoneNumbers.carrierNumberId,
      status: phoneNumbers.status,
      isTrial: phoneNumbers.isTrial,
      trialExpiresAt: phoneNumbers.trialExpiresAt,
      plan: teams.plan,
      maxNumbers: teams.maxNumbers,
      currentCount: sql<number>`(${db
        .select({ count: count() })
        .from(held)
        .where(
          and(
            eq(held.teamId, phoneNumbers.teamId),
            eq(held.mode, phoneNumbers.mode),
            inArray(held.status, SLOT_STATUSES),
            // To the letter as in the condition of the index.
            sql`${held.status} <> 'released'`,
          ),
        )})`.mapWith(Number),
    })
    .from(phoneNumbers)
    .innerJoin(teams, eq(teams.id, phoneNumbers.teamId))
    .where(eq(phoneNumbers.id, id)),
);

export type BoughtNumber = Awaited<ReturnType<typeof findBought>>[number];

/** A number that was bought, with its team's plan and how many numbers hold a slot of it now: one journey for all. */
export async function findBoughtNumber(db: Db, id: string): Promise<BoughtNumber | undefined> {
  const [bought] = await findBought(db, { id });
  return bought;
}

export async function findPhoneNumberById(db: Db, id: string): Promise<PhoneNumber | undefined> {
  const [row] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
  return row;
}

type StatusChange = Partial<PhoneNumber> & { updatedAt: Date };

const change = builtOnce(
  'change_status',
  (
    tx,
    { seenId, seenStatus, ...changed }: StatusChange & { seenId: string; seenStatus: PhoneNumberStatus },
  ) =>
    tx
      .update(phoneNumbers)
      .set(changed)
      .where(and(eq(phoneNumbers.id, seenId), eq(phoneNumbers.status, seenStatus)))
      .returning(),
);

/**
 * Moves a number along its life cycle, with what changes at the same time.
 * @returns nothing where the number is no longer in the status that the caller saw
 */
export async function changeStatus(
  tx: Db,
  { id, status }: Pick<PhoneNumber, 'id' | 'status'>,
  to: PhoneNumberStatus,
  changes: StatusChange,
): Promise<PhoneNumber | undefined> {
  if (!canBecome(status, to)) throw new Error(`a number cannot go from ${status} to ${to}`);
  const [changed] = await change(tx, { ...changes, status: to, seenId: id, seenStatus: status });
  return changed;
}

/** A price as the carrier offers it, USD, decimal. */
export interface Prices {
  monthlyPrice: string;
  setupPrice: string;
}

/** Removes the record of a purchase that was refused before anything was ordered. */
export async function deleteUnorderedNumber(tx: Db, id: string): Promise<void> {
  await tx.delete(phoneNumbers).where(and(eq(phoneNumbers.id, id), eq(phoneNumbers.status, 'purchasing')));
}

/**
 * Turns a team's trials into paid numbers, for a team that now pays and is locked.
 * @returns the numbers as they were
 */
export async function endTrialsAsPaid(tx: Db, teamId: string, now: Date): Promise<PhoneNumber[]> {
  const trials = and(
    eq(phoneNumbers.teamId, teamId),
    eq(phoneNumbers.isTrial, true),
    inArray(phoneNumbers.status, SLOT_STATUSES),
  );
  const numbers = await tx.select().from(phoneNumbers).where(trials).for('update');
  await tx.update(phoneNumbers).set({ isTrial: false, trialExpiresAt: null, updatedAt: now }).where(trials);
  return numbers;
}

/**
 * A team's own number, by its id or its E.164 form: the live one, or else the latest that was released.
 * Never another team's, never one of the other mode.
 */
export async function findOwnNumber(
  db: Db,
  owner: { teamId: string; mode: Mode },
  idOrNumber: string,
): Promise<PhoneNumber | undefined> {
  const [row] = await db
    .select()
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.teamId, owner.teamId),
        eq(phoneNumbers.mode, owner.mode),
        or(eq(phoneNumbers.id, idOrNumber), eq(phoneNumbers.phoneNumber, idOrNumber)),
      ),
    )
    .orderBy(
      desc(inArray(phoneNumbers.status, LIVE_STATUSES)),
      desc(phoneNumbers.createdAt),
      desc(phoneNumbers.id),
    )
    .limit(1);
  return row;
}

/** The number, its row locked until the transaction ends. Lock the team first where both are needed. */
export async function lockNumber(tx: Db, id: string): Promise<PhoneNumber | undefined> {
  const [row] = await tx.select().from(phoneNumbers).where(eq(phoneNumbers.id, id)).for('update');
  return row;
}

/** Changes a number without moving it along its life cycle. */
export async function updateNumber(
  tx: Db,
  id: string,
  change: Partial<Omit<PhoneNumber, 'id' | 'status'>> & { updatedAt: Date },
): Promise<PhoneNumber | undefined> {
  const [changed] = await tx.update(phoneNumbers).set(change).where(eq(phoneNumbers.id, id)).returning();
  return changed;
}

/**
 * Writes the intent to give a number back, where its time has come. It also moves the next attempt into the
 * future, so that of two givers one acts.
 */
export async function claimGiveBack(
  db: Db,
  id: string,
  { now, nextAttemptAt }: { now: Date; nextAttemptAt: Date },
): Promise<PhoneNumber | undefined> {
  const [claimed] = await db
    .update(phoneNumbers)
    .set({
      givingBackAt: sql`coalesce(${phoneNumbers.givingBackAt}, ${now})`,
      giveBackAttempts: sql`${phoneNumbers.giveBackAttempts} + 1`,
      releaseAt: nextAttemptAt,
      updatedAt: now,
    })
    .where(
      and(eq(phoneNumbers.id, id), eq(phoneNumbers.status, 'releasing'), lte(phoneNumbers.releaseAt, now)),
    )
    .returning();
  return claimed;
}

/** The team's numbers that can still be restored, oldest release first. */
export async function findInGrace(tx: Db, teamId: string, mode: Mode, now: Date): Promise<PhoneNumber[]> {
  return tx
    .select()
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.teamId, teamId),
        eq(phoneNumbers.mode, mode),
        eq(phoneNumbers.status, 'releasing'),
        isNull(phoneNumbers.givingBackAt),
        gt(phoneNumbers.releaseAt, now),
      ),
    )
    .orderBy(asc(phoneNumbers.releaseAt), asc(phoneNumbers.id));
}

/** The team's numbers in one status, oldest first. */
export async function findInStatus(
  tx: Db,
  teamId: string,
  mode: Mode,
  status: PhoneNumberStatus,
): Promise<PhoneNumber[]> {
  return tx
    .select()
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode), eq(phoneNumbers.status, status)))
    .orderBy(asc(phoneNumbers.createdAt), asc(phoneNumbers.id));
}
