import { type Assistant, findAssistant } from '../db/assistants.ts';
import type { Db } from '../db/database.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * The assistant of the caller's team.
 * @throws Refusal `not_found`, the same for assistants that do not exist and assistants of others
 */
export async function findOwnAssistant(db: Db, { teamId }: Caller, id: string): Promise<Assistant> {
  const assistant = await findAssistant(db, teamId, id);
  if (assistant) return assistant;
  throw noSuchAssistant(id);
}

export function noSuchAssistant(id: string): Refusal {
  return new Refusal(
    'not_found',
    `Your team has no assistant ${id.slice(0, 40)}. The list of assistants shows what it has.`,
  );
}
