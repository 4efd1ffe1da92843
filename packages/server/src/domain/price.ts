import Big from 'big.js';

/** Prices are USD as decimal strings; they are compared and added exactly and never become floats. */
export type Price = string;

/** A decimal with at most four places: the carrier quotes fractions of a cent. */
export const PRICE_PATTERN = '^[0-9]{1,6}(\\.[0-9]{1,4})?$';

/** Whether `price` is more than `limit`. */
export function exceeds(price: Price, limit: Price): boolean {
  return new Big(price).gt(new Big(limit));
}

/** What several come to, with at least two decimals. Unknown prices count for nothing. */
export function totalOf(items: readonly { price: Price | null; count: number }[]): Price {
  const total = items.reduce(
    (sum, { price, count }) => sum.plus(new Big(price ?? 0).times(count)),
    new Big(0),
  );
  return total.toFixed(Math.max(2, total.c.length - total.e - 1));
}
