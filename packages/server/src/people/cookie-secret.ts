import { randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { findOrInsertSecret } from '../db/server-secrets.ts';

/** 256 random bits. */
const SECRET_BYTES = 32;

/**
 * What signs cookies and links where the environment brings no secret: made at the first start of the first
 * server, and the same for all of them from then on.
 */
export function ownCookieSecret(db: Db, now: Date): Promise<string> {
  const value = randomBytes(SECRET_BYTES).toString('base64url');
  return findOrInsertSecret(db, { name: 'cookies', value, createdAt: now });
}
