import { useTranslation } from 'react-i18next';

const DAY_MS = 24 * 60 * 60_000;

/** Dates in the language of the page and the time zone of the browser. */
export function useTimes() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return {
    date: (iso: string) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(iso)),
    dateTime: (iso: string) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
  };
}

/** Days until then, a begun one as a whole one; 0 where it is over. */
export function daysUntil(iso: string, now = Date.now()): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / DAY_MS));
}
