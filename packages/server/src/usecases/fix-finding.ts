import { CarrierError, type CarrierErrorKind } from '../carriers/carrier.ts';
import { findWantedConnection } from '../db/connections.ts';
import { CARRIER, SYSTEM } from '../db/events.ts';
import { makeOrderDue } from '../db/number-orders.ts';
import { changeStatus, lockNumber } from '../db/phone-numbers.ts';
import { findOwnOrders } from '../db/reconciliation.ts';
import { lockTeam } from '../db/teams.ts';
import type { Mode } from '../domain/mode.ts';
import { isOpen } from '../domain/number-order.ts';
import { type Finding, judgeOrder, type LiveRecord, type OwnOrder } from '../domain/reconciliation.ts';
import { type Look, lookAt } from './compare-with-carrier.ts';
import { type Context, carrierOf } from './context.ts';
import { leaveWork } from './leave-work.ts';
import { recordEvent } from './record-event.ts';
import { reclaim } from './return-unwanted.ts';
import { wantConnections } from './want-connections.ts';

/** Whether the finding was fixed, and what came of it in the operator's words. */
export interface FixOutcome {
  applied: boolean;
  outcome: string;
}

const done = (outcome: string): FixOutcome => ({ applied: true, outcome });
const notDone = (outcome: string): FixOutcome => ({ applied: false, outcome });

/** Whatever went on since the number was last looked at: the next run judges anew. */
const CHANGED = notDone('It is no longer so; nothing was done.');

/**
 * Sets one difference right, after one more look at both sides: minutes may have passed since it was found. Where
 * anything about it has changed, nothing is done. Other writers are kept out the way they keep each other out: by the
 * fence of the order, the lock of the team, or the carrier's id of the number, which is never another number's.
 */
export async function fixFinding(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  try {
    const outcome = await fix(context, mode, finding);
    context.log.info({ mode, finding, ...outcome }, 'reconciliation fixed a finding');
    return outcome;
  } catch (error) {
    if (!(error instanceof CarrierError)) throw error;
    context.log.warn({ mode, finding, kind: error.kind, detail: error.message }, 'a fix failed');
    return notDone(FAILED[error.kind]);
  }
}

const FAILED: Record<CarrierErrorKind, string> = {
  unavailable: 'The carrier did not answer. Run it again later.',
  rate_limited: 'The carrier is asked too often. Run it again later.',
  refused: 'The carrier refuses to do this to this number.',
  invalid_connection: 'The carrier does not know the connection.',
  invalid_request: 'The carrier does not accept the request; the log has its words.',
  unauthorised: 'The carrier does not accept our key, or the account may not do this.',
};

async function fix(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  switch (finding.fix) {
    case 'give_back':
      return giveBack(context, mode, finding);
    case 'mark_gone':
      return markGone(context, mode, finding);
    case 'set_connection':
      return setConnection(context, mode, finding);
    case 'settle':
      return settle(context, mode, finding);
    case 'none':
      return notDone('There is no fix for it.');
  }
}

/** The number as it is now, where that is still the same finding. */
async function lookAgain(context: Context, mode: Mode, finding: Finding): Promise<Look | null> {
  const look = await lookAt(context, mode, finding.phone_number);
  const isSame =
    look.finding?.fix === finding.fix &&
    look.finding.order_id === finding.order_id &&
    look.finding.phone_number_id === finding.phone_number_id &&
    look.finding.carrier_number_id === finding.carrier_number_id;
  return isSame ? look : null;
}

async function giveBack(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  const carrier = carrierOf(context, mode);
  // Asked before the look, so that nothing slow stands between the look and the change.
  const ordered = finding.order_id === undefined ? null : await carrier.findOrder(finding.order_id);
  const look = await lookAgain(context, mode, finding);
  if (!look?.order || !look.held) return CHANGED;
  if (look.order.state === 'completed')
    return releaseAgain(context, mode, look.order, look.held.carrierNumberId);

  // An order that failed there does not tell where the number came from: its reference does.
  const carrierOrderId = ordered?.state === 'failed' ? null : (ordered?.carrierOrderId ?? null);
  const { id, state } = await reclaim(context, look.order.id, carrierOrderId);
  if (!isOpen(state)) return CHANGED;
  await context.queue.enqueue(context.db, 'settle-purchase', { orderId: id });
  return done('The number is on its way back to the carrier.');
}

