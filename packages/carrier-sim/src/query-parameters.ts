import { CarrierError } from './errors.ts';

/** A parsed query string: flat keys such as `filter[country_code]`. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a parameter, the last one where it is repeated; undefined where it is absent or empty. */
export function textParameter(query: Query, name: string): string | undefined {
  const value = query[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === '' ? undefined : last;
}

/** All values of a parameter, comma-joined, repeated or written with `[]`. */
export function listParameter(query: Query, name: string): string[] {
  return [query[name], query[`${name}[]`]]
    .flat()
    .flatMap((value) => value?.split(',') ?? [])
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** @throws CarrierError 10015 where it is neither `true` nor `false`. */
export function booleanParameter(query: Query, name: string): boolean | undefined {
  const value = textParameter(query, name);
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new CarrierError('10015', { detail: `${name} must be true or false.`, parameter: name });
}

/** @throws CarrierError 10015 where it is no whole number from 1 to `max`. */
export function integerParameter(query: Query, name: string, max: number): number | undefined {
  const value = textParameter(query, name);
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value) && Number(value) >= 1 && Number(value) <= max) return Number(value);
  throw new CarrierError('10015', { detail: `${name} must be from 1 to ${max}.`, parameter: name });
}

export interface Page {
  number: number;
  size: number;
}

/** `page[number]` (from 1) and `page[size]` (20 by default, at most 250). */
export function pageParameters(query: Query): Page {
  return {
    number: integerParameter(query, 'page[number]', 1_000_000) ?? 1,
    size: integerParameter(query, 'page[size]', 250) ?? 20,
  };
}

/** The `meta` of a paged answer. */
export function pageMeta({ number, size }: Page, total: number) {
  return {
    page_number: number,
    page_size: size,
    total_pages: Math.max(1, Math.ceil(total / size)),
    total_results: total,
  };
}

/**
 * A date filter as it is compared with stored times.
 * @throws CarrierError 10015 where it is no date.
 */
export function timeParameter(query: Query, name: string): string | undefined {
  const value = textParameter(query, name);
  if (value === undefined) return undefined;
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) {
    throw new CarrierError('10015', { detail: `${name} must be an ISO 8601 date.`, parameter: name });
  }
  return time.toISOString();
}
