import { findTrialsEndingBy, findTrialsToWarn } from '../db/due-numbers.ts';
import { SYSTEM } from '../db/events.ts';
import { lockNumber, type PhoneNumber, updateNumber } from '../db/phone-numbers.ts';
import { lockTeam } from '../db/teams.ts';
import { DAY_MS, isoTime, later } from '../domain/time.ts';
import { beginRelease } from './begin-release.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** Teams hear of a trial's end a day before. */
const WARNING_MS = DAY_MS;

const BATCH = 200;

/**
 * Ends the trials whose time has come and warns of those that end within a day. It runs at each trial's end, every
 * minute, and at every start, so that trials also end that ran out while no server was up.
 */
export async function endTrials(context: Context): Promise<void> {
  const now = context.clock.now();
  for (const trial of await findTrialsToWarn(context.db, later(now, WARNING_MS), BATCH)) {
    if (trial.trialExpiresAt && trial.trialExpiresAt > now) await warn(context, trial);
  }
  let ended: boolean;
  do {
    const due = await findTrialsEndingBy(context.db, now, BATCH);
    for (const trial of due) await endTrial(context, trial);
    ended = due.length < BATCH;
  } while (!ended);
}

/**
 * Under the lock of the team: a paid plan that comes at the same moment either has turned the trial into a paid
 * number before, then there is nothing to end, or it comes after the end and changes nothing.
 */
async function endTrial(context: Context, { id, teamId }: PhoneNumber): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const number = await lockNumber(tx, id);
    const now = context.clock.now();
    if (!number?.isTrial || !number.trialExpiresAt || number.trialExpiresAt > now) return;
    if (number.status !== 'active' && number.status !== 'suspended') return;
    await recordEvent(context, tx, {
      teamId,
      mode: number.mode,
      type: 'phone_number.trial_expired',
      subject: id,
      actor: SYSTEM,
      before: { status: number.status },
      after: { status: 'releasing' },
      data: { phone_number: number.phoneNumber, assistant_id: number.assistantId },
    });
    await beginRelease(context, tx, number, { releaseAt: now, reason: 'trial_expired', actor: SYSTEM });
  });
}

async function warn(context: Context, { id, teamId }: PhoneNumber): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const number = await lockNumber(tx, id);
    if (!number?.isTrial || !number.trialExpiresAt || number.warnedDaysLeft !== null) return;
    await updateNumber(tx, id, { warnedDaysLeft: 1, updatedAt: context.clock.now() });
    await recordEvent(context, tx, {
      teamId,
      mode: number.mode,
      type: 'phone_number.trial_expiring',
      subject: id,
      actor: SYSTEM,
      before: { warned_days_left: null },
      after: { warned_days_left: 1 },
      data: { phone_number: number.phoneNumber, trial_expires_at: isoTime(number.trialExpiresAt) },
    });
  });
}
