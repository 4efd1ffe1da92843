import { describe, expect, it } from 'vitest';
import { PLAN_IDS, planOf } from '../../src/domain/plans.ts';
import { trialEnd } from '../../src/domain/trial.ts';

describe('plans', () => {
  it.each([
    ['free', 'Free', 1, false],
    ['starter', 'Starter', 3, true],
    ['growth', 'Growth', 10, true],
    ['business', 'Business', 50, true],
    ['enterprise', 'Enterprise', 500, true],
  ] as const)('%s', (id, name, maxNumbers, hasSubscription) => {
    expect(planOf(id, null)).toEqual({ id, name, maxNumbers, hasSubscription });
  });

  it('are these and no others', () => {
    expect(PLAN_IDS).toEqual(['free', 'starter', 'growth', 'business', 'enterprise']);
  });

  it("take the team's own figure, and keep it to that team", () => {
    expect(planOf('enterprise', 1234)).toMatchObject({ id: 'enterprise', maxNumbers: 1234 });
    expect(planOf('enterprise', null).maxNumbers).toBe(500);
  });

  it('give a trial of five days to the second, over a change of daylight saving time too', () => {
    expect(trialEnd(new Date('2026-03-27T23:30:15.500Z')).toISOString()).toBe('2026-04-01T23:30:15.500Z');
  });
});
