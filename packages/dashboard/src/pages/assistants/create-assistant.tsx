import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { AssistantFields } from './assistant-fields.tsx';
import { type DraftMistake, fieldsOf, mistakesIn, NEW_ASSISTANT } from './draft.ts';
import { assistantQuery, refreshAssistants } from './queries.ts';

export function CreateAssistant({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['assistants', 'common']);
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(NEW_ASSISTANT);
  const [mistakes, setMistakes] = useState<DraftMistake[]>([]);
  const create = useMutation({
    mutationFn: () => workspace.client.assistants.create({ ...fieldsOf(draft), name: draft.name }),
    onSuccess: async ({ assistant }) => {
      queryClient.setQueryData(assistantQuery(workspace, assistant.id).queryKey, assistant);
      void refreshAssistants(workspace);
      toast(t('made', { name: assistant.name }));
      await navigate({ to: '/assistants/$id', params: { id: assistant.id } });
    },
  });
  return (
    <FormDialog
      title={t('create')}
      description={t('createLead')}
      action={t('createAction')}
      busy={create.isPending}
      onSubmit={() => {
        const found = mistakesIn(draft);
        setMistakes(found);
        if (found.length === 0 && !create.isPending) create.mutate();
      }}
      onClose={onClose}
    >
      <AssistantFields
        draft={draft}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        mistakes={mistakes}
        error={create.error}
        autoFocus
      />
      <Problem error={create.error} />
    </FormDialog>
  );
}
