import type { Db } from '../db/database.ts';
import type { NumberDetails } from '../db/listed-numbers.ts';
import { changeStatus, countUsage, lockNumber, type PhoneNumber } from '../db/phone-numbers.ts';
import { lockTeam, type Team } from '../db/teams.ts';
import { decideRestore, eligibilityOf } from '../domain/eligibility.ts';
import { planOf } from '../domain/plans.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';
import { getNumber } from './get-number.ts';
import { recordEvent } from './record-event.ts';
import { wantConnections } from './want-connections.ts';

/**
 * Brings a released number back into service while it is still ours, if the plan has a slot for it. It comes back
 * unassigned. Restoring a number that is in service changes nothing.
 *
 * @throws Refusal `not_found`, `purchase_in_progress`, `already_released`, `plan_limit_reached`
 */
export async function restoreNumber(
  context: Context,
  caller: Caller,
  idOrNumber: string,
): Promise<NumberDetails> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  await context.inTurn(caller.teamId, () =>
    context.db.transaction(async (tx) => {
      const team = await lockTeam(tx, caller.teamId);
      const number = await lockNumber(tx, id);
      if (!team || !number) throw new Error(`number ${id} has lost its team`);
      if (number.status === 'active' || number.status === 'suspended') return;
      await restore(context, tx, caller, team, number);
    }),
  );
  return getNumber(context, caller, id);
}

async function restore(
  context: Context,
  tx: Db,
  caller: Caller,
  team: Team,
  number: PhoneNumber,
): Promise<void> {
  if (number.status === 'purchasing') {
    throw new Refusal(
      'purchase_in_progress',
      `${number.phoneNumber} is still being bought; there is nothing to restore. Wait until it is active.`,
    );
  }
  if (number.status === 'error') {
    throw new Refusal(
      'already_released',
      `The purchase of ${number.phoneNumber} failed, so there is nothing to restore. Search for it: it may be for sale again.`,
    );
  }
  const now = context.clock.now();
  const plan = planOf(team.plan, team.maxNumbers);
  // A team that pays by now gets its trial number back as a paid one.
  const trialEndsAt = plan.hasSubscription ? null : number.trialExpiresAt;
  const trialIsOver = trialEndsAt !== null && trialEndsAt <= now;
  if (number.status !== 'releasing' || number.givingBackAt !== null || trialIsOver) {
    throw new Refusal(
      'already_released',
      `${number.phoneNumber} has gone back to the carrier and cannot be restored. Search for it: it may be for sale again.`,
    );
  }
  const usage = { plan, ...(await countUsage(tx, team.id, number.mode)) };
  const decision = decideRestore(usage);
  if (!decision.allowed) {
    throw new Refusal(decision.code, decision.sentence, { eligibility: eligibilityOf(usage) });
  }
  const restored = await changeStatus(tx, number, 'active', {
    releaseAt: null,
    isTrial: trialEndsAt !== null,
    trialExpiresAt: trialEndsAt,
    updatedAt: now,
  });
  if (!restored) throw new Error(`number ${number.id} changed under its lock`);
  // It may still have its former assistant's.
  if (number.connectionId !== null) await wantConnections(context, tx, [number.id]);
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.restored',
    subject: number.id,
    actor: caller.actor,
    before: whatRestoringChanges(number),
    after: whatRestoringChanges(restored),
    data: { phone_number: number.phoneNumber },
  });
}

function whatRestoringChanges({ status, releaseAt, isTrial, trialExpiresAt }: PhoneNumber) {
  return {
    status,
    release_at: releaseAt && isoTime(releaseAt),
    is_trial: isTrial,
    trial_expires_at: trialExpiresAt && isoTime(trialExpiresAt),
  };
}
