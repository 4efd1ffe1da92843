import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, eligibilityOf, type Usage } from '../../src/domain/eligibility.ts';
import { PLAN_IDS, planOf } from '../../src/domain/plans.ts';

const usages: fc.Arbitrary<Usage> = fc
  .record({
    id: fc.constantFrom(...PLAN_IDS),
    ownFigure: fc.option(fc.integer({ min: 1, max: 1_000 })),
    currentCount: fc.integer({ min: 0, max: 1_200 }),
    trialUsed: fc.boolean(),
  })
  .map(({ id, ownFigure, ...usage }) => ({
    plan: planOf(id, id === 'enterprise' ? ownFigure : null),
    ...usage,
  }));

/** Near the limit, where a mistake by one shows. */
const usagesAtTheLimit = fc
  .tuple(usages, fc.integer({ min: -2, max: 2 }))
  .map(([usage, off]) => ({ ...usage, currentCount: Math.max(0, usage.plan.maxNumbers + off) }));

const anyUsage = fc.oneof(usages, usagesAtTheLimit);

describe('deciding whether a team may buy', () => {
  it.each([
    ['free', 0, false, { allowed: true, asTrial: true }],
    ['free', 1, false, 'plan_limit_reached'],
    ['free', 1, true, 'trial_already_used'],
    ['free', 0, true, 'trial_already_used'],
    ['starter', 2, false, { allowed: true, asTrial: false }],
    ['starter', 3, false, 'plan_limit_reached'],
    ['starter', 0, true, { allowed: true, asTrial: false }],
    ['growth', 9, true, { allowed: true, asTrial: false }],
    ['growth', 10, true, 'plan_limit_reached'],
    ['business', 49, false, { allowed: true, asTrial: false }],
    ['business', 50, false, 'plan_limit_reached'],
    ['enterprise', 499, false, { allowed: true, asTrial: false }],
    ['enterprise', 500, false, 'plan_limit_reached'],
    // After a change to a smaller plan a team may hold more than it allows.
    ['starter', 10, false, 'plan_limit_reached'],
  ] as const)('on %s with %i numbers and trialUsed %s', (plan, currentCount, trialUsed, wanted) => {
    const decision = decide({ plan: planOf(plan, null), currentCount, trialUsed });
    if (typeof wanted === 'string') expect(decision).toMatchObject({ allowed: false, code: wanted });
    else expect(decision).toEqual(wanted);
  });

  it.each([
    ['growth', 8, 2, { allowed: true, asTrial: false }],
    ['growth', 8, 3, 'plan_limit_reached'],
    ['growth', 10, 1, 'plan_limit_reached'],
    ['free', 0, 1, { allowed: true, asTrial: true }],
    ['free', 0, 2, 'plan_limit_reached'],
  ] as const)('on %s with %i numbers, %i more', (plan, currentCount, more, wanted) => {
    const decision = decide({ plan: planOf(plan, null), currentCount, trialUsed: false }, more);
    if (typeof wanted === 'string') expect(decision).toMatchObject({ allowed: false, code: wanted });
    else expect(decision).toEqual(wanted);
  });

  it('allows several at once where it would allow them one after the other', () => {
    fc.assert(
      fc.property(anyUsage, fc.integer({ min: 1, max: 50 }), (usage, wanted) => {
        const currentCount = usage.currentCount + wanted - 1;
        expect(decide(usage, wanted).allowed).toBe(decide({ ...usage, currentCount }).allowed);
      }),
    );
  });

  it('never allows a purchase at or past the limit', () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        if (usage.currentCount >= usage.plan.maxNumbers) expect(decide(usage).allowed).toBe(false);
      }),
    );
  });

  it('never gives a second trial', () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        const decision = decide({ ...usage, trialUsed: true });
        expect(decision.allowed && decision.asTrial).toBe(false);
      }),
    );
  });

  it('allows everything else, as a trial exactly where nobody pays', () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        const { plan, currentCount, trialUsed } = usage;
        const free = currentCount < plan.maxNumbers && (plan.hasSubscription || !trialUsed);
        const decision = decide(usage);
        expect(decision.allowed).toBe(free);
        if (decision.allowed) expect(decision.asTrial).toBe(!plan.hasSubscription);
      }),
    );
  });

  it('says the plan, the figures and what to do', () => {
    const refused = (
      id: 'enterprise' | 'free',
      own: number | null,
      currentCount: number,
      trialUsed = false,
    ) => {
      const decision = decide({ plan: planOf(id, own), currentCount, trialUsed });
      return decision.allowed ? null : decision.sentence;
    };
    expect(refused('enterprise', 1, 1)).toBe(
      'The Enterprise plan allows 1 number, and this team has 1. Release a number or choose a larger plan.',
    );
    expect(refused('enterprise', 7, 8)).toBe(
      'The Enterprise plan allows 7 numbers, and this team has 8. Release a number or choose a larger plan.',
    );
    expect(refused('free', null, 0, true)).toContain('Choose a paid plan');
  });

  it('shows the usage as the contract has it', () => {
    const usage = { plan: planOf('growth', null), currentCount: 3, trialUsed: true };
    expect(eligibilityOf(usage)).toEqual({
      currentCount: 3,
      maxAllowed: 10,
      hasSubscription: true,
      planName: 'Growth',
    });
  });
});
