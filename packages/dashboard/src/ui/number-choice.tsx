import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '../format/phone.ts';
import { Field, Input } from './form.tsx';
import { Phone } from './phone.tsx';

export interface NumberOption {
  id: string;
  phone_number: string;
  label?: string | null;
  /** Said beside it, such as who has it now. */
  note?: string | undefined;
}

/** More than these are for searching, not for reading. */
const MOST_SHOWN = 100;

interface NumberChoiceProps {
  label: string;
  options: readonly NumberOption[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** Any of a team's numbers, with a search by digits, names and notes. */
export function NumberChoice({ label, options, chosen, onChange }: NumberChoiceProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const found = options.filter((option) => fits(option, wanted));
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <div className="space-y-3">
      <Field label={t('numberChoice.search')}>
        <Input
          type="search"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          autoComplete="off"
          autoFocus
        />
      </Field>
      <fieldset className="min-w-0">
        <legend className="sr-only">{label}</legend>
        <div className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line">
          {found.slice(0, MOST_SHOWN).map((option) => (
            <label
              key={option.id}
              className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-2 text-sm hover:bg-sunken has-checked:bg-accent-soft"
            >
              <input
                type="checkbox"
                checked={chosen.has(option.id)}
                onChange={({ target }) => toggle(option.id, target.checked)}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-3">
                <Phone number={option.phone_number} label={option.label} />
                {option.note && <span className="text-xs text-muted">{option.note}</span>}
              </span>
            </label>
          ))}
          {found.length === 0 && <p className="px-3 py-4 text-sm text-muted">{t('numberChoice.none')}</p>}
        </div>
      </fieldset>
      <p role="status" className="text-sm text-muted">
        {t('numberChoice.chosen', { count: chosen.size })}
        {found.length > MOST_SHOWN && ` ${t('numberChoice.more', { count: found.length - MOST_SHOWN })}`}
      </p>
    </div>
  );
}

function fits({ phone_number, label, note }: NumberOption, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const digits = wanted.replace(/\D/g, '');
  if (digits !== '' && /^[\d\s()+.-]+$/.test(wanted)) return phone_number.includes(digits);
  const { national } = formatPhone(phone_number);
  return [national, label, note].some((text) => text?.toLocaleLowerCase().includes(wanted));
}
