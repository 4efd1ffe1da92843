import { describe, expect, it } from 'vitest';
import { everyDay, firstOfDays } from '../../src/domain/number-health.ts';

const day = (name: string, outboundCalls = 0) => ({
  day: name,
  outboundCalls,
  answered: 0,
  rejected: 0,
  spamFlags: 0,
});

describe('the days up to today', () => {
  it.each([
    ['2026-01-15T12:00:00Z', 1, '2026-01-15'],
    ['2026-01-15T00:00:00Z', 30, '2025-12-17'],
    ['2026-01-15T23:59:59.999Z', 30, '2025-12-17'],
    ['2028-03-01T12:00:00Z', 2, '2028-02-29'],
  ])('at %s, %i of them begin on %s', (now, days, first) => {
    expect(firstOfDays(new Date(now), days)).toBe(first);
  });

  it('are all there, those without calls too', () => {
    const now = new Date('2026-03-02T01:00:00Z');
    expect(everyDay([day('2026-02-28', 3), day('2026-03-02', 1)], now, 4)).toEqual([
      day('2026-02-27'),
      day('2026-02-28', 3),
      day('2026-03-01'),
      day('2026-03-02', 1),
    ]);
  });
});
