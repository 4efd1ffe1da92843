import { type Carrier, CarrierError } from '../carriers/carrier.ts';
import { CARRIER } from '../db/events.ts';
import { changeStatus, claimGiveBack, findPhoneNumberById, type PhoneNumber } from '../db/phone-numbers.ts';
import { type Backoff, backoffMs } from '../domain/backoff.ts';
import { isoTime, later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** A carrier that refuses is asked again until it takes the number: each day costs money, each hour does not hurt. */
const RETRY: Backoff = { firstMs: 5_000, maxMs: 60 * 60 * 1000, factor: 2 };

/**
 * Gives a released number back to the carrier when its time has come; the job behind every release, and harmless
 * to repeat. The intent is committed first: from then on the number cannot be restored. A call that fails or whose
 * answer is lost is repeated, because a number that is gone already answers as gone.
 */
export async function giveNumberBack(context: Context, phoneNumberId: string): Promise<void> {
  const seen = await findPhoneNumberById(context.db, phoneNumberId);
  if (seen?.status !== 'releasing') return;
  const carrier = context.carriers[seen.mode];
  if (!carrier) {
    context.log.error(
      { phoneNumberId, mode: seen.mode },
      'a number cannot go back: this server has no carrier for its mode',
    );
    return;
  }
  const now = context.clock.now();
  const nextAttemptAt = later(now, backoffMs(RETRY, seen.giveBackAttempts, Math.random()));
  const number = await claimGiveBack(context.db, phoneNumberId, { now, nextAttemptAt });
  // Restored, not due yet, or in somebody else's hands.
  if (!number) return;

  try {
    await releaseAtCarrier(carrier, number);
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    const { id, giveBackAttempts } = number;
    context.log.warn(
      { phoneNumberId: id, giveBackAttempts, kind: error.kind, detail: error.message },
      'the carrier did not take a number back',
    );
    await context.queue.enqueue(context.db, 'give-number-back', { phoneNumberId: id }, nextAttemptAt);
    return;
  }
  await finish(context, number);
}

async function releaseAtCarrier(carrier: Carrier, number: PhoneNumber): Promise<void> {
  const carrierNumberId =
    number.carrierNumberId ?? (await carrier.findNumber(number.phoneNumber))?.carrierNumberId;
  if (carrierNumberId) await carrier.releaseNumber(carrierNumberId);
}

async function finish(context: Context, number: PhoneNumber): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(async (tx) => {
    const released = await changeStatus(tx, number, 'released', {
      releasedAt: now,
      releaseAt: null,
      updatedAt: now,
    });
    if (!released) return;
    await recordEvent(context, tx, {
      teamId: number.teamId,
      mode: number.mode,
      type: 'phone_number.released',
      subject: number.id,
      actor: CARRIER,
      before: { status: number.status, released_at: null },
      after: { status: released.status, released_at: isoTime(now) },
      data: { phone_number: number.phoneNumber },
    });
  });
}
