import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The form that nearly all calls come in; it needs no reading. */
const NANP_E164 = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

/** Where nobody names a country, as on a telephone. */
const HOME = 'US';

/**
 * Reads a number in any of the ways in which voice runtimes write whom somebody called: E.164, national (of the
 * North American Numbering Plan), with 00 or 011 before it, with or without punctuation, as a `tel:` or `sip:`
 * address, and with its plus as %2B or lost on the way through a query.
 * @returns E.164, or null where it is no number
 */
export function parseDialledNumber(text: string): string | null {
  if (NANP_E164.test(text)) return text;
  const readings = readingsOf(userPart(text)).map((reading) =>
    parsePhoneNumberFromString(reading, { defaultCountry: HOME, extract: false }),
  );
  // Numbering plans change more often than this is updated: what has the right length will do.
  const number =
    readings.find((reading) => reading?.isValid()) ?? readings.find((reading) => reading?.isPossible());
  return number?.number ?? null;
}

/** The number in `sip:+14155550101@host;user=phone`, `tel:+1-415-555-0101;ext=5`, or by itself. */
function userPart(text: string): string {
  return text
    .replace(/^\s*(?:sips?|tel):/i, '')
    .replace(/[@;?].*$/s, '')
    .replace(/%2B/gi, '+')
    .trimEnd();
}

/** What the digits can mean, the likeliest first. */
function readingsOf(number: string): string[] {
  const digits = number.trimStart();
  if (digits.startsWith('+')) return [digits];
  if (digits.startsWith('00')) return [`+${digits.slice(2)}`];
  // In a query a plus becomes a space.
  return digits === number ? [digits, `+${digits}`] : [`+${digits}`, digits];
}
