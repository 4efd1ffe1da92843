import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/domain/time.ts';

describe('times as clients get them', () => {
  it.each([
    ['2026-01-15T12:00:00.000Z', '2026-01-15T12:00:00Z'],
    ['2026-01-15T12:00:00.999Z', '2026-01-15T12:00:00Z'],
    ['2026-01-15T12:00:00+02:00', '2026-01-15T10:00:00Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%s', (time, wanted) => {
    expect(isoTime(new Date(time))).toBe(wanted);
  });
});
