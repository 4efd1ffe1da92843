import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { ConnectionBanner } from './connection-banner.tsx';

/** In the place of a page that could not be shown. */
export function AppProblem({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <ConnectionBanner />
      <h1 className="mb-4 text-2xl font-semibold">{t('problem.title')}</h1>
      <Problem error={error as Error} onRetry={retry} />
    </main>
  );
}

export function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <main className="mx-auto max-w-xl px-4 py-16 text-center">
      <h1 className="mb-4 text-2xl font-semibold">{t('problem.notFound')}</h1>
      <LinkButton to="/">{t('problem.toStart')}</LinkButton>
    </main>
  );
}
