import { type Assistant, isUsedIn } from '../db/assistants.ts';
import type { Db } from '../db/database.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * An assistant is of both modes, a caller of one: what a test key does must not reach live calls. One that has live
 * numbers or campaigns is a live caller's to change.
 * @throws Refusal `forbidden`
 */
export async function keepLiveApart(
  tx: Db,
  caller: Caller,
  assistant: Assistant,
  what: string,
): Promise<void> {
  if (caller.mode === 'live' || !(await isUsedIn(tx, assistant, 'live'))) return;
  const how = caller.actor.type === 'key' ? 'a tk_live_ key' : 'the header X-Mode: live';
  throw new Refusal('forbidden', `This assistant works in live mode. To ${what}, use ${how}.`);
}
