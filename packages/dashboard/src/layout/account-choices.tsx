import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/connection.ts';
import { chooseLanguage, currentLanguage, LANGUAGE_NAMES } from '../i18n/i18n.ts';
import { sayProblem } from '../i18n/problems.ts';
import type { Language } from '../i18n/texts.ts';
import { forgetSession } from '../session/session.ts';
import { MenuChoice, MenuItem, MenuLine } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { applyTheme, chosenTheme, THEMES, type Theme } from './theme.ts';

/** What the account's menu has: language, colours, signing out. */
export function AccountChoices() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [theme, setTheme] = useState(chosenTheme);
  const signOut = useMutation({
    mutationFn: () => api.auth.signOut(),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      forgetSession();
    },
    onError: (error) => toast(sayProblem(error), 'danger'),
  });
  const chooseTheme = (chosen: Theme) => {
    setTheme(chosen);
    applyTheme(chosen);
  };
  return (
    <>
      <MenuChoice
        label={t('account.language')}
        value={currentLanguage()}
        options={Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({
          value: value as Language,
          label,
        }))}
        onChange={(language) => void chooseLanguage(language)}
      />
      <MenuLine />
      <MenuChoice
        label={t('account.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`account.themes.${value}`) }))}
        onChange={chooseTheme}
      />
      <MenuLine />
      <MenuItem onSelect={() => signOut.mutate()}>{t('account.signOut')}</MenuItem>
    </>
  );
}
