import { type CountedSignal, countSignal } from '../db/number-days.ts';
import { lockHealth, type NumberHealth, setHealth } from '../db/number-health.ts';
import type { HealthSignal } from '../domain/number-health.ts';
import { DAY_MS, isoTime, later, utcDay } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';
import { recordEvent } from './record-event.ts';

/** The counter of each signal; what is not counted only sets the time of the last call. */
const COUNTERS: Record<HealthSignal, CountedSignal | null> = {
  spam_flagged: 'spamFlags',
  answered: 'answered',
  rejected: 'rejected',
  inbound_call: null,
};

/**
 * Takes down what the voice runtime tells of a number of the team. One that was flagged as spam rests: for some
 * days it is no caller ID.
 * @throws Refusal `not_found`
 */
export async function reportNumberHealth(
  context: Context,
  caller: Caller,
  idOrNumber: string,
  signal: HealthSignal,
): Promise<NumberHealth> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  const now = context.clock.now();
  return context.db.transaction(async (tx) => {
    // The day before the number, as a call is counted: else the two could wait for each other.
    const counter = COUNTERS[signal];
    if (counter) await countSignal(tx, id, utcDay(now), counter);
    const before = await lockHealth(tx, id);
    if (!before) throw new Error(`number ${id} has vanished`);
    const flagged = signal === 'spam_flagged';
    const restingUntil = flagged
      ? later(now, context.settings.callerIdRestDays * DAY_MS)
      : before.restingUntil;
    await setHealth(tx, id, { lastCallAt: now, restingUntil });
    if (flagged) {
      await recordEvent(context, tx, {
        teamId: caller.teamId,
        mode: caller.mode,
        type: 'phone_number.flagged',
        subject: id,
        actor: caller.actor,
        before: { resting_until: before.restingUntil && isoTime(before.restingUntil) },
        after: { resting_until: restingUntil && isoTime(restingUntil) },
        data: { phone_number: before.phoneNumber },
      });
    }
    return { ...before, restingUntil, lastCallAt: now };
  });
}
