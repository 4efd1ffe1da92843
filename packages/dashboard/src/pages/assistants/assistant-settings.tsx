import type { Assistant } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { useSavedForm } from '../../ui/saved-form.ts';
import { toast } from '../../ui/toast.tsx';
import { AssistantFields } from './assistant-fields.tsx';
import { AssistantProblem } from './assistant-problem.tsx';
import { type DraftMistake, draftOf, fieldsOf, mistakesIn } from './draft.ts';
import { assistantQuery, refreshAssistants } from './queries.ts';

export function AssistantSettings({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation(['assistants', 'common']);
  const workspace = useWorkspace();
  const { draft, set, changes, isChanged, settle } = useSavedForm(draftOf(assistant));
  const [mistakes, setMistakes] = useState<DraftMistake[]>([]);
  const save = useMutation({
    mutationFn: () => workspace.client.assistants.update(assistant.id, fieldsOf(changes)),
    onSuccess: ({ assistant: saved }) => {
      settle(draftOf(saved));
      queryClient.setQueryData(assistantQuery(workspace, saved.id).queryKey, saved);
      toast(t('saved', { name: saved.name }));
      return refreshAssistants(workspace);
    },
  });
  return (
    <Card title={t('settings')}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          const found = mistakesIn(draft);
          setMistakes(found);
          if (found.length > 0 || save.isPending) return;
          if (isChanged) save.mutate();
          else toast(t('common:nothingChanged'));
        }}
      >
        <AssistantFields draft={draft} onChange={set} mistakes={mistakes} error={save.error} />
        <AssistantProblem error={save.error} />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" busy={save.isPending}>
            {t('common:save')}
          </Button>
          {isChanged && !save.isPending && (
            <span className="text-sm text-muted">{t('common:notSavedYet')}</span>
          )}
        </div>
      </form>
    </Card>
  );
}
