import { findApiKey, type KeyWithCreator } from '../db/api-keys.ts';
import type { Db } from '../db/database.ts';
import type { Mode } from '../domain/mode.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * A key of the caller's team that the caller may change.
 * @throws Refusal `not_found`, the same for keys of other teams and for none; `forbidden` for a live key to a test key
 */
export async function findOwnApiKey(db: Db, caller: Caller, keyId: string): Promise<KeyWithCreator> {
  const found = await findApiKey(db, caller.teamId, keyId);
  if (!found) {
    throw new Refusal('not_found', `Your team has no API key ${keyId}. The list of keys shows what it has.`);
  }
  checkKeyMode(caller, found.key.mode);
  return found;
}

/**
 * What is tried out with a test key costs nothing; so it has no hand on keys that do cost. People are not held to the
 * mode that they look at.
 * @throws Refusal `forbidden`
 */
export function checkKeyMode({ actor, mode }: Caller, ofKey: Mode): void {
  if (actor.type !== 'key' || mode === 'live' || ofKey === 'test') return;
  throw new Refusal('forbidden', 'A test key cannot make or change live keys. Use a live key, or sign in.');
}