/** Released here for good, so that nobody can want it back: the carrier is told once more. */
async function releaseAgain(
  context: Context,
  mode: Mode,
  order: OwnOrder,
  carrierNumberId: string,
): Promise<FixOutcome> {
  await carrierOf(context, mode).releaseNumber(carrierNumberId);
  // Nothing here changes: the number had been released before.
  await context.db.transaction((tx) =>
    recordEvent(context, tx, {
      teamId: order.teamId,
      mode,
      type: 'number_order.given_back',
      subject: order.id,
      actor: CARRIER,
      data: { phone_number: order.phoneNumber, phone_number_id: order.phoneNumberId },
    }),
  );
  return done('The carrier has the number back.');
}

async function markGone(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  const look = await lookAgain(context, mode, finding);
  if (!look?.live || look.held) return CHANGED;
  return (await release(context, mode, look.live)) ? done('The record is released.') : CHANGED;
}

/** Under the lock of the team, and only if the record is as it was when the carrier was asked. */
async function release(context: Context, mode: Mode, seen: LiveRecord): Promise<boolean> {
  return context.db.transaction(async (tx) => {
    await lockTeam(tx, seen.teamId);
    const number = await lockNumber(tx, seen.id);
    if (number?.status !== seen.status || number.updatedAt.getTime() !== seen.updatedAt.getTime())
      return false;
    const now = context.clock.now();
    await changeStatus(tx, number, 'released', {
      assistantId: null,
      routingStatus: 'in_sync',
      routingAttempts: 0,
      routingNextAt: null,
      releaseAt: null,
      releasedAt: now,
      suspendedAt: null,
      suspensionEndsAt: null,
      updatedAt: now,
    });
    const campaignIds = await leaveWork(context, tx, number, SYSTEM);
    await recordEvent(context, tx, {
      teamId: number.teamId,
      mode,
      // A number on its way back has arrived; any other was taken from its team.
      type: number.status === 'releasing' ? 'phone_number.released' : 'phone_number.lost',
      subject: number.id,
      actor: SYSTEM,
      before: { status: number.status, assistant_id: number.assistantId },
      after: { status: 'released', assistant_id: null },
      data: {
        phone_number: number.phoneNumber,
        assistant_id: number.assistantId,
        campaign_ids: campaignIds,
        reason: 'not held at the carrier',
      },
    });
    return true;
  });
}

async function setConnection(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  const look = await lookAgain(context, mode, finding);
  const { held, live } = look ?? {};
  if (!held || !live?.connectionId) return CHANGED;
  const { id, connectionId } = live;
  await carrierOf(context, mode).setConnection(held.carrierNumberId, connectionId);
  await context.db.transaction(async (tx) => {
    const number = await lockNumber(tx, id);
    const isSettled =
      number?.routingStatus === 'in_sync' && (await findWantedConnection(tx, number)) === connectionId;
    // The record does not say so yet, or something else has been wanted in between: the job sees to it.
    if (!isSettled) await wantConnections(context, tx, [id]);
  });
  return done(`Its calls go to ${connectionId} again.`);
}

/** Two jobs for one order do no harm: who comes second looks again. */
async function settle(context: Context, mode: Mode, finding: Finding): Promise<FixOutcome> {
  const orderId = finding.order_id ?? '';
  const order = (await findOwnOrders(context.db, mode, [orderId])).get(orderId);
  if (!order || !judgeOrder(order, context.clock.now())) return CHANGED;
  await context.db.transaction(async (tx) => {
    await makeOrderDue(tx, orderId, context.clock.now());
    await context.queue.enqueue(tx, 'settle-purchase', { orderId });
  });
  return done('A job looks after the order again.');
}
