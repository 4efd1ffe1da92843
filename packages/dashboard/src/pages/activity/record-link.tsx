import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { TextLink } from '../../ui/button.tsx';

/** Where the record of an id is shown, by the beginning of the id. */
const PAGES: Record<string, (id: string) => string> = {
  pn: (id) => `/numbers/${id}`,
  asst: (id) => `/assistants/${id}`,
  camp: (id) => `/campaigns/${id}`,
  whe: (id) => `/webhooks/${id}`,
  key: () => '/api-keys',
  usr: () => '/team',
  inv: () => '/team',
  team: () => '/team',
};

/** A link to a record; its id where nothing else is known of it, plain where it has no page. */
export function RecordLink({ id, name }: { id: string; name?: string | undefined }) {
  const page = PAGES[id.slice(0, id.indexOf('_'))]?.(id);
  const text = name ?? id;
  if (page === undefined) return <span className="wrap-anywhere">{text}</span>;
  return (
    <TextLink to={page as '/'} className="wrap-anywhere">
      {text}
    </TextLink>
  );
}

const PHONE = /^\+\d{5,15}$/;
const ID = /^[a-z]{2,6}_[0-9a-z]{26}$/;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Whatever an event says of a field, as people read it. */
export function FieldValue({ value }: { value: unknown }) {
  const { t, i18n } = useTranslation('activity');
  const formatPhone = usePhones();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className="text-muted">{t('nothing')}</span>;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') return value.toLocaleString(i18n.language);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  if (typeof value !== 'string')
    return <code className="text-xs wrap-anywhere">{JSON.stringify(value)}</code>;
  if (TIME.test(value))
    return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(value),
    );
  if (ID.test(value)) return <RecordLink id={value} />;
  return PHONE.test(value) ? formatPhone(value).national : value;
}
