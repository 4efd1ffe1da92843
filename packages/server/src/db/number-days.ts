import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { numberDays } from './schema.ts';

export type NumberDay = typeof numberDays.$inferSelect;

/** What the voice runtime tells of that is counted by the day. */
export type CountedSignal = 'answered' | 'rejected' | 'spamFlags';

/** Counts one more of a signal on that day (UTC, `YYYY-MM-DD`). */
export async function countSignal(
  tx: Db,
  phoneNumberId: string,
  day: string,
  signal: CountedSignal,
): Promise<void> {
  await tx
    .insert(numberDays)
    .values({ phoneNumberId, day, [signal]: 1 })
    .onConflictDoUpdate({
      target: [numberDays.phoneNumberId, numberDays.day],
      set: { [signal]: sql`${numberDays[signal]} + 1` },
    });
}

/**
 * Counts one more call of a number as a caller ID, where that may still be: one statement, so that of calls at the
 * same time no more than the cap get it.
 * @param cap calls a day; null: any number
 * @returns the calls of that day with this one; null where the cap is reached, or the number is out of service
 */
export async function countOutboundCall(
  db: Db,
  phoneNumberId: string,
  { now, day, cap }: { now: Date; day: string; cap: number | null },
): Promise<number | null> {
  const result = await db.execute(sql`
    with counted as (
      insert into number_days as counted_day (phone_number_id, day, outbound_calls)
      select id, ${day}::date, 1 from phone_numbers
      where id = ${phoneNumberId} and status = 'active' and (resting_until is null or resting_until <= ${now})
      on conflict (phone_number_id, day) do update set outbound_calls = counted_day.outbound_calls + 1
      where ${cap}::int is null or counted_day.outbound_calls < ${cap}::int
      returning phone_number_id, outbound_calls
    )
    update phone_numbers set last_call_at = ${now} from counted
    where phone_numbers.id = counted.phone_number_id
    returning counted.outbound_calls`);
  const { rows } = result as unknown as { rows: { outbound_calls: number }[] };
  return rows[0]?.outbound_calls ?? null;
}

/** What a number did from that day on, the days on which it did nothing left out. */
export async function findNumberDays(db: Db, phoneNumberId: string, from: string): Promise<NumberDay[]> {
  return db
    .select()
    .from(numberDays)
    .where(and(eq(numberDays.phoneNumberId, phoneNumberId), gte(numberDays.day, from)))
    .orderBy(asc(numberDays.day));
}
