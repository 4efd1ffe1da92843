import { describe, expect, it } from 'vitest';
import { hasAreaCodes, isCountry, parseE164 } from '../../src/domain/e164.ts';

describe('reading a number', () => {
  it.each([
    ['+14155550101', 'US'],
    ['+14165550101', 'CA'],
    ['+442079460123', 'GB'],
    ['+493023125123', 'DE'],
    ['+33199001234', 'FR'],
    ['+431234567', 'AT'],
    ['+41441234567', 'CH'],
  ])('takes %s of %s as it is', (text, country) => {
    expect(parseE164(text)).toEqual({ valid: true, phoneNumber: text, country });
  });

  it.each(['+18005550101', '+18885550199'])('takes the toll-free %s', (text) => {
    expect(parseE164(text)).toMatchObject({ valid: true, phoneNumber: text });
  });

  it.each([
    '',
    '4155550101',
    '14155550101',
    '(415) 555-0101',
    'tel:+14155550101',
    ' +14155550101',
    '＋14155550101',
  ])('asks for the plus before %j', (text) => {
    expect(parseE164(text)).toEqual({
      valid: false,
      message: 'must be in E.164 form, starting with + and the country code, like +14155550101',
    });
  });

  it.each([
    ['spaces', '+1 415 555 0101'],
    ['punctuation', '+1(415)555-0101'],
    ['a space behind it', '+14155550101 '],
    ['an extension', '+14155550101;ext=5'],
    ['letters', '+1415555CALL'],
    ['other digits', '+１４１５５５５０１０１'],
    ['two plus signs', '++14155550101'],
    ['a trunk zero', '+4402079460123'],
    ['a digit too few', '+1415555010'],
    ['a digit too many', '+141555501011'],
    ['an area code that cannot be', '+11155550101'],
    ['no such country', '+99912345678'],
    ['only a country code', '+1'],
    ['nothing behind the plus', '+'],
    ['more digits than E.164 has', `+1${'4'.repeat(200)}`],
    ['the character zero', '+14155550101\u0000'],
    ['an emergency number', '+1911'],
  ])('refuses %s', (_what, text) => {
    const parsed = parseE164(text);
    expect(parsed).toMatchObject({ valid: false });
    expect(parsed.valid ? '' : parsed.message).toContain('like +14155550101');
  });
});

describe('countries', () => {
  it.each(['US', 'CA', 'GB', 'DE', 'FR', 'AT', 'CH', 'JP', 'BR'])('knows %s', (code) => {
    expect(isCountry(code)).toBe(true);
  });

  it.each(['ZZ', 'XX', 'us', 'USA', 'U', '', '00', '__proto__', 'constructor', 'toString'])(
    'does not know %j',
    (code) => {
      expect(isCountry(code)).toBe(false);
    },
  );

  it.each([
    ['US', true],
    ['CA', true],
    // In +1 too, and without area codes to choose from at the carrier.
    ['JM', false],
    ['GB', false],
    ['us', false],
  ])('%s has area codes to search by: %s', (code, wanted) => {
    expect(hasAreaCodes(code)).toBe(wanted);
  });
});
