import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { queryClient } from '../../api/query-client.ts';
import { problemAt } from '../../i18n/problems.ts';
import icon from '../../icon.svg';
import { AccountChoices } from '../../layout/account-choices.tsx';
import { ConnectionBanner } from '../../layout/connection-banner.tsx';
import { keep } from '../../session/kept.ts';
import { sessionQuery } from '../../session/session.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { onSubmit } from '../auth/door-page.tsx';

/** The first team of somebody, or another one. */
export function WelcomePage() {
  const { t } = useTranslation(['welcome', 'common']);
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const create = useMutation({
    mutationFn: (name: string) => api.teams.create({ name }),
    onSuccess: async ({ team }) => {
      keep('team', team.id);
      await queryClient.invalidateQueries(sessionQuery);
      toast(t('made', { team: team.name }));
      await navigate({ to: '/' });
    },
  });
  useEffect(() => {
    document.title = `${t('title')} · ${t('common:product')}`;
  }, [t]);
  const isFirst = session?.teams.length === 0;
  return (
    <div className="flex min-h-dvh flex-col">
      <ConnectionBanner />
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center px-4 py-10">
        <img src={icon} alt="" className="mb-6 size-11" />
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 mb-6 text-muted">{isFirst ? t('first') : t('another')}</p>
        <form className="space-y-4" onSubmit={onSubmit(({ name = '' }) => create.mutate(name))}>
          <Field label={t('name')} hint={t('nameHint')} error={problemAt(create.error, 'name')}>
            <Input name="name" required maxLength={100} autoComplete="organization" autoFocus />
          </Field>
          <Problem error={create.error} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" busy={create.isPending}>
              {t('action')}
            </Button>
            {!isFirst && <LinkButton to="/">{t('common:cancel')}</LinkButton>}
          </div>
        </form>
        {session && (
          <div className="mt-10">
            <Menu
              trigger={
                <Button look="quiet" className="text-muted">
                  {t('signedInAs', { email: session.user.email })}
                </Button>
              }
            >
              <AccountChoices />
            </Menu>
          </div>
        )}
      </main>
    </div>
  );
}
