import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallerIdCandidate, chooseCallerId } from '../../src/domain/caller-id.ts';
import { PHONE_NUMBER_STATUSES } from '../../src/domain/phone-number.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const LATER = new Date('2026-01-15T12:00:00.001Z');

function candidate(phoneNumber: string, more: Partial<CallerIdCandidate> = {}): CallerIdCandidate {
  return {
    id: `pn_${phoneNumber.slice(1)}`,
    phoneNumber,
    weight: 1,
    status: 'active',
    restingUntil: null,
    callsToday: 0,
    ...more,
  };
}

function choose(
  candidates: CallerIdCandidate[],
  {
    to = '+14155550199',
    contactKey = to,
    cap = null,
  }: { to?: string; contactKey?: string; cap?: number | null } = {},
) {
  const { chosen, decision } = chooseCallerId({ candidates, to, contactKey, now: NOW, cap });
  return { number: chosen?.candidate.phoneNumber ?? null, match: chosen?.match ?? null, decision };
}

describe('the numbers that may be shown', () => {
  const other = candidate('+493023125123');

  it.each<[string, Partial<CallerIdCandidate>, number | null, RegExp]>([
    ['is suspended', { status: 'suspended' }, null, /skipped: it is suspended\.$/],
    ['is releasing', { status: 'releasing' }, null, /skipped: it is releasing\.$/],
    ['rests', { restingUntil: LATER }, null, /flagged as spam and rests until 2026-01-15T12:00:00Z\.$/],
    ['has reached the cap', { callsToday: 10 }, 10, /has had its 10 calls of today \(UTC\)\.$/],
    ['is over the cap', { callsToday: 11 }, 10, /has had its 10 calls of today \(UTC\)\.$/],
    ['was missed', { missed: true }, null, /another call took its last place/],
  ])('leave out one that %s', (_what, more, cap, sentence) => {
    const skipped = candidate('+14155550101', more);
    const choice = choose([skipped, other], { cap });
    expect(choice).toMatchObject({ number: other.phoneNumber, match: 'any' });
    expect(choice.decision[0]).toMatch(/^\+14155550101 is skipped: /);
    expect(choice.decision[0]).toMatch(sentence);
    const alone = choose([skipped], { cap });
    expect(alone.number).toBeNull();
    expect(alone.decision).toEqual([choice.decision[0], 'No number is left.']);
  });

  it.each<[string, Partial<CallerIdCandidate>, number | null]>([
    ['has rested', { restingUntil: NOW }, null],
    ['is one below the cap', { callsToday: 9 }, 10],
    ['has many calls and no cap', { callsToday: 100_000 }, null],
  ])('keep one that %s', (_what, more, cap) => {
    const choice = choose([candidate('+14155550101', more), other], { cap });
    expect(choice).toMatchObject({ number: '+14155550101', match: 'area_code' });
  });

  it('may be none', () => {
    expect(choose([])).toEqual({
      number: null,
      match: null,
      decision: ['There is no number to choose from.'],
    });
  });

  it('are explained for as many as somebody reads', () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      candidate(`+1415555${1000 + index}`, { status: 'suspended' }),
    );
    const { decision } = choose(many);
    expect(decision).toHaveLength(52);
    expect(decision.at(-2)).toBe('70 more are skipped for reasons like these.');
  });
});

describe('the nearest number', () => {
  const numbers = {
    sanFrancisco: '+14155550101',
    oakland: '+15105550102',
    newYork: '+12125550103',
    toronto: '+14165550104',
    ottawa: '+16135550105',
    montreal: '+15145550106',
    london: '+442079460123',
    berlin: '+493023125123',
  };

  it.each<[string, string, (keyof typeof numbers)[], keyof typeof numbers, string]>([
    ['area code', '+14155550199', ['oakland', 'sanFrancisco', 'newYork'], 'sanFrancisco', 'area_code'],
    ['state', '+14155550199', ['newYork', 'oakland', 'london'], 'oakland', 'region'],
    ['another area code of the state', '+16285550199', ['newYork', 'sanFrancisco'], 'sanFrancisco', 'region'],
    ['country', '+14155550199', ['toronto', 'newYork', 'london'], 'newYork', 'country'],
    ['province', '+16475550199', ['montreal', 'ottawa', 'newYork'], 'ottawa', 'region'],
    ['Canada rather than the United States', '+19025550199', ['newYork', 'montreal'], 'montreal', 'country'],
    ['country elsewhere', '+442079460999', ['sanFrancisco', 'london', 'berlin'], 'london', 'country'],
    ['any number', '+33142685300', ['berlin'], 'berlin', 'any'],
    ['any number, though both have +1', '+14165550199', ['newYork'], 'newYork', 'any'],
  ])('by %s', (_what, to, from, wanted, match) => {
    const choice = choose(
      from.map((name) => candidate(numbers[name])),
      { to },
    );
    expect(choice).toMatchObject({ number: numbers[wanted], match });
  });

  it('is told of in words', () => {
    const choice = choose([candidate(numbers.oakland), candidate(numbers.newYork)]);
    expect(choice.decision).toEqual([
      "The choice is among 1 of 2: those of the contact's state, CA, as none has the area code 415.",
      '+15105550102 is the one of them that this contact gets every time.',
    ]);
  });
});

