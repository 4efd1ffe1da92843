import type { Db } from '../db/database.ts';
import type { NumberDetails } from '../db/listed-numbers.ts';
import {
  changeStatus,
  findInGrace,
  lockNumber,
  type PhoneNumber,
  updateNumber,
} from '../db/phone-numbers.ts';
import { lockTeam, type Team } from '../db/teams.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import { Refusal } from '../domain/refusal.ts';
import { DAY_MS, later } from '../domain/time.ts';
import { beginRelease } from './begin-release.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';
import { getNumber } from './get-number.ts';
import { giveNumberBack } from './give-number-back.ts';
import { recordEvent } from './record-event.ts';
import { reactivateWithinLimit } from './suspend-numbers.ts';

export interface ReleaseRequest {
  /** Give it back now, without the days in which it can be restored. */
  immediately: boolean;
}

/**
 * Releases a number: it is out of service and its slot is free at once; the carrier gets it back when the grace is
 * over, or now. Repeating a release changes nothing and has the same answer.
 *
 * @throws Refusal `not_found`, `purchase_in_progress`, `deletion_locked`
 */
export async function releaseNumber(
  context: Context,
  caller: Caller,
  idOrNumber: string,
  request: ReleaseRequest,
): Promise<NumberDetails> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  await context.inTurn(caller.teamId, () =>
    context.db.transaction(async (tx) => {
      const team = await lockTeam(tx, caller.teamId);
      const number = await lockNumber(tx, id);
      if (!team || !number) throw new Error(`number ${id} has lost its team`);
      await release(context, tx, caller, team, number, request);
    }),
  );
  if (request.immediately) await giveNumberBack(context, id);
  return getNumber(context, caller, id);
}

async function release(
  context: Context,
  tx: Db,
  caller: Caller,
  team: Team,
  number: PhoneNumber,
  { immediately }: ReleaseRequest,
): Promise<void> {
  const now = context.clock.now();
  const releaseAt = immediately ? now : later(now, context.settings.releaseGraceDays * DAY_MS);
  switch (number.status) {
    case 'released':
      return;
    case 'purchasing':
      throw new Refusal(
        'purchase_in_progress',
        `${number.phoneNumber} is still being bought. Wait until it is active, then release it.`,
      );
    case 'error':
      return dismiss(context, tx, caller, number);
    case 'releasing':
      if (!immediately || number.givingBackAt !== null) return;
      refuseLocked(number);
      return endGrace(context, tx, number);
    default:
      refuseLocked(number);
      await beginRelease(context, tx, number, {
        releaseAt,
        reason: 'requested',
        actor: caller.actor,
      });
      await limitGrace(context, tx, team, number.mode);
      // The free slot is for a number that the team has before it is for one that it might buy.
      await reactivateWithinLimit(context, tx, team, number.mode);
  }
}

function refuseLocked({ phoneNumber, deletionLock }: PhoneNumber): void {
  if (!deletionLock) return;
  throw new Refusal(
    'deletion_locked',
    `${phoneNumber} is locked against release. Set deletionLock to false first, if you mean it.`,
  );
}

/** A failed purchase holds nothing at the carrier; its record leaves the list. */
async function dismiss(context: Context, tx: Db, caller: Caller, number: PhoneNumber): Promise<void> {
  const now = context.clock.now();
  // A trial that never worked is not used up, also when its record is gone.
  await changeStatus(tx, number, 'released', { boughtAsTrial: false, releasedAt: now, updatedAt: now });
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.released',
    subject: number.id,
    actor: caller.actor,
    before: { status: number.status },
    after: { status: 'released' },
    data: { phone_number: number.phoneNumber, reason: 'failed purchase dismissed' },
  });
}

/** Numbers in grace cost money and no slot: a team keeps at most as many as its plan's size, the oldest go first. */
export async function limitGrace(context: Context, tx: Db, team: Team, mode: Mode): Promise<void> {
  const inGrace = await findInGrace(tx, team.id, mode, context.clock.now());
  const { maxNumbers } = planOf(team.plan, team.maxNumbers);
  for (const number of inGrace.slice(0, Math.max(0, inGrace.length - maxNumbers))) {
    await endGrace(context, tx, number);
  }
}

async function endGrace(context: Context, tx: Db, { id }: PhoneNumber): Promise<void> {
  const now = context.clock.now();
  await updateNumber(tx, id, { releaseAt: now, updatedAt: now });
  await context.queue.enqueue(tx, 'give-number-back', { phoneNumberId: id });
}
