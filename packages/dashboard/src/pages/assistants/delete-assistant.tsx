import { type Assistant, AssistantInUseError } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ShortList } from '../../ui/short-list.tsx';
import { toast } from '../../ui/toast.tsx';
import { AssistantProblem } from './assistant-problem.tsx';
import { assistantQuery, refreshAssistants } from './queries.ts';

interface DeleteAssistantProps {
  assistant: Assistant;
  onClose: () => void;
}

/** What hangs on an assistant in this mode, as the refusal to delete it says. */
interface Uses {
  phone_numbers?: { id: string; phone_number: string }[];
  campaigns?: { id: string; name: string }[];
}

/** Deletes what nothing uses; else it says what hangs on it, and asks once more. */
export function DeleteAssistant({ assistant, onClose }: DeleteAssistantProps) {
  const { t } = useTranslation('assistants');
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [uses, setUses] = useState<Uses | null>(null);
  const remove = useMutation({
    mutationFn: (force: boolean) => workspace.client.assistants.delete(assistant.id, { force }),
    onSuccess: async () => {
      toast(t('deleted', { name: assistant.name }));
      await navigate({ to: '/assistants' });
      queryClient.removeQueries({ queryKey: assistantQuery(workspace, assistant.id).queryKey });
      await refreshAssistants(workspace);
    },
    onError: (error) => {
      if (error instanceof AssistantInUseError) setUses(error.body);
    },
  });
  const error = remove.error instanceof AssistantInUseError ? null : remove.error;
  if (uses === null) {
    return (
      <Confirm
        open
        onClose={onClose}
        title={t('deleteTitle', { name: assistant.name })}
        action={t('delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate(false)}
      >
        <p className="text-sm">{t('deleteLead')}</p>
        <AssistantProblem error={error} />
      </Confirm>
    );
  }
  return (
    <Confirm
      // Another dialog: whoever presses Enter twice has not confirmed this one.
      key="in use"
      open
      onClose={onClose}
      title={t('inUseTitle', { name: assistant.name })}
      action={t('forceAction')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(true)}
    >
      <UseList uses={uses} />
      <AssistantProblem error={error} />
    </Confirm>
  );
}

function UseList({ uses: { phone_numbers = [], campaigns = [] } }: { uses: Uses }) {
  const { t } = useTranslation(['assistants', 'common']);
  const { mode } = useWorkspace();
  const formatPhone = usePhones();
  return (
    <div role="alert" className="space-y-3 text-sm">
      {phone_numbers.length > 0 && (
        <div>
          <p className="font-medium">{t('inUseNumbers', { count: phone_numbers.length })}</p>
          <ShortList
            items={phone_numbers.map(({ id, phone_number }) => ({
              id,
              text: formatPhone(phone_number).national,
            }))}
          />
        </div>
      )}
      {campaigns.length > 0 && (
        <div>
          <p className="font-medium">{t('inUseCampaigns', { count: campaigns.length })}</p>
          <ShortList items={campaigns.map(({ id, name }) => ({ id, text: name }))} />
        </div>
      )}
      {/* Of the other mode, the server counts and does not list. */}
      <p>{mode === 'live' ? t('inUseInTest') : t('inUseInLive')}</p>
    </div>
  );
}
