import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import icon from '../../icon.svg';
import { ConnectionBanner } from '../../layout/connection-banner.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice, Page } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { onSubmit } from '../auth/door-page.tsx';
import { Attention } from './attention.tsx';
import { Comparison } from './comparison.tsx';
import {
  type AskAsOperator,
  askWith,
  OPERATOR_KEY,
  OperatorContext,
  WrongToken,
} from './operator-client.tsx';
import { OperatorTeams } from './teams.tsx';

/** For the people who run the service. The token is kept in this component, and nowhere else. */
export function OperatorPage() {
  const { t } = useTranslation('operator');
  const queryClient = useQueryClient();
  const [ask, setAsk] = useState<AskAsOperator | null>(null);
  const leave = () => {
    setAsk(null);
    queryClient.removeQueries({ queryKey: [OPERATOR_KEY] });
  };
  const enter = useMutation({
    mutationFn: async (token: string) => {
      const asked = askWith(token, leave);
      await asked((operator) => operator.listTeams({ limit: 1 }).page());
      setAsk(() => asked);
    },
    // The token does not stay among what was asked.
    gcTime: 0,
  });
  return (
    <div className="min-h-dvh">
      <ConnectionBanner />
      <header className="flex items-center gap-3 border-b border-line bg-surface px-4 py-2.5 sm:px-8">
        <img src={icon} alt="" className="size-8" />
        <p className="min-w-0 flex-1 truncate font-semibold">
          <span className="max-sm:sr-only">{t('title')}</span>
        </p>
        {ask && (
          <Button onClick={leave} className="whitespace-nowrap max-sm:px-2">
            {t('leave')}
          </Button>
        )}
        <LinkButton look="quiet" to="/" className="whitespace-nowrap max-sm:px-2">
          {t('back')}
        </LinkButton>
      </header>
      <main id="content" tabIndex={-1} className="outline-none">
        {ask ? (
          <OperatorContext value={ask}>
            <Views />
          </OperatorContext>
        ) : (
          <TokenForm
            busy={enter.isPending}
            error={enter.error}
            onToken={(token) =>
              enter.mutate(token, { onSettled: (_answer, error) => error === null && enter.reset() })
            }
          />
        )}
      </main>
    </div>
  );
}

interface TokenFormProps {
  busy: boolean;
  error: Error | null;
  onToken: (token: string) => void;
}

function TokenForm({ busy, error, onToken }: TokenFormProps) {
  const { t } = useTranslation('operator');
  // What cannot be a token is refused before it is sent.
  const isWrong = error instanceof WrongToken || error instanceof TypeError;
  return (
    <div className="mx-auto max-w-xl">
      <Page title={t('tokenTitle')} lead={t('tokenLead')}>
        <form className="space-y-4" onSubmit={onSubmit(({ token = '' }) => onToken(token.trim()))}>
          <Field label={t('token')}>
            <Input type="password" name="token" required autoComplete="off" autoFocus />
          </Field>
          {isWrong ? (
            <div role="alert">
              <Notice tone="danger">{t('wrongToken')}</Notice>
            </div>
          ) : (
            <Problem error={error} />
          )}
          <Button type="submit" look="primary" busy={busy}>
            {t('enter')}
          </Button>
        </form>
      </Page>
    </div>
  );
}

const TAB =
  'min-h-10 shrink-0 focus-visible:-outline-offset-2 border-b-2 border-transparent px-1 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink';

function Views() {
  const { t } = useTranslation('operator');
  const views: [string, string, ReactNode][] = [
    ['attention', t('attention.tab'), <Attention key="attention" />],
    ['teams', t('teams.tab'), <OperatorTeams key="teams" />],
    ['compare', t('compare.tab'), <Comparison key="compare" />],
  ];
  return (
    <Page title={t('title')}>
      <Tabs.Root defaultValue="attention">
        <Tabs.List aria-label={t('title')} className="mb-6 flex gap-6 overflow-x-auto border-b border-line">
          {views.map(([value, name]) => (
            <Tabs.Trigger key={value} value={value} className={TAB}>
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {views.map(([value, , view]) => (
          <Tabs.Content key={value} value={value}>
            {view}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Page>
  );
}
