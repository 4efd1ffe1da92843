import { useTranslation } from 'react-i18next';

/** USD as it comes from the server, decimal text, in the manner of a language. It never becomes a float. */
export function formatPrice(price: string, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(price as Intl.StringNumericLiteral);
}

/** Prices in the language of the page; one that is not known says so. */
export function useMoney() {
  const { t, i18n } = useTranslation();
  const money = (price: string | null) =>
    price === null ? t('unknownPrice') : formatPrice(price, i18n.language);
  const monthly = (price: string | null) =>
    price === null ? t('unknownPrice') : t('perMonth', { price: money(price) });
  return { money, monthly };
}

/** Adds prices exactly, in ten-thousandths. */
export function sumOf(prices: readonly string[]): string {
  const total = prices.reduce((sum, price) => sum + tenThousandths(price), 0n);
  const [whole, part] = [total / 10_000n, total % 10_000n];
  return `${whole}.${String(part)
    .padStart(4, '0')
    .replace(/0{1,2}$/, '')}`;
}

/** Whether a price is above another, exactly. */
export function isAbove(price: string, other: string): boolean {
  return tenThousandths(price) > tenThousandths(other);
}

function tenThousandths(price: string): bigint {
  const [whole = '0', part = ''] = price.split('.');
  return BigInt(whole) * 10_000n + BigInt(part.slice(0, 4).padEnd(4, '0'));
}
