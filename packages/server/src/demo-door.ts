import { randomBytes } from 'node:crypto';
import { hashToken } from './domain/api-token.ts';
import type { Clock } from './domain/clock.ts';

/** Lets the owner of the demo team in without a password: with a token of this start of the server, once. */
export interface DemoDoor {
  /** A new token for this person; an older one no longer works. */
  open(userId: string): string;
  /** Whom the token lets in; null where it is none, was used, or is too old. */
  enter(token: string): string | null;
}

/** For how long the token works, ms. */
const OPEN_MS = 24 * 60 * 60_000;

/** Shut until somebody opens it. */
export function demoDoor(clock: Clock): DemoDoor {
  let lock: { tokenHash: string; userId: string; until: number } | null = null;
  return {
    open(userId) {
      const token = randomBytes(24).toString('base64url');
      lock = { tokenHash: hashToken(token), userId, until: clock.now().getTime() + OPEN_MS };
      return token;
    },
    enter(token) {
      if (lock === null || lock.tokenHash !== hashToken(token)) return null;
      const { userId, until } = lock;
      lock = null;
      return clock.now().getTime() < until ? userId : null;
    },
  };
}
