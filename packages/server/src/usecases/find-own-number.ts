import type { Db } from '../db/database.ts';
import { findOwnNumber as find, type PhoneNumber } from '../db/phone-numbers.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * The caller's number, by its id or in E.164 form.
 * @throws Refusal `not_found`, the same for numbers that do not exist and numbers of others
 */
export async function findOwnNumber(db: Db, caller: Caller, idOrNumber: string): Promise<PhoneNumber> {
  const number = await find(db, caller, idOrNumber);
  if (number) return number;
  throw new Refusal(
    'not_found',
    `Your team has no number ${idOrNumber.slice(0, 40)} in ${caller.mode} mode. The list of numbers shows what it has.`,
  );
}
