import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exceeds, PRICE_PATTERN, totalOf } from '../../src/domain/price.ts';

const digits = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength: min, maxLength: max })
    .map((array) => array.join(''));

const decimal = (places: number) =>
  fc
    .tuple(digits(1, 6), digits(0, places))
    .map(([whole, fraction]) => (fraction === '' ? whole : `${whole}.${fraction}`));

/** In units of 10⁻²⁰ dollars. */
function exactly(price: string): bigint {
  const [whole = '', fraction = ''] = price.split('.');
  return BigInt(whole + fraction.padEnd(20, '0'));
}

describe('comparing prices', () => {
  it.each([
    ['1.00', '1.00', false],
    ['1.00', '1', false],
    ['1', '1.0000', false],
    ['1.01', '1.00', true],
    ['0.99', '1.00', false],
    ['10.00', '9.00', true],
    ['9.00', '10.00', false],
    ['0.1001', '0.1', true],
    ['0.0525', '0.05', true],
    ['0', '0.00', false],
    // As floats these are equal.
    ['0.30000000000000000001', '0.3', true],
    ['999999.9999', '999999.9998', true],
  ])('%s exceeds %s: %s', (price, limit, wanted) => {
    expect(exceeds(price, limit)).toBe(wanted);
  });

  it('is exact', () => {
    fc.assert(
      fc.property(decimal(20), decimal(4), (price, limit) => {
        expect(exceeds(price, limit)).toBe(exactly(price) > exactly(limit));
      }),
    );
  });

  it('says that a price does not exceed itself, however it is written', () => {
    fc.assert(
      fc.property(decimal(4), fc.integer({ min: 0, max: 4 }), (price, zeros) => {
        const written = `0${price}${price.includes('.') ? '' : '.0'}${'0'.repeat(zeros)}`;
        expect(exceeds(price, written)).toBe(false);
        expect(exceeds(written, price)).toBe(false);
      }),
    );
  });
});

describe('the form of a price', () => {
  const pattern = new RegExp(PRICE_PATTERN);

  it.each(['0', '1', '2.00', '0.0525', '999999.9999', '007.5'])('takes %s', (text) => {
    expect(pattern.test(text)).toBe(true);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '1.',
    '.5',
    '-1',
    '+1',
    '1,00',
    '1.00001',
    '1000000',
    '1e3',
    'NaN',
    'Infinity',
    '1\n',
    '٣',
  ])('refuses %j', (text) => {
    expect(pattern.test(text)).toBe(false);
  });
});

describe('what several prices come to', () => {
  it.each<[[price: string | null, count: number][], string]>([
    [[], '0.00'],
    [[[null, 3]], '0.00'],
    [[['1.00', 3]], '3.00'],
    [
      [
        ['1.00', 2],
        ['0.0525', 1],
        [null, 5],
      ],
      '2.0525',
    ],
    // As floats these come to 0.30000000000000004.
    [
      [
        ['0.1', 1],
        ['0.2', 1],
      ],
      '0.30',
    ],
    [[['0.005', 2]], '0.01'],
    [[['1000', 100]], '100000.00'],
  ])('%j: %s', (items, total) => {
    expect(totalOf(items.map(([price, count]) => ({ price, count })))).toBe(total);
  });
});
