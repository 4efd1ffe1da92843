import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type EventFilter, useEventTypes } from '../activity/event-types.ts';

const CHECK = 'size-4 shrink-0 accent-accent';

interface TypePickerProps {
  /** Empty: all. Null: some, and none of them chosen yet. */
  types: EventFilter[] | null;
  onChange: (types: EventFilter[] | null) => void;
  error?: string | undefined;
}

/** Which events: all, or areas and single types. */
export function TypePicker({ types, onChange, error }: TypePickerProps) {
  const { t } = useTranslation('webhooks');
  const name = useId();
  const isAll = types?.length === 0;
  const set = (next: EventFilter[]) => onChange(next.length === 0 ? null : next);
  return (
    <fieldset aria-describedby={`${name}-error`} className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{t('events')}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <label className="flex min-h-8 items-center gap-2">
          <input type="radio" name={name} checked={isAll} onChange={() => onChange([])} className={CHECK} />
          {t('allEvents')}
        </label>
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="radio"
            name={name}
            checked={!isAll}
            onChange={() => onChange(null)}
            className={CHECK}
          />
          {t('someEvents')}
        </label>
      </div>
      {!isAll && <Areas chosen={types ?? []} onChange={set} />}
      <p id={`${name}-error`} aria-live="polite" className="mt-1 text-sm text-danger empty:hidden">
        {error}
      </p>
    </fieldset>
  );
}

function Areas({ chosen, onChange }: { chosen: EventFilter[]; onChange: (types: EventFilter[]) => void }) {
  const { t } = useTranslation('webhooks');
  const { areas } = useEventTypes();
  const toggle = (filter: EventFilter, isOn: boolean, replaced: readonly EventFilter[] = []) => {
    const rest = chosen.filter((each) => each !== filter && !replaced.includes(each));
    onChange(isOn ? [...rest, filter] : rest);
  };
  return (
    <div className="mt-2 max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-edge">
      {areas.map((area) => {
        const single = area.types.map(({ filter }) => filter);
        const isWhole = chosen.includes(area.filter);
        const count = isWhole ? single.length : single.filter((each) => chosen.includes(each)).length;
        return (
          <details key={area.filter} className="group px-3">
            <summary className="flex min-h-10 list-none items-center gap-2 text-sm font-medium">
              <ChevronRight
                aria-hidden
                className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
              />
              <span className="flex-1">{area.name}</span>
              {count > 0 && (
                <span className="text-xs text-muted">{isWhole ? t('all') : `${count}/${single.length}`}</span>
              )}
            </summary>
            <div className="space-y-0.5 pb-3 pl-6 text-sm">
              <label className="flex min-h-7 items-center gap-2 font-medium">
                <input
                  type="checkbox"
                  checked={isWhole}
                  onChange={(event) => toggle(area.filter, event.target.checked, single)}
                  className={CHECK}
                />
                {t('allOfArea')}
              </label>
              {area.types.map(({ filter, name }) => (
                <label key={filter} className="flex min-h-7 items-center gap-2">
                  <input
                    type="checkbox"
                    checked={isWhole || chosen.includes(filter)}
                    disabled={isWhole}
                    onChange={(event) => toggle(filter, event.target.checked)}
                    className={CHECK}
                  />
                  {name}
                </label>
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
}
