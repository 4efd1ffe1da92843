import { and, asc, desc, eq, gt, inArray, lte, min, notInArray, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { LIVE_STATUSES } from '../domain/phone-number.ts';
import {
  type Finding,
  HELD_STATUSES,
  type LiveRecord,
  type OwnOrder,
  PURCHASE_STATES,
  type ReportSummary,
} from '../domain/reconciliation.ts';
import type { Db } from './database.ts';
import {
  assistants,
  numberOrders,
  phoneNumbers,
  reconciliationClaims,
  reconciliationReports,
} from './schema.ts';

/** What a run has found. */
export interface ReconciliationReport {
  id: string;
  mode: Mode;
  /** Whether the run was to fix what can be fixed. */
  applied: boolean;
  startedAt: Date;
  finishedAt: Date;
  summary: ReportSummary;
  findings: Finding[];
}

/** Rows of a long list that are in memory at a time. */
const PAGE = 1_000;

const recordColumns = {
  id: phoneNumbers.id,
  teamId: phoneNumbers.teamId,
  phoneNumber: phoneNumbers.phoneNumber,
  status: phoneNumbers.status,
  carrierNumberId: phoneNumbers.carrierNumberId,
  connectionId: sql<string | null>`coalesce(${assistants.connectionId}, ${phoneNumbers.connectionId})`,
  monthlyPrice: phoneNumbers.monthlyPrice,
  updatedAt: phoneNumbers.updatedAt,
};

const orderColumns = {
  id: numberOrders.id,
  teamId: numberOrders.teamId,
  phoneNumber: numberOrders.phoneNumber,
  phoneNumberId: numberOrders.phoneNumberId,
  state: numberOrders.state,
  createdAt: numberOrders.createdAt,
  updatedAt: numberOrders.updatedAt,
  record: {
    status: phoneNumbers.status,
    givenBack: sql<boolean>`${phoneNumbers.givingBackAt} is not null`,
    monthlyPrice: phoneNumbers.monthlyPrice,
    updatedAt: phoneNumbers.updatedAt,
  },
};

/** The live records of these E.164 numbers, by number. */
export async function findLiveRecords(
  db: Db,
  mode: Mode,
  numbers: readonly string[],
): Promise<Map<string, LiveRecord>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .select(recordColumns)
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(
      and(
        eq(phoneNumbers.mode, mode),
        inArray(phoneNumbers.phoneNumber, [...numbers]),
        inArray(phoneNumbers.status, LIVE_STATUSES),
      ),
    );
  return new Map(rows.map((row) => [row.phoneNumber, row]));
}

/** Those of our orders that these ids are of, by id. */
export async function findOwnOrders(
  db: Db,
  mode: Mode,
  ids: readonly string[],
): Promise<Map<string, OwnOrder>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(orderColumns)
    .from(numberOrders)
    .leftJoin(phoneNumbers, eq(phoneNumbers.id, numberOrders.phoneNumberId))
    .where(and(inArray(numberOrders.id, [...ids]), eq(numberOrders.mode, mode)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every E.164 number that the carrier must hold for us, page by page, by keyset: rows that come or go shift nothing. */
export async function* pagesOfHeldNumbers(db: Db, mode: Mode): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = await db
      .select({ id: phoneNumbers.id, phoneNumber: phoneNumbers.phoneNumber })
      .from(phoneNumbers)
      .where(
        and(
          eq(phoneNumbers.mode, mode),
          inArray(phoneNumbers.status, HELD_STATUSES),
          gt(phoneNumbers.id, after),
        ),
      )
      .orderBy(asc(phoneNumbers.id))
      .limit(PAGE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ phoneNumber }) => phoneNumber);
    after = last.id;
  }
}

/** Every purchase that was open at that time already and still is, page by page. */
export async function* pagesOfOpenOrders(db: Db, mode: Mode, openedBy: Date): AsyncGenerator<OwnOrder[]> {
  let after = '';
  for (;;) {
    const rows = await db
      .select(orderColumns)
      .from(numberOrders)
      .leftJoin(phoneNumbers, eq(phoneNumbers.id, numberOrders.phoneNumberId))
      .where(
        and(
          eq(numberOrders.mode, mode),
          inArray(numberOrders.state, PURCHASE_STATES),
          lte(numberOrders.createdAt, openedBy),
          gt(numberOrders.id, after),
        ),
      )
      .orderBy(asc(numberOrders.id))
      .limit(PAGE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
  }
}

/** When the oldest purchase was started that is still open. */
export async function oldestOpenOrderAt(db: Db, mode: Mode): Promise<Date | null> {
  const [row] = await db
    .select({ oldest: min(numberOrders.createdAt) })
    .from(numberOrders)
    .where(and(eq(numberOrders.mode, mode), inArray(numberOrders.state, PURCHASE_STATES)));
  return row?.oldest ?? null;
}

/** Who reconciles a mode, and until when nobody else may. */
export interface Claim {
  mode: Mode;
  holder: string;
  now: Date;
  expiresAt: Date;
}

/**
 * Takes the mode for one run, unless another has it and still shows that it is alive. A row with an end instead of a
 * lock: a lock lives in a transaction or a connection, and a run holds neither while it waits for the carrier.
 */
export async function claimReconciliation(db: Db, { mode, holder, now, expiresAt }: Claim): Promise<boolean> {
  const claimed = await db
    .insert(reconciliationClaims)
    .values({ mode, holder, expiresAt })
    .onConflictDoUpdate({
      target: reconciliationClaims.mode,
      set: { holder, expiresAt },
      setWhere: lte(reconciliationClaims.expiresAt, now),
    })
    .returning({ holder: reconciliationClaims.holder });
  return claimed.length > 0;
}

const isHeldBy = ({ mode, holder }: Pick<Claim, 'mode' | 'holder'>) =>
  and(eq(reconciliationClaims.mode, mode), eq(reconciliationClaims.holder, holder));

/** @returns whether the run still has its mode; else another has taken it over */
export async function prolongClaim(db: Db, claim: Omit<Claim, 'now'>): Promise<boolean> {
  const prolonged = await db
    .update(reconciliationClaims)
    .set({ expiresAt: claim.expiresAt })
    .where(isHeldBy(claim))
    .returning({ holder: reconciliationClaims.holder });
  return prolonged.length > 0;
}

export async function dropClaim(db: Db, claim: Pick<Claim, 'mode' | 'holder'>): Promise<void> {
  await db.delete(reconciliationClaims).where(isHeldBy(claim));
}

/** Keeps the report, and of its mode's reports the newest so many. */
export async function keepReport(tx: Db, report: ReconciliationReport, atMost: number): Promise<void> {
  await tx.insert(reconciliationReports).values(report);
  const newest = tx
    .select({ id: reconciliationReports.id })
    .from(reconciliationReports)
    .where(eq(reconciliationReports.mode, report.mode))
    .orderBy(desc(reconciliationReports.startedAt), desc(reconciliationReports.id))
    .limit(atMost);
  await tx
    .delete(reconciliationReports)
    .where(and(eq(reconciliationReports.mode, report.mode), notInArray(reconciliationReports.id, newest)));
}

export async function findLastReport(db: Db, mode: Mode): Promise<ReconciliationReport | undefined> {
  const [row] = await db
    .select()
    .from(reconciliationReports)
    .where(eq(reconciliationReports.mode, mode))
    .orderBy(desc(reconciliationReports.startedAt), desc(reconciliationReports.id))
    .limit(1);
  return row && { ...row, summary: row.summary as ReportSummary, findings: row.findings as Finding[] };
}
