import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { TextLink } from '../../ui/button.tsx';
import { assistantChoicesQuery } from '../numbers/queries.ts';

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
  const assistants = useQuery({ ...assistantChoicesQuery(useWorkspace()), enabled: id.startsWith('asst_') });
  const text = name ?? assistants.data?.find((each) => each.id === id)?.name ?? id;
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

/** Their values are words of ours. */
const NAMED_FIELDS = ['status', 'role', 'mode', 'disabled_reason', 'plan'];

/** Whatever an event says of a field, as people read it. */
export function FieldValue({ field, value }: { field: string; value: unknown }) {
  const { t, i18n } = useTranslation('activity');
  const formatPhone = usePhones();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className="text-muted">{t('nothing')}</span>;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'number') return value.toLocaleString(i18n.language);
  if (Array.isArray(value)) return <Values field={field} values={value} />;
  if (typeof value !== 'string')
    return <code className="text-xs wrap-anywhere">{JSON.stringify(value)}</code>;
  if (TIME.test(value))
    return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(value),
    );
  if (ID.test(value)) return <RecordLink id={value} />;
  if (PHONE.test(value)) return formatPhone(value).national;
  const key = `values.${value}` as 'values.active';
  return NAMED_FIELDS.includes(field) && i18n.exists(`activity:${key}`) ? t(key) : value;
}

function Values({ field, values }: { field: string; values: readonly unknown[] }) {
  return (
    <ul className="space-y-0.5">
      {values.map((each) => {
        // The numbers of a campaign come with their weights.
        const { phone_number_id: id } = (each ?? {}) as { phone_number_id?: unknown };
        const value = typeof id === 'string' ? id : each;
        return (
          <li key={JSON.stringify(value)}>
            <FieldValue field={field} value={value} />
          </li>
        );
      })}
    </ul>
  );
}
