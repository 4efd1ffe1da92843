import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, GRANTABLE_SCOPES, type Scope } from '../../src/domain/scopes.ts';

const SCOPES: Scope[] = ['numbers:read', 'numbers:write'];

describe('scopes', () => {
  it.each([
    [['*'], true, true],
    [['numbers:*'], true, true],
    [['numbers:read'], true, false],
    [['numbers:write'], false, true],
    [['numbers:read', 'numbers:write'], true, true],
    [[], false, false],
    [['numbers'], false, false],
    [['numbers:'], false, false],
    [['number:*'], false, false],
    [['teams:*'], false, false],
    [['*:*'], false, false],
    [['*:read'], false, false],
    [['NUMBERS:READ'], false, false],
    [[' *'], false, false],
    [['numbers:readable'], false, false],
    [['teams:*', 'numbers:read'], true, false],
  ])('%j cover reading %s, writing %s', (granted, read, write) => {
    expect(covers(granted, 'numbers:read')).toBe(read);
    expect(covers(granted, 'numbers:write')).toBe(write);
  });

  it('cover by nothing but a name, its area or everything', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.constantFrom(...SCOPES), (granted, needed) => {
        const named = granted.some((scope) => ['*', 'numbers:*', needed].includes(scope));
        expect(covers(granted, needed)).toBe(named);
      }),
    );
  });

  it('grow by being added to', () => {
    const granted = fc.subarray([...GRANTABLE_SCOPES]);
    fc.assert(
      fc.property(granted, granted, fc.constantFrom(...SCOPES), (some, more, needed) => {
        if (covers(some, needed)) expect(covers([...more, ...some], needed)).toBe(true);
      }),
    );
  });

  it('can all be granted', () => {
    for (const scope of SCOPES) expect(GRANTABLE_SCOPES).toContain(scope);
  });
});
