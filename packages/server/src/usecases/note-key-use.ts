import { LRUCache } from 'lru-cache';
import { setLastUsed } from '../db/api-keys.ts';
import { askTogether } from '../db/ask-together.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { inBackground } from './in-background.ts';

/** `last_used_at` is right to this, ms: an entry per request would cost more than the request. */
const PRECISION_MS = 60_000;

/** Keys that are remembered; of one that is forgotten, the database still knows. */
const MAX_KEYS = 50_000;

export type NoteKeyUse = (keyId: string) => void;

/** Makes the use case with a memory of its own: which key was noted when, tries that failed too. */
export function prepareNoteKeyUse(context: Pick<Context, 'db' | 'clock' | 'log' | 'background'>): NoteKeyUse {
  const notedAt = new LRUCache<string, number>({ max: MAX_KEYS });
  const note = askTogether(async (keyIds: readonly string[]) => {
    const now = context.clock.now();
    await setLastUsed(context.db, keyIds, now, later(now, -PRECISION_MS));
    return keyIds.map(() => undefined);
  });

  /** Notes that a key was used, at most once a minute and in nobody's way; many keys in one statement. */
  return (keyId) => {
    const now = context.clock.now().getTime();
    if ((notedAt.get(keyId) ?? Number.NEGATIVE_INFINITY) > now - PRECISION_MS) return;
    notedAt.set(keyId, now);
    inBackground(context, `the use of the API key ${keyId} was not noted`, () => note(keyId));
  };
}
