import type { Db } from '../db/database.ts';
import { SYSTEM } from '../db/events.ts';
import { changeStatus, findInStatus, type PhoneNumber } from '../db/phone-numbers.ts';
import type { Team } from '../db/teams.ts';
import type { Mode } from '../domain/mode.ts';
import { planOf } from '../domain/plans.ts';
import { DAY_MS, isoTime, later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/**
 * Without a subscription a team keeps as many numbers as its plan has; the newest of the others are suspended: kept
 * at the carrier, out of service, until the grace is over or the team subscribes again. Part of the caller's
 * transaction, which holds the lock on the team.
 */
export async function suspendOverLimit(context: Context, tx: Db, team: Team, mode: Mode): Promise<void> {
  const plan = planOf(team.plan, team.maxNumbers);
  if (plan.hasSubscription) return;
  const active = await findInStatus(tx, team.id, mode, 'active');
  for (const number of active.slice(plan.maxNumbers)) await suspend(context, tx, number);
}

/** Brings suspended numbers back into service, the oldest first, as far as the plan goes: it has grown, or has a free slot. */
export async function reactivateWithinLimit(context: Context, tx: Db, team: Team, mode: Mode): Promise<void> {
  const { maxNumbers } = planOf(team.plan, team.maxNumbers);
  const inUse = [
    ...(await findInStatus(tx, team.id, mode, 'active')),
    ...(await findInStatus(tx, team.id, mode, 'purchasing')),
  ];
  const suspended = await findInStatus(tx, team.id, mode, 'suspended');
  for (const number of suspended.slice(0, Math.max(0, maxNumbers - inUse.length)))
    await reactivate(context, tx, number);
}

async function suspend(context: Context, tx: Db, number: PhoneNumber): Promise<void> {
  const now = context.clock.now();
  const suspensionEndsAt = later(now, context.settings.suspensionGraceDays * DAY_MS);
  // The assistant stays: whoever subscribes again in time has the routing back too.
  await changeStatus(tx, number, 'suspended', {
    suspendedAt: now,
    suspensionEndsAt,
    warnedDaysLeft: null,
    updatedAt: now,
  });
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.suspended',
    subject: number.id,
    actor: SYSTEM,
    before: { status: number.status, suspension_ends_at: null },
    after: { status: 'suspended', suspension_ends_at: isoTime(suspensionEndsAt) },
    data: { phone_number: number.phoneNumber, suspension_ends_at: isoTime(suspensionEndsAt) },
  });
}

async function reactivate(context: Context, tx: Db, number: PhoneNumber): Promise<void> {
  const now = context.clock.now();
  await changeStatus(tx, number, 'active', {
    suspendedAt: null,
    suspensionEndsAt: null,
    warnedDaysLeft: null,
    updatedAt: now,
  });
  await recordEvent(context, tx, {
    teamId: number.teamId,
    mode: number.mode,
    type: 'phone_number.reactivated',
    subject: number.id,
    actor: SYSTEM,
    before: {
      status: number.status,
      suspension_ends_at: number.suspensionEndsAt && isoTime(number.suspensionEndsAt),
    },
    after: { status: 'active', suspension_ends_at: null },
    data: { phone_number: number.phoneNumber },
  });
}
