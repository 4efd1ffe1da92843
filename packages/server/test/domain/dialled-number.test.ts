import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { parseDialledNumber } from '../../src/domain/dialled-number.ts';

describe('reading a dialled number', () => {
  it.each([
    ['E.164', '+14155550101'],
    ['ten digits', '4155550101'],
    ['eleven digits', '14155550101'],
    ['spaces', '+1 415 555 0101'],
    ['brackets', '(415) 555-0101'],
    ['dots', '415.555.0101'],
    ['a one and dashes', '1-415-555-0101'],
    ['spaces around it', '  (415) 555-0101 '],
    ['00', '0014155550101'],
    ['011', '01114155550101'],
    ['a tel: address', 'tel:+1-415-555-0101'],
    ['a tel: address of a national number', 'tel:415-555-0101;phone-context=+1'],
    ['a tel: address with an extension', 'tel:+14155550101;ext=5'],
    ['a sip: address', 'sip:+14155550101@sip.example.com;user=phone'],
    ['a sip: address with parameters of the user', 'sip:+14155550101;npdi@10.0.0.1:5060;transport=tls'],
    ['a sips: address in capitals', 'SIPS:14155550101@HOST'],
    ['a sip: address without a host', 'sip:4155550101'],
    ['an address without a scheme', '+14155550101@host'],
    ['%2B', '%2B14155550101'],
    ['%2b in a sip: address', 'sip:%2b14155550101@host'],
    ['a space for the plus', ' 14155550101'],
    ['a space for the plus of a sip: address', 'sip: 14155550101@host'],
    ['a space before ten digits', ' 4155550101'],
    ['full-width digits', '＋１４１５５５５０１０１'],
  ])('takes %s: %j', (_what, text) => {
    expect(parseDialledNumber(text)).toBe('+14155550101');
  });

  it.each([
    ['+442079460123', '+442079460123'],
    ['442079460123', '+442079460123'],
    [' 442079460123', '+442079460123'],
    ['00442079460123', '+442079460123'],
    ['011 44 20 7946 0123', '+442079460123'],
    ['+44 (0)20 7946 0123', '+442079460123'],
    ['0049 30 23125123', '+493023125123'],
    ['004930 / 23125-123', '+493023125123'],
    ['sip:493023125123@host', '+493023125123'],
    ['+390612345678', '+390612345678'],
    ['1-800-555-0101', '+18005550101'],
    // Ten digits that +1 would not give out, and Germany does.
    ['4930123456', '+4930123456'],
    // Ten digits that both could have: a number as it is dialled at home.
    ['4302345678', '+14302345678'],
    // Of the right length; a numbering plan may have opened it since.
    ['+19995550101', '+19995550101'],
  ])('takes %j for %s', (text, wanted) => {
    expect(parseDialledNumber(text)).toBe(wanted);
  });

  it.each([
    '',
    ' ',
    '+',
    'anonymous',
    'sip:support@example.com',
    'sip:anonymous@anonymous.invalid',
    'tel:',
    '911',
    '12345',
    '5550101',
    '+1415555010',
    '+141555501011',
    '+999123456789',
    '1-800-FLOWERS',
    '+14155550101 or 1=1',
    `+1${'4'.repeat(180)}`,
    '00',
    '@',
    '++14155550101',
  ])('finds no number in %j', (text) => {
    expect(parseDialledNumber(text)).toBeNull();
  });

  const spellings = [
    (e164: string) => e164,
    (e164: string) => e164.replace('+', '%2B'),
    (e164: string) => e164.replace('+', ' '),
    (e164: string) => e164.replace('+', '00'),
    (e164: string) => e164.replace('+', '011'),
    (e164: string) => parsePhoneNumber(e164).formatInternational(),
    (e164: string) => parsePhoneNumber(e164).formatInternational().replace('+', '00 '),
    (e164: string) => parsePhoneNumber(e164).formatInternational().replaceAll(' ', '-'),
    (e164: string) => parsePhoneNumber(e164).format('RFC3966'),
    (e164: string) => `sip:${e164}@sip.example.com;user=phone`,
    (e164: string) => `sip:${e164.replace('+', '%2B')}@sip.example.com`,
  ];
  const atHome = [
    (e164: string) => e164.slice(1),
    (e164: string) => e164.slice(2),
    (e164: string) => parsePhoneNumber(e164).formatNational(),
    (e164: string) => `sip:${e164.slice(2)}@host`,
    (e164: string) => `tel:${e164.slice(2)}`,
  ];

  const digit = (from: number) => fc.integer({ min: from, max: 9 });
  const nanp = fc
    .tuple(digit(2), digit(0), digit(0), digit(2), fc.integer({ min: 0, max: 999_999 }))
    .map(([a, b, c, d, rest]) => `+1${a}${b}${c}${d}${String(rest).padStart(6, '0')}`)
    .filter((e164) => parsePhoneNumber(e164).isValid());
  const abroad = fc.constantFrom(
    ...getCountries().map((country) => getExampleNumber(country, examples)?.number ?? '+14155550101'),
  );

  it('finds every number in every spelling of it', () => {
    fc.assert(
      fc.property(fc.oneof(nanp, abroad), fc.constantFrom(...spellings), (e164, spell) => {
        expect(parseDialledNumber(spell(e164))).toBe(e164);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(nanp, fc.constantFrom(...atHome), (e164, spell) => {
        expect(parseDialledNumber(spell(e164))).toBe(e164);
      }),
      { numRuns: 500 },
    );
  });

  const anyText = fc.string({
    unit: fc.constantFrom(...'0123456789+()-. ;@:%2Bsiptelx\u0000١９'),
    maxLength: 30,
  });

  it('takes any text, and gives E.164 or nothing, which it takes for itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const number = parseDialledNumber(text);
        if (number === null) return;
        expect(number).toMatch(/^\+[1-9]\d{3,16}$/);
        expect(parseDialledNumber(number)).toBe(number);
      }),
      { numRuns: 2_000 },
    );
  });
});
