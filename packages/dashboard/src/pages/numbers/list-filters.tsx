import type { PhoneNumber } from '@talkturo/client';
import { Search } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/form.tsx';
import { NUMBER_TYPES, type NumbersSearch, type NumberType } from './search-params.ts';
import { STATUSES, type Status } from './status-names.ts';

interface ListFiltersProps {
  wish: NumbersSearch;
  onChange: (wish: NumbersSearch) => void;
  /** All that the team has. */
  numbers: readonly PhoneNumber[];
  /** How many of them are shown. */
  shown: number;
  isComplete: boolean;
}

export function ListFilters({ wish, onChange, numbers, shown, isComplete }: ListFiltersProps) {
  const { t } = useTranslation(['numbers', 'common']);
  const assistants = useMemo(() => {
    const names = numbers.flatMap(({ assistant_id, assistant_name }) =>
      assistant_id === null ? [] : [[assistant_id, assistant_name ?? assistant_id] as const],
    );
    return [...new Map(names)].sort(([, one], [, other]) => one.localeCompare(other));
  }, [numbers]);
  const isNarrowed = Object.entries(wish).some(([name, value]) => name !== 'sort' && value !== undefined);
  const set = <Name extends keyof NumbersSearch>(name: Name, value: string) => {
    const { [name]: _, ...rest } = wish;
    onChange(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <search className="mb-4 block">
      <div className="grid grid-cols-3 gap-3 lg:grid-cols-[1fr_10rem_9rem_12rem]">
        <Field label={t('filters.search')} className="col-span-3 lg:col-span-1">
          <Input
            type="search"
            value={wish.search ?? ''}
            placeholder={t('filters.searchHint')}
            onChange={(event) => set('search', event.target.value)}
          />
        </Field>
        <Field label={t('columns.status')}>
          <Select value={wish.status ?? ''} onChange={(event) => set('status', event.target.value as Status)}>
            <option value="">{t('filters.all')}</option>
            {STATUSES.filter((status) => status !== 'released').map((status) => (
              <option key={status} value={status}>
                {t(`status.${status}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('columns.type')}>
          <Select value={wish.type ?? ''} onChange={(event) => set('type', event.target.value as NumberType)}>
            <option value="">{t('filters.all')}</option>
            {NUMBER_TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`type.${type}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('columns.assistant')}>
          <Select value={wish.assistant ?? ''} onChange={(event) => set('assistant', event.target.value)}>
            <option value="">{t('filters.all')}</option>
            <option value="none">{t('filters.noAssistant')}</option>
            {assistants.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p role="status" className="mt-2 flex min-h-10 flex-wrap items-center gap-x-3 text-sm text-muted">
        <Search aria-hidden className="size-4" />
        {t('filters.shown', { count: shown, total: numbers.length })}
        {!isComplete && <span>{t('filters.more')}</span>}
        {isNarrowed && (
          <Button look="quiet" onClick={() => onChange(wish.sort ? { sort: wish.sort } : {})}>
            {t('filters.clear')}
          </Button>
        )}
      </p>
    </search>
  );
}
