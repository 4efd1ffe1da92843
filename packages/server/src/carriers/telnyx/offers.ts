import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type Telnyx from 'telnyx';
import type { NumberType, Offer, SearchFilters } from '../carrier.ts';
import { isRecord, type JsonRecord, recordsIn, textIn } from './json-fields.ts';

type Query = Telnyx.AvailablePhoneNumberListParams;
type QueryFilter = NonNullable<Query['filter']>;

const E164 = /^\+[1-9]\d{6,14}$/;

/** The toll-free codes of North America, 822 being reserved for the next. */
const NANP_TOLL_FREE = /^\+18(00|22|33|44|55|66|77|88)/;

/** The query of a search. Everything stands under `filter`: the carrier ignores what does not. */
export function searchQuery(filters: SearchFilters): Query {
  const pattern = {
    ...(filters.contains && { contains: filters.contains }),
    ...(filters.startsWith && { starts_with: filters.startsWith }),
    ...(filters.endsWith && { ends_with: filters.endsWith }),
  };
  return {
    filter: {
      ...exactMatchesIn(filters.countryCode),
      phone_number_type: filters.numberType === 'toll-free' ? 'toll_free' : 'local',
      limit: filters.limit,
      ...(filters.areaCode && { national_destination_code: filters.areaCode }),
      ...(filters.locality && { locality: filters.locality }),
      ...(filters.administrativeArea && { administrative_area: filters.administrativeArea }),
      ...(filters.features?.length && {
        features: [...filters.features] as NonNullable<QueryFilter['features']>,
      }),
      ...(Object.keys(pattern).length > 0 && { phone_number: pattern }),
    },
  };
}

/**
 * The query that finds one number, null for what is no number. The pattern never has the country's calling code,
 * nor the area code where that is a filter of its own: so Telnyx documents its patterns.
 */
export function offerQuery(phoneNumber: string): Query | null {
  const parsed = parsePhoneNumberFromString(phoneNumber);
  const country = parsed?.country ?? parsed?.getPossibleCountries()[0];
  if (!parsed || !country || parsed.number !== phoneNumber) return null;
  const national = parsed.nationalNumber;
  const tollFree = parsed.getType() === 'TOLL_FREE';
  const place =
    parsed.countryCallingCode === '1'
      ? { national_destination_code: national.slice(0, 3), phone_number: { starts_with: national.slice(3) } }
      : { phone_number: { starts_with: national } };
  return {
    filter: {
      ...exactMatchesIn(country),
      ...(tollFree && { phone_number_type: 'toll_free' }),
      ...place,
      limit: 10,
    },
  };
}

/** Only numbers that match, and that our account does not hold already. Near matches exist in these two countries. */
function exactMatchesIn(countryCode: string): QueryFilter {
  const nearMatches = countryCode === 'US' || countryCode === 'CA';
  return {
    country_code: countryCode,
    exclude_held_numbers: true,
    ...(nearMatches && { best_effort: false }),
  };
}

/** The answers that are what was asked for, at a price that we know. The carrier's filters are not taken on trust. */
export function offersFrom(records: JsonRecord[], filters: SearchFilters): Offer[] {
  const offers = new Map<string, Offer>();
  for (const record of records) {
    const offer = offerFrom(record);
    if (offer && matches(record, offer, filters)) offers.set(offer.phoneNumber, offer);
  }
  return [...offers.values()].slice(0, filters.limit);
}

/** One answer as an offer, null where it is a near match, no E.164 number, or has no price in US dollars. */
export function offerFrom(record: JsonRecord): Offer | null {
  const phoneNumber = textIn(record, 'phone_number');
  const cost = isRecord(record.cost_information) ? record.cost_information : {};
  const monthlyPrice = exactPrice(cost.monthly_cost);
  const setupPrice = exactPrice(cost.upfront_cost);
  if (record.best_effort === true || phoneNumber === null || !E164.test(phoneNumber)) return null;
  if (cost.currency !== 'USD' || monthlyPrice === null || setupPrice === null) return null;
  const features = recordsIn(record, 'features').flatMap((feature) => textIn(feature, 'name') ?? []);
  return { phoneNumber, monthlyPrice, setupPrice, features: [...new Set(features)] };
}

/** "1" → "1.00", "1.50000" → "1.50", "0.0525" as it is. By its digits: a float would change the price. */
export function exactPrice(cost: unknown): string | null {
  if (typeof cost !== 'string' && typeof cost !== 'number') return null;
  const [, whole, fraction = ''] = /^0*(\d+)(?:\.(\d+))?$/.exec(String(cost)) ?? [];
  if (whole === undefined) return null;
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

function matches(record: JsonRecord, offer: Offer, filters: SearchFilters): boolean {
  const digits = offer.phoneNumber.slice(1);
  const callingCode = callingCodeOf(filters.countryCode);
  const national = digits.slice(callingCode.length);
  const areaCode = filters.areaCode ?? '';
  return (
    digits.startsWith(callingCode) &&
    national.startsWith(areaCode) &&
    startsAsAsked(national, areaCode, filters.startsWith) &&
    digits.includes(filters.contains ?? '') &&
    digits.endsWith(filters.endsWith ?? '') &&
    (filters.features ?? []).every((feature) => offer.features.includes(feature)) &&
    isOfType(record, offer.phoneNumber, filters)
  );
}

/** With an area code, the carrier counts the beginning from behind it; a client may mean either. */
function startsAsAsked(national: string, areaCode: string, start = ''): boolean {
  return national.startsWith(start) || national.slice(areaCode.length).startsWith(start);
}

/** Where it can be told: toll-free codes in North America; the country that the carrier names (+1 has many). */
function isOfType(record: JsonRecord, phoneNumber: string, filters: SearchFilters): boolean {
  const wanted: NumberType = filters.numberType;
  if (phoneNumber.startsWith('+1') && NANP_TOLL_FREE.test(phoneNumber) !== (wanted === 'toll-free'))
    return false;
  const region = recordsIn(record, 'region_information').find((part) => part.region_type === 'country_code');
  const country = region === undefined ? null : textIn(region, 'region_name');
  const named = wanted === 'local' && country !== null && /^[A-Z]{2}$/.test(country);
  return !named || country === filters.countryCode;
}

function callingCodeOf(countryCode: string): string {
  return isSupportedCountry(countryCode) ? getCountryCallingCode(countryCode as CountryCode) : '';
}
