import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

export interface FormattedNumber {
  /** As people of its country write it, `(415) 555-0101`. */
  national: string;
  /** ISO 3166-1 alpha-2; null where the number does not say. */
  country: CountryCode | null;
  type: 'local' | 'toll-free';
}

/** Area codes of the North American plan whose calls cost the caller nothing. */
const NANP_TOLL_FREE = /^\+1(800|822|833|844|855|866|877|88[0-9])/;
/** Elsewhere most numbers that cost the caller nothing begin with 800 or 80x. */
const TOLL_FREE = /^(800|808|900800|0800)/;

const known = new Map<string, FormattedNumber>();

/** The same number again costs nothing: tables ask for thousands. */
export function formatPhone(e164: string): FormattedNumber {
  const before = known.get(e164);
  if (before) return before;
  const parsed = parsePhoneNumberFromString(e164);
  const isTollFree =
    NANP_TOLL_FREE.test(e164) || (!e164.startsWith('+1') && TOLL_FREE.test(parsed?.nationalNumber ?? ''));
  const formatted: FormattedNumber = {
    national: parsed?.formatNational() ?? e164,
    country: parsed?.country ?? (e164.startsWith('+1') ? 'US' : null),
    type: isTollFree ? 'toll-free' : 'local',
  };
  known.set(e164, formatted);
  return formatted;
}
