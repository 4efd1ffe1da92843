import { findSuspensionsEndingBy, findSuspensionsToWarn } from '../db/due-numbers.ts';
import { SYSTEM } from '../db/events.ts';
import { lockNumber, type PhoneNumber, updateNumber } from '../db/phone-numbers.ts';
import { lockTeam } from '../db/teams.ts';
import { DAY_MS, isoTime, later } from '../domain/time.ts';
import { beginRelease } from './begin-release.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';
import { reactivateWithinLimit } from './suspend-numbers.ts';

/** Teams hear of a suspension's end when so many days are left. The last one first: after an outage it is the one that counts. */
const WARNING_DAYS = [1, 3, 7];

const BATCH = 200;

/** Ends the suspensions whose time is over, and warns of those that are near. Runs every minute. */
export async function endSuspensions(context: Context): Promise<void> {
  const now = context.clock.now();
  for (const days of WARNING_DAYS) {
    const near = await findSuspensionsToWarn(context.db, later(now, days * DAY_MS), days, BATCH);
    for (const number of near) await warn(context, number, days);
  }
  for (const number of await findSuspensionsEndingBy(context.db, now, BATCH)) await end(context, number);
}

/** Under the lock of the team: a subscription that comes at the same moment is either before or after. */
async function end(context: Context, { id, teamId, mode }: PhoneNumber): Promise<void> {
  await context.db.transaction(async (tx) => {
    const team = await lockTeam(tx, teamId);
    // A slot may have come free since, by a purchase that failed: then it is for this number.
    if (team) await reactivateWithinLimit(context, tx, team, mode);
    const number = await lockNumber(tx, id);
    const now = context.clock.now();
    if (number?.status !== 'suspended' || !number.suspensionEndsAt || number.suspensionEndsAt > now) return;
    await beginRelease(context, tx, number, { releaseAt: now, reason: 'suspension_ended', actor: SYSTEM });
  });
}

async function warn(context: Context, { id, teamId }: PhoneNumber, daysLeft: number): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const number = await lockNumber(tx, id);
    const now = context.clock.now();
    if (number?.status !== 'suspended' || !number.suspensionEndsAt || number.suspensionEndsAt <= now) return;
    if (number.warnedDaysLeft !== null && number.warnedDaysLeft <= daysLeft) return;
    await updateNumber(tx, id, { warnedDaysLeft: daysLeft, updatedAt: now });
    await recordEvent(context, tx, {
      teamId,
      mode: number.mode,
      type: 'phone_number.suspension_ending',
      subject: id,
      actor: SYSTEM,
      before: { warned_days_left: number.warnedDaysLeft },
      after: { warned_days_left: daysLeft },
      data: {
        phone_number: number.phoneNumber,
        days_left: daysLeft,
        suspension_ends_at: isoTime(number.suspensionEndsAt),
      },
    });
  });
}
