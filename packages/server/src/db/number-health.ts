import { eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { phoneNumbers } from './schema.ts';

export interface NumberHealth {
  id: string;
  /** E.164. */
  phoneNumber: string;
  restingUntil: Date | null;
  lastCallAt: Date | null;
}

const healthColumns = {
  id: phoneNumbers.id,
  phoneNumber: phoneNumbers.phoneNumber,
  restingUntil: phoneNumbers.restingUntil,
  lastCallAt: phoneNumbers.lastCallAt,
};

/**
 * The number, its row locked until the transaction ends (not against being referred to: a day of another call may
 * be written meanwhile, and the two would wait for each other).
 */
export async function lockHealth(tx: Db, id: string): Promise<NumberHealth | undefined> {
  const [row] = await tx
    .select(healthColumns)
    .from(phoneNumbers)
    .where(eq(phoneNumbers.id, id))
    .for('no key update');
  return row;
}

/** Calls and rests are no changes of the record: its `updated_at` stays. */
export async function setHealth(
  tx: Db,
  id: string,
  health: { lastCallAt: Date; restingUntil: Date | null },
): Promise<void> {
  await tx.update(phoneNumbers).set(health).where(eq(phoneNumbers.id, id));
}