const number = fc
  .tuple(fc.constantFrom('+1415555', '+1510555', '+1212555', '+4420794'), fc.nat(9_999))
  .map(([prefix, rest]) => `${prefix}${String(rest).padStart(4, '0')}`);
const anyCandidate = fc
  .record({
    phoneNumber: number,
    weight: fc.integer({ min: 1, max: 20 }),
    status: fc.constantFrom(...PHONE_NUMBER_STATUSES),
    restingUntil: fc.constantFrom(null, null, NOW, LATER),
    callsToday: fc.nat(12),
  })
  .map(({ phoneNumber, ...more }) => candidate(phoneNumber, more));
const distinct = (options: { minLength?: number } = {}) =>
  fc.uniqueArray(anyCandidate, { selector: ({ id }) => id, maxLength: 12, ...options });
const usable = distinct({ minLength: 1 }).map((all) =>
  all.map((each) => ({ ...each, status: 'active' as const, restingUntil: null })),
);
const contact = fc.record({ to: number, contactKey: fc.string({ minLength: 1 }) });

describe('every choice', () => {
  it('is of a number that may be shown, and is none only where there is none', () => {
    fc.assert(
      fc.property(distinct(), contact, fc.option(fc.nat(12)), (candidates, who, cap) => {
        const allowed = candidates
          .filter(({ status }) => status === 'active')
          .filter(({ restingUntil }) => restingUntil === null || restingUntil <= NOW)
          .filter(({ callsToday }) => cap === null || callsToday < cap)
          .map(({ phoneNumber }) => phoneNumber);
        const { number: chosen } = choose(candidates, { ...who, cap });
        if (allowed.length === 0) expect(chosen).toBeNull();
        else expect(allowed).toContain(chosen);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same again, whatever the order of the numbers', () => {
    fc.assert(
      fc.property(
        usable.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        contact,
        ([all, shuffled], who) => {
          expect(choose(shuffled, who).number).toBe(choose(all, who).number);
        },
      ),
    );
  });

  it('stays, or goes to a number that was added', () => {
    fc.assert(
      fc.property(usable, anyCandidate, contact, (all, added, who) => {
        const fresh = { ...added, status: 'active' as const, restingUntil: null };
        fc.pre(!all.some(({ id }) => id === fresh.id));
        const [before, after] = [choose(all, who).number, choose([...all, fresh], who).number];
        expect([before, fresh.phoneNumber]).toContain(after);
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays, where another number of the same place is taken away', () => {
    fc.assert(
      fc.property(usable, contact, fc.nat(), (all, who, index) => {
        const before = choose(all, who).number;
        const others = all.filter(({ phoneNumber }) => phoneNumber !== before);
        fc.pre(others.length > 0);
        const gone = others[index % others.length];
        expect(
          choose(
            all.filter((each) => each !== gone),
            who,
          ).number,
        ).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it('goes by the contact where one is named, and not by the number called', () => {
    const many = Array.from({ length: 20 }, (_, index) => candidate(`+1415555${1000 + index}`));
    const chosen = (to: string, contactKey: string) => choose(many, { to, contactKey }).number;
    const keys = Array.from({ length: 50 }, (_, index) => `contact-${index}`);
    for (const key of keys) expect(chosen('+14155550199', key)).toBe(chosen('+12125550100', key));
    expect(new Set(keys.map((key) => chosen('+14155550199', key))).size).toBeGreaterThan(10);
  });
});

describe('weights', () => {
  const CONTACTS = 100_000;

  /** How many contacts each number gets. */
  function shares(weights: number[]): number[] {
    const candidates = weights.map((weight, index) => candidate(`+14155550${101 + index}`, { weight }));
    const counts = new Map(candidates.map(({ phoneNumber }) => [phoneNumber, 0]));
    for (let index = 0; index < CONTACTS; index += 1) {
      const { number: chosen } = choose(candidates, { contactKey: `contact-${index}` });
      counts.set(chosen ?? '', (counts.get(chosen ?? '') ?? 0) + 1);
    }
    return [...counts.values()];
  }

  it.each([[[1, 2, 3, 4]], [[20, 1, 5]]])('%j decide how many contacts each number gets', (weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, share] of shares(weights).entries()) {
      const wanted = (CONTACTS * (weights[index] ?? 0)) / total;
      expect(Math.abs(share - wanted) / CONTACTS, `number ${index}`).toBeLessThan(0.02);
      // The spread of a fair draw: the same contacts each time, so it holds for good once it holds.
      expect(Math.abs(share - wanted)).toBeLessThan(3.5 * Math.sqrt(wanted));
    }
  });

  it('that grow move contacts only to the number that grows', () => {
    const small = [candidate('+14155550101'), candidate('+14155550102'), candidate('+14155550103')];
    const grown = small.map((each, index) => (index === 0 ? { ...each, weight: 3 } : each));
    for (let index = 0; index < 2_000; index += 1) {
      const who = { contactKey: `contact-${index}` };
      const [before, after] = [choose(small, who).number, choose(grown, who).number];
      expect([before, '+14155550101']).toContain(after);
    }
  });
});
