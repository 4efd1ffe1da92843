import { LRUCache } from 'lru-cache';
import { setLastUsed } from '../db/api-keys.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';
import { inBackground } from './in-background.ts';

/** `last_used_at` is right to this, ms: an entry per request would cost more than the request. */
const PRECISION_MS = 60_000;

/** Keys that are remembered; of one that is forgotten, the database still knows. */
const MAX_KEYS = 10_000;

export type NoteKeyUse = (context: Context, keyId: string) => void;

/** Makes the use case with a memory of its own: which key was noted when, tries that failed too. */
export function prepareNoteKeyUse(): NoteKeyUse {
  const notedAt = new LRUCache<string, number>({ max: MAX_KEYS });

  /** Notes that a key was used, at most once a minute and in nobody's way. */
  return (context, keyId) => {
    const now = context.clock.now();
    const aMinuteAgo = later(now, -PRECISION_MS);
    if ((notedAt.get(keyId) ?? Number.NEGATIVE_INFINITY) > aMinuteAgo.getTime()) return;
    notedAt.set(keyId, now.getTime());
    inBackground(context, `the use of the API key ${keyId} was not noted`, () =>
      setLastUsed(context.db, keyId, now, aMinuteAgo),
    );
  };
}
