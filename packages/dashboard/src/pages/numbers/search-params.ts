import { STATUSES, type Status } from './status-names.ts';

export const SORTS = [
  'phone_number',
  'label',
  'type',
  'status',
  'assistant_name',
  'monthly_price',
  'created_by_name',
  'created_at',
] as const;
export type SortColumn = (typeof SORTS)[number];

export const NUMBER_TYPES = ['local', 'toll-free'] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

/** What of the table of numbers stands in the address. */
export interface NumbersSearch {
  search?: string;
  status?: Status;
  type?: NumberType;
  /** An assistant's id, or `none`. */
  assistant?: string;
  /** A column, with `-` in front the other way round. */
  sort?: SortColumn | `-${SortColumn}`;
}

export function readNumbersSearch(search: Record<string, unknown>): NumbersSearch {
  const sort = SORTS.find((each) => each === search.sort || `-${each}` === search.sort);
  return {
    ...text('search', search.search),
    ...oneOf('status', STATUSES, search.status),
    ...oneOf('type', NUMBER_TYPES, search.type),
    ...text('assistant', search.assistant),
    ...(sort && { sort: search.sort === sort ? sort : (`-${sort}` as const) }),
  };
}

/** What of the search for numbers on offer stands in the address. */
export interface BuySearch {
  country?: string;
  type?: NumberType;
  areaCode?: string;
  contains?: string;
}

export function readBuySearch(search: Record<string, unknown>): BuySearch {
  const country = typeof search.country === 'string' && /^[A-Z]{2}$/.test(search.country);
  return {
    ...(country && { country: search.country as string }),
    ...oneOf('type', NUMBER_TYPES, search.type),
    ...text('areaCode', search.areaCode),
    ...text('contains', search.contains),
  };
}

function text<Name extends string>(name: Name, value: unknown): { [Each in Name]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [Each in Name]: string }) : {};
}

function oneOf<Name extends string, Value extends string>(
  name: Name,
  values: readonly Value[],
  given: unknown,
): { [Each in Name]?: Value } {
  const found = values.find((each) => each === given);
  return found === undefined ? {} : ({ [name]: found } as { [Each in Name]: Value });
}
