import {
  type AssignedNumber,
  listAssignedNumbers,
  listFreeNumbers,
  listNumbersOf,
} from '../db/assignments.ts';
import type { Caller, Context } from './context.ts';
import { findOwnAssistant } from './find-own-assistant.ts';

/**
 * What an assistant has of the caller's numbers, and what it could be given.
 * @throws Refusal `not_found`
 */
export async function listAssistantNumbers(
  { db }: Context,
  caller: Caller,
  assistantId: string,
): Promise<{ numbers: AssignedNumber[]; available: AssignedNumber[] }> {
  await findOwnAssistant(db, caller, assistantId);
  const [numbers, available] = await Promise.all([
    listNumbersOf(db, caller, assistantId),
    listFreeNumbers(db, caller),
  ]);
  return { numbers, available };
}

/** Every number of the caller's that an assistant has. */
export function listAssignments({ db }: Context, caller: Caller): Promise<AssignedNumber[]> {
  return listAssignedNumbers(db, caller);
}
