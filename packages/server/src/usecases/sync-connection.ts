import { type Carrier, CarrierError } from '../carriers/carrier.ts';
import { claimSync, findWantedConnection, noteSync } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import { CARRIER } from '../db/events.ts';
import { findPhoneNumberById, lockNumber, type PhoneNumber } from '../db/phone-numbers.ts';
import { type Backoff, backoffMs } from '../domain/backoff.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';
import { wantConnections } from './want-connections.ts';

/** A carrier that does not answer is asked until it does: calls that go elsewhere are lost ones. */
const RETRY: Backoff = { firstMs: 5_000, maxMs: 60 * 60 * 1000, factor: 2 };

/** What became of one call to the carrier. Null: it has the connection. */
type Failure = CarrierError | null;

/**
 * Tells the carrier which connection a number's calls should use: the job behind every change of it, and harmless to
 * repeat. What is wanted is read just before the call, and again after it: a call that was overtaken leads to another
 * one, so that however many run at once, the carrier ends with what was wanted last.
 */
export async function syncConnection(context: Context, phoneNumberId: string): Promise<void> {
  const seen = await findPhoneNumberById(context.db, phoneNumberId);
  if (seen?.routingStatus !== 'pending') return;
  const carrier = context.carriers[seen.mode];
  if (!carrier) {
    context.log.error(
      { phoneNumberId, mode: seen.mode },
      'a connection cannot be set: this server has no carrier for its mode',
    );
    return;
  }
  const now = context.clock.now();
  const nextAttemptAt = later(now, backoffMs(RETRY, seen.routingAttempts, Math.random()));
  const claimed = await claimSync(context.db, phoneNumberId, { now, nextAttemptAt });
  // Out of service, not due yet, or in somebody else's hands.
  if (!claimed) return;

  const target = await findWantedConnection(context.db, claimed);
  const failure = target === null ? null : await setConnection(context, carrier, claimed, target);
  await context.db.transaction((tx) => conclude(context, tx, claimed, target, failure));
}

async function setConnection(
  context: Context,
  carrier: Carrier,
  number: PhoneNumber,
  connectionId: string,
): Promise<Failure> {
  try {
    const carrierNumberId =
      number.carrierNumberId ?? (await carrier.findNumber(number.phoneNumber))?.carrierNumberId;
    if (!carrierNumberId) throw new CarrierError('refused', 'the account does not hold the number');
    await carrier.setConnection(carrierNumberId, connectionId);
    return null;
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    const { id, routingAttempts } = number;
    context.log.warn(
      { phoneNumberId: id, connectionId, routingAttempts, kind: error.kind, detail: error.message },
      'the carrier did not take a connection',
    );
    return error;
  }
}

/** Under the lock of the number: whoever wants another connection comes before this, and is seen, or after it. */
async function conclude(
  context: Context,
  tx: Db,
  claimed: PhoneNumber,
  target: string | null,
  failure: Failure,
): Promise<void> {
  const number = await lockNumber(tx, claimed.id);
  if (!number) return;
  // The call may have arrived after those of others, whatever they have written down: once more.
  if ((await findWantedConnection(tx, number)) !== target) return wantConnections(context, tx, [number.id]);
  // Somebody wants the same, or asks for it just now, and sees it through.
  if (!isAsLeft(number, claimed)) return;
  if (!failure) return inSync(context, tx, number);
  if (failure.isDefinite) return failed(context, tx, number, target, failure);
  await askLater(context, tx, number, failure);
}

/** Whether nobody has touched it since. */
function isAsLeft(number: PhoneNumber, claimed: PhoneNumber): boolean {
  return (
    number.routingStatus === 'pending' &&
    number.routingAttempts === claimed.routingAttempts &&
    number.routingNextAt?.getTime() === claimed.routingNextAt?.getTime()
  );
}

async function inSync(context: Context, tx: Db, { id }: PhoneNumber): Promise<void> {
  await noteSync(tx, id, {
    routingStatus: 'in_sync',
    routingAttempts: 0,
    routingNextAt: context.clock.now(),
  });
}

async function failed(
  context: Context,
  tx: Db,
  number: PhoneNumber,
  connectionId: string | null,
  { kind }: CarrierError,
): Promise<void> {
  await noteSync(tx, number.id, { routingStatus: 'failed', routingNextAt: context.clock.now() });
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.routing_failed',
    subject: number.id,
    actor: CARRIER,
    before: { routing_status: 'pending' },
    after: { routing_status: 'failed' },
    data: {
      phone_number: number.phoneNumber,
      assistant_id: number.assistantId,
      connection_id: connectionId,
      reason: kind,
    },
  });
}

async function askLater(
  context: Context,
  tx: Db,
  { id, routingNextAt }: PhoneNumber,
  { retryAfterMs = 0 }: CarrierError,
): Promise<void> {
  const wished = later(context.clock.now(), retryAfterMs);
  const nextAttemptAt = routingNextAt && routingNextAt > wished ? routingNextAt : wished;
  await noteSync(tx, id, { routingNextAt: nextAttemptAt });
  await context.queue.enqueue(tx, 'sync-connection', { phoneNumberId: id }, nextAttemptAt);
}
