import { findNumberDetails, type NumberDetails } from '../db/listed-numbers.ts';
import type { Caller, Context } from './context.ts';
import { findOwnNumber } from './find-own-number.ts';

/**
 * Everything about one number of the caller's team, by its id or in E.164 form.
 * @throws Refusal `not_found`
 */
export async function getNumber(
  context: Context,
  caller: Caller,
  idOrNumber: string,
): Promise<NumberDetails> {
  const number = await findOwnNumber(context.db, caller, idOrNumber);
  return findNumberDetails(context.db, number.id);
}
