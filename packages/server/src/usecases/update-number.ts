import type { NumberDetails } from '../db/listed-numbers.ts';
import { lockNumber, updateNumber as update } from '../db/phone-numbers.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';
import { getNumber } from './get-number.ts';
import { recordEvent } from './record-event.ts';

export interface NumberChange {
  /** Null takes the label away. */
  label?: string | null;
  /** While it is set, the number cannot be released by request. */
  deletionLock?: boolean;
}

/**
 * Changes what a team calls a number, and whether it may be released.
 * @throws Refusal `not_found`
 */
export async function updateNumber(
  context: Context,
  caller: Caller,
  idOrNumber: string,
  change: NumberChange,
): Promise<NumberDetails> {
  const { id } = await findOwnNumber(context.db, caller, idOrNumber);
  await context.db.transaction(async (tx) => {
    const before = await lockNumber(tx, id);
    const after = await update(tx, id, { ...change, updatedAt: context.clock.now() });
    if (!before || !after) throw new Error(`number ${id} has vanished`);
    if (before.label === after.label && before.deletionLock === after.deletionLock) return;
    await recordEvent(context, tx, {
      teamId: after.teamId,
      mode: after.mode,
      type: 'phone_number.updated',
      subject: id,
      actor: caller.actor,
      before: { label: before.label, deletion_lock: before.deletionLock },
      after: { label: after.label, deletion_lock: after.deletionLock },
      data: { phone_number: after.phoneNumber },
    });
  });
  return getNumber(context, caller, id);
}
