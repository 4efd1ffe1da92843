import { createHmac, timingSafeEqual } from 'node:crypto';

/** 96 bits: nobody hits them by trying, and the cursor stays short. */
const SEAL_BYTES = 12;

/**
 * Where the next page of a list starts, sealed: only for the list that it was made for, which `list` describes
 * (whose, and with which filters), and only as it is.
 * @param key a secret of the server's
 * @param position the id of the last record on the page
 */
export function sealCursor(key: string, list: readonly unknown[], position: string): string {
  return Buffer.concat([sealOf(key, list, position), Buffer.from(position)]).toString('base64url');
}

/** The position in a cursor, or null where it was not made by {@link sealCursor} with this key for this list. */
export function openCursor(key: string, list: readonly unknown[], cursor: string): string | null {
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding lets strange characters and spare bits pass.
  if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== cursor) return null;
  const position = bytes.subarray(SEAL_BYTES).toString();
  return timingSafeEqual(bytes.subarray(0, SEAL_BYTES), sealOf(key, list, position)) ? position : null;
}

function sealOf(key: string, list: readonly unknown[], position: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([...list, position]))
    .digest()
    .subarray(0, SEAL_BYTES);
}
