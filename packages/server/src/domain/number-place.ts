import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { placesOf } from './area-code-places.ts';

/** Where a number is at home, as far as its digits tell. */
export interface NumberPlace {
  /** Three digits; null outside the North American Numbering Plan. */
  areaCode: string | null;
  /** The state or province, for numbers of the United States and Canada. */
  region: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
}

/** @param phoneNumber E.164 */
export function placeOf(phoneNumber: string): NumberPlace {
  const areaCode = /^\+1(\d{3})\d{7}$/.exec(phoneNumber)?.[1] ?? null;
  const place = areaCode === null ? undefined : placesOf(areaCode)[0];
  if (place) return { areaCode, region: place.state, country: place.country };
  return { areaCode, region: null, country: parsePhoneNumberFromString(phoneNumber)?.country ?? null };
}
