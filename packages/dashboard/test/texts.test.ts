import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { areaCodesWithPlaces } from '../../server/src/domain/area-code-places.ts';
import { AREA_CODES, areaCodeProblem } from '../src/format/area-codes.ts';
import { CALLING_CODES } from '../src/format/calling-codes.ts';
import { formatPrice, sumOf } from '../src/format/money.ts';
import { formatPhone, loadFormats } from '../src/format/phone.ts';
import { daysUntil } from '../src/format/time.ts';
import de from '../src/i18n/de.ts';
import deMore from '../src/i18n/de-more.ts';
import en from '../src/i18n/en.ts';
import enMore from '../src/i18n/en-more.ts';
import { readBuySearch, readNumbersSearch } from '../src/pages/numbers/search-params.ts';
import { dialled } from '../src/pages/numbers/vanity.ts';

/** All texts with the way to each. */
function flat(texts: object, way = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${way}${key}`, value] as [string, string]] : flat(value, `${way}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the texts', () => {
  const { problems: _, ...more } = deMore;
  const german = { ...de, ...more };
  const english = new Map(flat({ ...en, ...enMore }));

  it('have the same keys in both languages, and none is empty', () => {
    expect(
      flat(german)
        .map(([key]) => key)
        .sort(),
    ).toEqual([...english.keys()].sort());
    for (const [key, text] of [...flat(german), ...english]) expect(text.trim(), key).not.toBe('');
  });

  it('have the same placeholders', () => {
    for (const [key, text] of flat(german)) {
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
    }
  });
});

describe('money', () => {
  it('keeps every decimal, in the manner of the language', () => {
    expect(formatPrice('1.00', 'en')).toBe('$1.00');
    expect(formatPrice('1.0055', 'en')).toBe('$1.0055');
    expect(formatPrice('12345678901234567.89', 'en')).toBe('$12,345,678,901,234,567.89');
    expect(formatPrice('1234.50', 'de')).toBe('1.234,50\u00a0$');
  });

  it('is added exactly', () => {
    expect(sumOf(['0.10', '0.20'])).toBe('0.30');
    expect(sumOf(['1.0005', '1'])).toBe('2.0005');
    expect(sumOf([])).toBe('0.00');
  });
});

describe('numbers', () => {
  it('are written as in their country, the same as libphonenumber has it', async () => {
    await loadFormats();
    for (const codes of Object.values(AREA_CODES)) {
      for (const code of codes) {
        const number = `+1${code}5550101`;
        expect(formatPhone(number).national).toBe(parsePhoneNumberFromString(number)?.formatNational());
      }
    }
    // A real number of each country of the plan.
    for (const country of getCountries().filter((each) => getCountryCallingCode(each) === '1')) {
      const example = getExampleNumber(country, examples);
      expect(formatPhone(example?.number ?? '').country, country).toBe(country);
    }
    expect([...CALLING_CODES]).toEqual(getCountries().map((each) => [each, getCountryCallingCode(each)]));
    expect(formatPhone('+14155550101')).toEqual({ national: '(415) 555-0101', country: 'US', type: 'local' });
    expect(formatPhone('+18005550101')).toMatchObject({ national: '(800) 555-0101', type: 'toll-free' });
    expect(formatPhone('+442079460123')).toMatchObject({ national: '020 7946 0123', country: 'GB' });
    expect(formatPhone('+498001234567')).toMatchObject({ country: 'DE', type: 'toll-free' });
  });

  it('have the area codes that the server knows', () => {
    const known = { US: new Set<string>(), CA: new Set<string>() };
    for (const [code, places] of areaCodesWithPlaces()) {
      for (const { country } of places) known[country].add(code);
    }
    expect(AREA_CODES).toEqual(known);
  });

  it.each([
    ['', 'US', 'local', null],
    ['415', 'US', 'local', null],
    ['416', 'US', 'local', 'unknown'],
    ['416', 'CA', 'local', null],
    ['4x5', 'US', 'local', 'digits'],
    ['800', 'US', 'local', 'tollFree'],
    ['800', 'US', 'toll-free', null],
    ['415', 'US', 'toll-free', 'notTollFree'],
  ] as const)('say of the area code "%s" in %s, %s: %s', (areaCode, country, type, problem) => {
    expect(areaCodeProblem(areaCode, { country, type })).toBe(problem);
  });

  it('are dialled as words', () => {
    expect(dialled('FLOWERS')).toBe('3569377');
    expect(dialled('1-800 qz')).toBe('180079');
    expect(dialled('Käse')).toBeNull();
    expect(dialled('1234567890123456')).toBeNull();
  });
});

describe('addresses', () => {
  it('keep what they know, and drop the rest', () => {
    expect(
      readNumbersSearch({ sort: '-label', status: 'active', type: 'x', search: '415', more: 1 }),
    ).toEqual({
      sort: '-label',
      status: 'active',
      search: '415',
    });
    expect(readBuySearch({ country: 'usa', areaCode: '415', type: 'toll-free' })).toEqual({
      areaCode: '415',
      type: 'toll-free',
    });
  });

  it('count a begun day as a whole one', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(daysUntil('2026-01-01T00:00:01Z', now)).toBe(1);
    expect(daysUntil('2026-01-06T00:00:00Z', now)).toBe(5);
    expect(daysUntil('2025-12-31T00:00:00Z', now)).toBe(0);
  });
});
