import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/domain/backoff.ts';

const BACKOFF = { firstMs: 1_000, maxMs: 60_000, factor: 2 };

const backoffs = fc.record({
  firstMs: fc.integer({ min: 1, max: 60_000 }),
  maxMs: fc.integer({ min: 60_000, max: 3_600_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
});
const tries = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000 }));
const random = fc.double({ min: 0, max: 1, noNaN: true });

describe('waiting before the next try', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [5, 32_000],
  ])('after %i tries', (count, wanted) => {
    expect(backoffMs(BACKOFF, count, 0)).toBe(wanted);
  });

  it('is up to a fifth shorter', () => {
    expect([0, 0.25, 0.75, 1].map((at) => backoffMs(BACKOFF, 0, at))).toEqual([1_000, 950, 850, 800]);
  });

  it('is a whole number of milliseconds, what the try calls for or up to a fifth less', () => {
    fc.assert(
      fc.property(backoffs, tries, random, (backoff, count, at) => {
        const wait = backoffMs(backoff, count, at);
        const called = Math.min(backoff.maxMs, backoff.firstMs * backoff.factor ** count);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(called * 0.8));
        expect(wait).toBeLessThanOrEqual(Math.ceil(called));
      }),
    );
  });

  it('never gets shorter by more tries', () => {
    fc.assert(
      fc.property(backoffs, tries, random, (backoff, count, at) => {
        expect(backoffMs(backoff, count + 1, at)).toBeGreaterThanOrEqual(backoffMs(backoff, count, at));
      }),
    );
  });

  it('is never longer than maxMs', () => {
    fc.assert(
      fc.property(backoffs, tries, random, (backoff, count, at) => {
        expect(backoffMs(backoff, count, at)).toBeLessThanOrEqual(backoff.maxMs);
      }),
    );
  });
});
