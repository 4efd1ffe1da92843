import { createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';
import type { Mode } from './mode.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 32 characters of 62 are 190 random bits; letters and digits alone, so that a double click selects the whole. */
const SECRET_LENGTH = 32;

/** 32 letters and digits that nobody guesses. */
export const randomSecret = customAlphabet(ALPHABET, SECRET_LENGTH);

/** A new API token, `tk_live_…` or `tk_test_…`. Shown once; only {@link hashToken} of it is kept. */
export function newToken(mode: Mode): string {
  return `tk_${mode}_${randomSecret()}`;
}

/** The part that may be shown in lists: the kind and four characters. */
export function tokenPrefix(token: string): string {
  return token.slice(0, 12);
}

/**
 * What is stored of a token. One unsalted round of SHA-256 is enough here, unlike for passwords: 190 random bits
 * cannot be guessed, and the look-up on every request has to be one index probe. Mode and secret are hashed
 * together, so a token with the other mode's prefix is another token.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
