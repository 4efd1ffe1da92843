import { useTranslation } from 'react-i18next';
import { requestIdOf, sayProblem } from '../i18n/problems.ts';
import { Button } from './button.tsx';
import { Notice } from './page.tsx';

interface ProblemProps {
  error: Error | null | undefined;
  /** Offers to try again. */
  onRetry?: () => void;
}

/** What went wrong, in the person's language where we know the code, else in the server's words. */
export function Problem({ error, onRetry }: ProblemProps) {
  const { t } = useTranslation();
  if (!error) return null;
  const requestId = requestIdOf(error);
  return (
    <div role="alert">
      <Notice tone="danger" {...(onRetry && { action: <Button onClick={onRetry}>{t('retry')}</Button> })}>
        <p>{sayProblem(error)}</p>
        {requestId !== null && <p className="mt-1 text-xs">{t('problem.requestId', { id: requestId })}</p>}
      </Notice>
    </div>
  );
}
