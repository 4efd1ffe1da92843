import { X } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Select } from '../../ui/form.tsx';
import { type EventFilter, useEventTypes } from './event-types.ts';
import type { ActivitySearch } from './search-params.ts';

interface ActivityFiltersProps {
  search: ActivitySearch;
  onChange: (search: ActivitySearch) => void;
}

export function ActivityFilters({ search, onChange }: ActivityFiltersProps) {
  const { t } = useTranslation('activity');
  const { areas } = useEventTypes();
  const [subject, setSubject] = useState(search.subject ?? '');
  // A link in the list has set it.
  useEffect(() => setSubject(search.subject ?? ''), [search.subject]);
  const choose = (type: string) =>
    onChange({ ...without('type'), ...(type && { type: type as EventFilter }) });
  const without = (name: keyof ActivitySearch) => {
    const { [name]: _, ...rest } = search;
    return rest;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = subject.trim();
    onChange({ ...without('subject'), ...(wanted && { subject: wanted }) });
  };
  return (
    <form onSubmit={submit} className="mb-6 flex flex-wrap items-end gap-3">
      <Field label={t('type')} className="w-full sm:w-72">
        <Select value={search.type ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('allTypes')}</option>
          {areas.map((area) => (
            <optgroup key={area.filter} label={area.name}>
              {area.types.length > 1 && (
                <option value={area.filter}>{t('allOf', { area: area.name })}</option>
              )}
              {area.types.map(({ filter, name }) => (
                <option key={filter} value={filter}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label={t('subject')} className="w-full sm:w-80">
        <Input
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
          placeholder={t('subjectHint')}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Button type="submit">{t('filter')}</Button>
      {Object.keys(search).length > 0 && (
        <Button look="quiet" onClick={() => onChange({})}>
          <X aria-hidden className="size-4" />
          {t('clear')}
        </Button>
      )}
    </form>
  );
}
