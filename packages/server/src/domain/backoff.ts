export interface Backoff {
  /** The first wait, ms. */
  firstMs: number;
  /** No wait is longer, ms. */
  maxMs: number;
  factor: number;
}

/** Up to a fifth shorter, so that orders which failed together do not come back together. */
const JITTER = 0.2;

/**
 * How long to wait before the next try.
 * @param tries how many there were before
 * @param random from 0 to 1
 * @returns ms
 */
export function backoffMs({ firstMs, maxMs, factor }: Backoff, tries: number, random: number): number {
  const longest = Math.min(maxMs, firstMs * factor ** tries);
  return Math.round(longest * (1 - JITTER * random));
}
