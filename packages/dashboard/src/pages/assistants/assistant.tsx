import { NotFoundError } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { AssistantSettings } from './assistant-settings.tsx';
import { DeleteAssistant } from './delete-assistant.tsx';
import { NumbersOfAssistant } from './numbers-of-assistant.tsx';
import { assistantQuery } from './queries.ts';

const route = getRouteApi('/signed-in/app/assistants/$id');

/** One assistant: what it is, and the numbers that it has. */
export function AssistantPage() {
  const { t } = useTranslation(['assistants', 'common']);
  const { id } = route.useParams();
  const found = useQuery(assistantQuery(useWorkspace(), id));
  const [deleting, setDeleting] = useState(false);
  const trail = <TextLink to="/assistants">{t('title')}</TextLink>;
  if (!found.data) {
    const isGone = found.error instanceof NotFoundError;
    return (
      <Page title={t('one')} trail={trail}>
        {found.isPending && <Waiting lines={6} />}
        <Problem error={found.error} {...(!isGone && { onRetry: () => void found.refetch() })} />
      </Page>
    );
  }
  const assistant = found.data;
  return (
    <Page
      title={assistant.name}
      trail={trail}
      actions={
        <Button onClick={() => setDeleting(true)}>
          <Trash2 aria-hidden className="size-4" />
          {t('delete')}
        </Button>
      }
    >
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <NumbersOfAssistant assistant={assistant} />
        <AssistantSettings key={assistant.id} assistant={assistant} />
      </div>
      {deleting && <DeleteAssistant assistant={assistant} onClose={() => setDeleting(false)} />}
    </Page>
  );
}
