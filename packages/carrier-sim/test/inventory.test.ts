import parsePhoneNumber from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import {
  BLOCKS,
  featuresOf,
  lookUpStock,
  priceOf,
  stockFromTheEnd,
  stockMatching,
} from '../src/inventory.ts';

function first(count: number, query: Parameters<typeof stockMatching>[0]) {
  const numbers = [];
  for (const number of stockMatching(query)) {
    if (numbers.push(number) === count) break;
  }
  return numbers;
}

test('every block has numbers that libphonenumber takes for valid, in the right country and kind', () => {
  for (const block of BLOCKS) {
    const lines = [block.firstLine, 150, 205, 899, 1213, 5000, block.lastLine].filter(
      (line) => line >= block.firstLine && line <= block.lastLine,
    );
    for (const line of lines) {
      const phoneNumber = `+${block.prefix}${String(line).padStart(block.lineDigits, '0')}`;
      const parsed = parsePhoneNumber(phoneNumber);
      expect(parsed?.isValid(), phoneNumber).toBe(true);
      expect(parsed?.country, phoneNumber).toBe(block.country);
      expect(parsed?.getType() === 'TOLL_FREE', phoneNumber).toBe(block.type === 'toll_free');
      expect(lookUpStock(phoneNumber)?.block).toBe(block);
    }
  }
});

test('countries, and enough of each', () => {
  const countOf = (country: string) =>
    BLOCKS.filter((block) => block.country === country && block.type === 'local').length;
  expect(countOf('US')).toBeGreaterThan(60);
  expect(countOf('CA')).toBeGreaterThan(12);
  for (const country of ['GB', 'DE', 'AT', 'CH', 'FR']) expect(countOf(country)).toBeGreaterThan(4);
  const sanFrancisco = [...stockMatching({ country: 'US', ndc: '415', features: [] })];
  expect(sanFrancisco.length).toBeGreaterThanOrEqual(9_000);
  expect(new Set(sanFrancisco.map(({ phoneNumber }) => phoneNumber)).size).toBe(sanFrancisco.length);
});

test('the series starts at 555-0101 and goes up, without magic lines and directory assistance', () => {
  const numbers = [...stockMatching({ ndc: '415', features: [] })].map(({ phoneNumber }) => phoneNumber);
  expect(numbers.slice(0, 2)).toEqual(['+14155550101', '+14155550102']);
  expect(numbers).toEqual([...numbers].sort());
  expect(numbers.filter((number) => number.startsWith('+141555509'))).toEqual([]);
  expect(numbers).not.toContain('+14155551212');
});

test('a pattern that names a whole number finds it, magic or not, in any spelling', () => {
  for (const pattern of ['14155550901', '4155550901']) {
    for (const kind of ['contains', 'startsWith', 'endsWith']) {
      expect(first(2, { features: [], [kind]: pattern }).map((n) => n.phoneNumber)).toEqual(['+14155550901']);
    }
  }
  expect(first(2, { features: [], ndc: '415', contains: '5550901' })).toHaveLength(1);
  expect(first(1, { features: [], ndc: '415', startsWith: '555090' })).toHaveLength(0);
});

test('patterns look behind the area code where one is given', () => {
  const [number] = first(1, { features: [], ndc: '415', startsWith: '555012' });
  expect(number?.phoneNumber).toBe('+14155550120');
  expect(first(1, { features: [], ndc: '415', contains: '4155' })).toEqual(
    first(1, { features: [], ndc: '415', contains: '5554155' }),
  );
  expect(first(1, { features: [], country: 'US', endsWith: '4242' })[0]?.phoneNumber).toBe('+12015554242');
});

test('features filter, and toll-free numbers sell in Canada too', () => {
  for (const number of first(500, { features: ['mms', 'voice'], country: 'US' })) {
    expect(featuresOf(number)).toEqual(expect.arrayContaining(['mms', 'voice']));
  }
  const [tollFree] = first(1, { features: [], country: 'CA', type: 'toll_free' });
  expect(tollFree?.phoneNumber).toBe('+18005550101');
  expect(first(1, { features: [], country: 'US', type: 'mobile' })).toEqual([]);
  expect(first(1, { features: [], country: 'XX' })).toEqual([]);
});

test('prices', () => {
  const price = (phoneNumber: string) => {
    const number = lookUpStock(phoneNumber);
    return number && priceOf(number);
  };
  expect(price('+14155550101')).toEqual({ upfrontCost: '1.00', monthlyCost: '1.00' });
  expect(price('+14155550915')?.monthlyCost).toBe('25.00');
  expect(price('+41445550100')?.monthlyCost).toBe('5.00');
});

test('numbers that we never had are unknown', () => {
  for (const number of [
    '+14155560101',
    '+14155550100',
    '+14155551212',
    '+1415555010',
    '14155550101',
    '+999',
  ]) {
    expect(lookUpStock(number), number).toBeUndefined();
  }
});

test('foreign numbers come from the end of each area code', () => {
  const { value } = stockFromTheEnd().next();
  expect(value?.phoneNumber).toBe('+12015559999');
});
