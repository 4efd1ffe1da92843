import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCursor, sealCursor } from '../../src/domain/cursor.ts';

const list = fc.array(fc.oneof(fc.string(), fc.constant(null)), { minLength: 1, maxLength: 6 });
const key = fc.string({ minLength: 1 });
const position = fc.stringMatching(/^[a-z]{3,4}_[0-9a-z]{26}$/);

describe('a cursor', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(key, list, position, (k, l, p) => {
        expect(openCursor(k, l, sealCursor(k, l, p))).toBe(p);
      }),
    );
  });

  it('opens with no other key and for no other list', () => {
    fc.assert(
      fc.property(key, key, list, list, position, (k, otherKey, l, otherList, p) => {
        fc.pre(k !== otherKey && JSON.stringify(l) !== JSON.stringify(otherList));
        const cursor = sealCursor(k, l, p);
        expect(openCursor(otherKey, l, cursor)).toBeNull();
        expect(openCursor(k, otherList, cursor)).toBeNull();
        expect(openCursor(k, [...l, null], cursor)).toBeNull();
      }),
    );
  });

  it('does not open with one character changed, added or missing', () => {
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.');
    fc.assert(
      fc.property(key, list, position, fc.nat(), letter, (k, l, p, at, other) => {
        const cursor = sealCursor(k, l, p);
        const i = at % cursor.length;
        const variants = [
          cursor.slice(0, i) + other + cursor.slice(i + 1),
          cursor.slice(0, i) + other + cursor.slice(i),
          cursor.slice(0, i) + cursor.slice(i + 1),
        ];
        for (const variant of variants.filter((each) => each !== cursor))
          expect(openCursor(k, l, variant)).toBeNull();
      }),
    );
  });

  it('does not open where it is noise', () => {
    fc.assert(
      fc.property(key, list, fc.oneof(fc.string(), fc.base64String()), (k, l, noise) => {
        expect(openCursor(k, l, noise)).toBeNull();
      }),
    );
  });
});
