import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Counted,
  isOf,
  isUsedUp,
  limitOfAddress,
  limitsOf,
  secondsUntil,
  standingOf,
  unknownPortion,
  windowStart,
} from '../../src/domain/rate-limit.ts';

const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const windows = fc.integer({ min: 1, max: 86_400_000 });

describe('windows', () => {
  it('hold the moment that they are of, and follow each other without a gap', () => {
    fc.assert(
      fc.property(moments, windows, (now, windowMs) => {
        const start = windowStart(now, windowMs).getTime();
        expect(start).toBeLessThanOrEqual(now.getTime());
        expect(start + windowMs).toBeGreaterThan(now.getTime());
        expect(windowStart(new Date(start), windowMs).getTime()).toBe(start);
        expect(windowStart(new Date(start + windowMs), windowMs).getTime()).toBe(start + windowMs);
      }),
    );
  });

  it('are the same for every server: the clock’s hours and tens of minutes', () => {
    const now = new Date('2026-01-15T12:34:56.789Z');
    expect(windowStart(now, 3_600_000)).toEqual(new Date('2026-01-15T12:00:00Z'));
    expect(windowStart(now, 600_000)).toEqual(new Date('2026-01-15T12:30:00Z'));
  });
});

describe('the limits of a caller', () => {
  const kinds = fc.constantFrom<Counted>('general', 'search', 'purchase');

  it('have a bucket of their own per caller and kind, none above the figure, none empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), kinds, (perHour, counted) => {
        const limits = limitsOf('key_1', perHour, counted);
        expect(limits.at(-1)).toEqual({
          counted: 'general',
          bucket: 'key_1:general',
          most: perHour,
          windowMs: 3_600_000,
        });
        expect(new Set(limits.map(({ bucket }) => bucket)).size).toBe(counted === 'general' ? 1 : 2);
        for (const { most } of limits) {
          expect(Number.isInteger(most)).toBe(true);
          expect(most).toBeGreaterThanOrEqual(1);
          expect(most).toBeLessThanOrEqual(perHour);
        }
      }),
    );
  });

  it.each<[Counted, number, number]>([
    ['search', 1_000, 400],
    ['search', 7, 2],
    ['search', 1, 1],
    ['purchase', 1_000, 200],
    ['purchase', 9, 1],
    ['purchase', 2, 1],
    ['purchase', 0, 0],
  ])('of %s with %d an hour is %d', (counted, perHour, most) => {
    expect(limitsOf('key_1', perHour, counted)[0]).toMatchObject({
      counted,
      most,
      bucket: `key_1:${counted}`,
    });
  });
});

describe('a portion', () => {
  const now = new Date('2026-01-15T12:34:00Z');
  const limit = limitOfAddress('192.0.2.1', 30);

  it('counts for its limit, its figure and its window alone', () => {
    const portion = unknownPortion(limit, now);
    expect(isOf(portion, limit, now)).toBe(true);
    expect(isOf(portion, limit, new Date('2026-01-15T12:39:59.999Z'))).toBe(true);
    expect(isOf(portion, limit, new Date('2026-01-15T12:40:00Z'))).toBe(false);
    expect(isOf(portion, limitOfAddress('192.0.2.1', 31), now)).toBe(false);
  });

  it('is used up where nothing is in hand and nothing is left', () => {
    const portion = unknownPortion(limit, now);
    expect(isUsedUp(portion)).toBe(false);
    expect(isUsedUp({ ...portion, left: 0, held: 1 })).toBe(false);
    expect(isUsedUp({ ...portion, left: 0, held: 0 })).toBe(true);
    // The figure was lowered below what is used.
    expect(isUsedUp({ ...portion, left: -5, held: 0 })).toBe(true);
    expect(standingOf({ ...portion, left: -5, held: 0 }).remaining).toBe(0);
    expect(standingOf({ ...portion, left: 20, held: 3 })).toEqual({
      most: 30,
      remaining: 23,
      freeAgainAt: new Date('2026-01-15T12:40:00Z'),
    });
  });

  it('is over in whole seconds, at least one', () => {
    expect(secondsUntil(new Date('2026-01-15T12:40:00Z'), now)).toBe(360);
    expect(secondsUntil(new Date(now.getTime() + 1_001), now)).toBe(2);
    expect(secondsUntil(now, now)).toBe(1);
  });
});
