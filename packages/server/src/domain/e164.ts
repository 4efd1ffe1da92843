import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Countries whose numbers begin with +1 and have three-digit area codes that the carrier can search by. */
const AREA_CODE_COUNTRIES: readonly string[] = ['US', 'CA'];

export type ParsedNumber =
  | { valid: true; phoneNumber: string; country: CountryCode | undefined }
  | { valid: false; message: string };

/**
 * Reads a number in E.164. It has to be one that its country's numbering plan allows: the carrier would refuse it
 * later, and after more work.
 */
export function parseE164(text: string): ParsedNumber {
  if (!text.startsWith('+')) {
    return {
      valid: false,
      message: 'must be in E.164 form, starting with + and the country code, like +14155550101',
    };
  }
  const parsed = parsePhoneNumberFromString(text);
  if (!parsed?.isValid() || parsed.number !== text) {
    return {
      valid: false,
      message:
        'is not a number that its country allows; check the digits, and write it in E.164 form, like +14155550101',
    };
  }
  return { valid: true, phoneNumber: parsed.number, country: parsed.country };
}

/** The country of a number in E.164; null where its digits do not say. */
export function countryOf(phoneNumber: string): CountryCode | null {
  return parsePhoneNumberFromString(phoneNumber)?.country ?? null;
}

/** Whether this is a country that has telephone numbers, by its ISO 3166-1 alpha-2 code in upper case. */
export function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

/** Whether numbers of this country can be searched by area code. */
export function hasAreaCodes(countryCode: string): boolean {
  return AREA_CODE_COUNTRIES.includes(countryCode);
}
