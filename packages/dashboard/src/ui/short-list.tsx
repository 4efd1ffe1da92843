import { useTranslation } from 'react-i18next';

/** More than these nobody reads in a dialog. */
const MOST_SHOWN = 10;

/** The first of what something is about, and how many more there are. */
export function ShortList({ items }: { items: readonly { id: string; text: string }[] }) {
  const { t } = useTranslation();
  return (
    <ul className="mt-1 list-disc pl-5">
      {items.slice(0, MOST_SHOWN).map(({ id, text }) => (
        <li key={id} className="tabular wrap-anywhere">
          {text}
        </li>
      ))}
      {items.length > MOST_SHOWN && <li>{t('andMore', { count: items.length - MOST_SHOWN })}</li>}
    </ul>
  );
}
