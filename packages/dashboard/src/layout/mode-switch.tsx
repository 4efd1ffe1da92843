import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Mode, useWorkspace } from '../session/workspace.tsx';

const MODES: readonly Mode[] = ['test', 'live'];

const CHECKED: Record<Mode, string> = {
  test: 'has-checked:bg-test has-checked:text-on-test',
  live: 'has-checked:bg-accent has-checked:text-on-accent',
};

/** Test or live: whether what happens costs money. */
export function ModeSwitch() {
  const { t } = useTranslation();
  const { mode, chooseMode } = useWorkspace();
  const navigate = useNavigate();
  const name = useId();
  const choose = (chosen: Mode) => {
    chooseMode(chosen);
    void navigate({ to: '/' });
  };
  return (
    <fieldset className="px-1">
      <legend className="sr-only">{t('mode.label')}</legend>
      <div className="grid grid-cols-2 rounded-lg bg-sunken p-1">
        {MODES.map((each) => (
          <label
            key={each}
            className={`relative flex min-h-8 cursor-pointer items-center justify-center rounded-md text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${CHECKED[each]}`}
          >
            <input
              type="radio"
              name={name}
              checked={mode === each}
              onChange={() => choose(each)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {t(`mode.${each}`)}
          </label>
        ))}
      </div>
      {mode === 'live' && <p className="mt-1.5 px-1 text-xs text-muted">{t('mode.liveNote')}</p>}
    </fieldset>
  );
}
