import { ForbiddenError } from '@talkturo/client';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';

/** In test mode, a change of an assistant that has live numbers is forbidden; the way out is the mode. */
export function AssistantProblem({ error }: { error: Error | null }) {
  const { t } = useTranslation('assistants');
  const { mode, chooseMode } = useWorkspace();
  if (!(error instanceof ForbiddenError && mode === 'test')) return <Problem error={error} />;
  return (
    <div role="alert">
      <Notice tone="warn" action={<Button onClick={() => chooseMode('live')}>{t('toLive')}</Button>}>
        {t('worksLive')}
      </Notice>
    </div>
  );
}
