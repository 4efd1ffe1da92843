import { type Candidate, findByNames } from '../db/assignments.ts';
import type { Db } from '../db/database.ts';
import { refusalOf } from '../domain/chosen-numbers.ts';
import type { Caller } from './context.ts';

/**
 * The caller's numbers that a request names, by id or in E.164 form, in its order: all of them, or a refusal that says
 * of each what is wrong. Under the lock of the team they stay as they are.
 * @param taken whether an assistant that has one of them stands in the way
 * @throws Refusal `invalid_request` for one that is named twice, `not_found`, `not_assignable`, `already_assigned`
 */
export async function findNamedNumbers(
  tx: Db,
  caller: Caller,
  names: readonly { path: string; name: string }[],
  taken: (assistantId: string) => boolean,
): Promise<Candidate[]> {
  const found = await findByNames(
    tx,
    caller,
    names.map(({ name }) => name),
  );
  const chosen = names.map(({ path, name }) => ({ path, name, number: found.get(name) }));
  const refusal = refusalOf(chosen, caller.mode, taken);
  if (refusal) throw refusal;
  return chosen.flatMap(({ number }) => number ?? []);
}
