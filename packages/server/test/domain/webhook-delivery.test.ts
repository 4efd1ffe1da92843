import { describe, expect, it } from 'vitest';
import { judgeAnswer, retryWaitMs } from '../../src/domain/webhook-delivery.ts';

const HOUR_MS = 3_600_000;

describe('the waits between attempts', () => {
  const waits = Array.from({ length: 10 }, (_, attempts) => retryWaitMs(attempts + 1, 0.5) ?? 0);

  it('grow from seconds to hours, over about 24 hours', () => {
    expect(waits[0]).toBe(5_000);
    for (const [i, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[i - 1] ?? 0);
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / HOUR_MS;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
  });

  it('vary by up to a fifth', () => {
    expect([0, 0.5, 1].map((random) => retryWaitMs(1, random))).toEqual([4_000, 5_000, 6_000]);
  });

  it('end with the eleventh attempt, and start over where it is asked for again', () => {
    expect(retryWaitMs(11, 0.5)).toBeNull();
    expect(retryWaitMs(12, 0.5)).toBe(5_000);
    expect(retryWaitMs(22, 0.5)).toBeNull();
  });
});

describe('an answer', () => {
  it.each([
    [{ status: 200 }, 'delivered'],
    [{ status: 204 }, 'delivered'],
    [{ status: 299 }, 'delivered'],
    [{ status: 199 }, 'failed'],
    [{ status: 301 }, 'failed'],
    [{ status: 404 }, 'failed'],
    [{ status: 410 }, 'gone'],
    [{ status: 500 }, 'failed'],
    [{ error: 'none' }, 'failed'],
  ])('%j means %s', (answer, verdict) => {
    expect(judgeAnswer(answer)).toBe(verdict);
  });
});
