import { findListedAssistant, type ListedAssistant } from '../db/assistants.ts';
import type { Caller, Context } from './context.ts';
import { noSuchAssistant } from './find-own-assistant.ts';

/**
 * One assistant of the caller's team; its numbers are counted in the caller's mode.
 * @throws Refusal `not_found`
 */
export async function getAssistant(context: Context, caller: Caller, id: string): Promise<ListedAssistant> {
  const assistant = await findListedAssistant(context.db, caller, id);
  if (assistant) return assistant;
  throw noSuchAssistant(id);
}
