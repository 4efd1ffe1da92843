import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage, LANGUAGE_NAMES } from '../../i18n/i18n.ts';
import type { Language } from '../../i18n/texts.ts';
import icon from '../../icon.svg';
import { ConnectionBanner } from '../../layout/connection-banner.tsx';

/** The layout of the pages for who is not in yet. */
export function Door() {
  const { t } = useTranslation(['auth', 'common']);
  return (
    <div className="flex min-h-dvh flex-col">
      <ConnectionBanner />
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 py-10">
        <div className="mb-8 flex items-center gap-3">
          <img src={icon} alt="" className="size-11" />
          <div>
            <p className="text-lg font-semibold">{t('common:product')}</p>
            <p className="text-sm text-muted">{t('tagline')}</p>
          </div>
        </div>
        <div className="rounded-box border border-line bg-surface p-6 sm:p-8">
          <Outlet />
        </div>
        <div className="mt-6 flex justify-center gap-4 text-sm">
          {Object.entries(LANGUAGE_NAMES).map(([language, name]) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={currentLanguage() === language}
              onClick={() => void chooseLanguage(language as Language)}
              className="rounded-md px-2 py-1 text-muted hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {name}
            </button>
          ))}
        </div>
      </main>
    </div>
  );
}
