import { CarrierError } from '../carriers/carrier.ts';
import {
  claimReconciliation,
  dropClaim,
  findLastReport,
  keepReport,
  prolongClaim,
  type ReconciliationReport,
} from '../db/reconciliation.ts';
import { MODES, type Mode } from '../domain/mode.ts';
import { type Finding, looksLikeWrongAccount } from '../domain/reconciliation.ts';
import { Refusal } from '../domain/refusal.ts';
import { later } from '../domain/time.ts';
import { type Comparison, compareWithCarrier } from './compare-with-carrier.ts';
import type { Context } from './context.ts';
import { type FixOutcome, fixFinding } from './fix-finding.ts';

export interface ReconcileOptions {
  /** Fix what can be fixed by itself; else the run only looks. */
  apply: boolean;
}

/** A run that has not shown for so long that it is alive has died with its server, ms. */
const CLAIM_MS = 5 * 60_000;

/** A run shows that it is alive this often, ms. */
const PROLONG_MS = 60_000;

/** Older reports go, per mode: with one an hour, these are four days. */
const REPORTS_KEPT = 100;

/** Try again after so many seconds where the carrier did not say, and where another run is under way. */
const RETRY_SECONDS = 30;

/**
 * Compares our records with the carrier's account, in every mode that has a carrier, and keeps a report of each. A
 * mode whose carrier fails in the middle has no report, and nothing is fixed in it; the other mode is done all the same.
 *
 * @throws Refusal `carrier_unavailable`, `carrier_error`, `reconciliation_in_progress`, for the first mode that failed
 */
export async function reconcileCarrier(
  context: Context,
  options: ReconcileOptions,
): Promise<ReconciliationReport[]> {
  const reports: ReconciliationReport[] = [];
  const errors: unknown[] = [];
  for (const mode of MODES.filter((each) => context.carriers[each] !== null)) {
    try {
      reports.push(await reconcileMode(context, mode, options));
    } catch (error) {
      // Whoever is at work does the other mode too: two runs must not get into each other's way there.
      if (error instanceof Refusal && error.code === 'reconciliation_in_progress') throw error;
      if (!(error instanceof Refusal))
        context.log.error({ mode, err: error }, 'reconciliation failed in a way that nobody foresaw');
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
  return reports;
}

/** The hourly round: it looks, and leaves every fix to the operator. A round that cannot be made is no failure. */
export async function reconcileByTheClock(context: Context): Promise<void> {
  try {
    await reconcileCarrier(context, { apply: false });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.log.warn(
      { code: error.code },
      'the round of reconciliation was left out; the next is in an hour',
    );
  }
}

/** The last report of each mode that has one. */
export async function lastReports(context: Context): Promise<ReconciliationReport[]> {
  const reports = await Promise.all(MODES.map((mode) => findLastReport(context.db, mode)));
  return reports.filter((report) => report !== undefined);
}

async function reconcileMode(
  context: Context,
  mode: Mode,
  options: ReconcileOptions,
): Promise<ReconciliationReport> {
  const id = context.newId('rec');
  const { db, clock, log } = context;
  const now = clock.now();
  if (!(await claimReconciliation(db, { mode, holder: id, now, expiresAt: later(now, CLAIM_MS) })))
    throw inProgress(mode);
  try {
    return await run(context, mode, id, options);
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    log.warn({ mode, kind: error.kind, detail: error.message }, 'reconciliation stopped at the carrier');
    throw refusalOf(error);
  } finally {
    await dropClaim(db, { mode, holder: id });
  }
}

async function run(
  context: Context,
  mode: Mode,
  id: string,
  { apply }: ReconcileOptions,
): Promise<ReconciliationReport> {
  const startedAt = context.clock.now();
  const stillOurs = claimKeeper(context, mode, id);
  const comparison = await compareWithCarrier(context, mode, stillOurs);
  const found = comparison.findings.kept();
  const findings = apply ? await fixAll(context, mode, comparison, found, stillOurs) : found;

  const finishedAt = context.clock.now();
  const summary = {
    numbers_there: comparison.numbersThere,
    numbers_here: comparison.numbersHere,
    orders_compared: comparison.ordersCompared,
    ...comparison.findings.counts(),
    unconfirmed: comparison.unconfirmed,
    fixed: findings.filter(({ applied }) => applied).length,
    duration_ms: finishedAt.getTime() - startedAt.getTime(),
  };
  const report = { id, mode, applied: apply, startedAt, finishedAt, summary, findings };
  await context.db.transaction((tx) => keepReport(tx, report, REPORTS_KEPT));
  context.log[summary.findings === 0 ? 'info' : 'warn'](
    { mode, apply, ...summary },
    'our records are compared with the carrier',
  );
  return report;
}

/** Fixes what the report lists, and nothing that it has no room for: the next run lists that. */
async function fixAll(
  context: Context,
  mode: Mode,
  { missing, numbersHere }: Comparison,
  findings: Finding[],
  stillOurs: () => Promise<void>,
): Promise<Finding[]> {
  const wrongAccount = looksLikeWrongAccount(missing, numbersHere);
  const fixed: Finding[] = [];
  for (const finding of findings) {
    if (finding.fix === 'none') {
      fixed.push(finding);
    } else if (finding.fix === 'mark_gone' && wrongAccount) {
      fixed.push({ ...finding, applied: false, outcome: tooMany(missing, numbersHere) });
    } else {
      fixed.push({ ...finding, ...(await tryToFix(context, mode, finding, stillOurs)) });
    }
  }
  return fixed;
}

/** Whatever goes wrong with one, the others are tried, and the report says what has been done. */
async function tryToFix(
  context: Context,
  mode: Mode,
  finding: Finding,
  stillOurs: () => Promise<void>,
): Promise<FixOutcome> {
  try {
    await stillOurs();
    return await fixFinding(context, mode, finding);
  } catch (error) {
    context.log.error({ mode, finding, err: error }, 'a fix failed in a way that nobody foresaw');
    return { applied: false, outcome: 'Something went wrong on our side; the log says what.' };
  }
}

function tooMany(missing: number, numbersHere: number): string {
  return `Held back: ${missing} of ${numbersHere} numbers are missing at once, as if the key were another account's. Check the key.`;
}

/** Prolongs the claim when it is time. @throws Refusal where another run has taken the mode over */
function claimKeeper(context: Context, mode: Mode, holder: string): () => Promise<void> {
  let prolongAt = later(context.clock.now(), PROLONG_MS);
  return async () => {
    const now = context.clock.now();
    if (now < prolongAt) return;
    if (!(await prolongClaim(context.db, { mode, holder, expiresAt: later(now, CLAIM_MS) })))
      throw inProgress(mode);
    prolongAt = later(now, PROLONG_MS);
  };
}

function inProgress(mode: Mode): Refusal {
  return new Refusal(
    'reconciliation_in_progress',
    `The ${mode} mode is being compared with the carrier just now. Read the report when that is done, or run it again then.`,
    { retryAfterSeconds: RETRY_SECONDS },
  );
}

function refusalOf({ kind, retryAfterMs }: CarrierError): Refusal {
  if (kind === 'unavailable' || kind === 'rate_limited') {
    return new Refusal(
      'carrier_unavailable',
      'The carrier stopped answering before everything was compared. Nothing was fixed; run it again in a moment.',
      { retryAfterSeconds: Math.ceil((retryAfterMs ?? RETRY_SECONDS * 1000) / 1000) },
    );
  }
  return new Refusal(
    'carrier_error',
    'The carrier refused to list its numbers or orders. Nothing was fixed; the log has its words.',
  );
}
