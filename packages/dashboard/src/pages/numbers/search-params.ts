/** What of the table of numbers stands in the address. */
export interface NumbersSearch {
  search?: string;
}

export function readNumbersSearch(search: Record<string, unknown>): NumbersSearch {
  return typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {};
}

/** What of the search for numbers on offer stands in the address. */
export interface BuySearch {
  country?: string;
}

export function readBuySearch(search: Record<string, unknown>): BuySearch {
  return typeof search.country === 'string' && /^[A-Z]{2}$/.test(search.country)
    ? { country: search.country }
    : {};
}
