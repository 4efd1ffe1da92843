import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { CampaignFields } from './campaign-fields.tsx';
import { fieldsOf, NEW_CAMPAIGN } from './draft.ts';
import { noteCampaign } from './queries.ts';

export function CreateCampaign({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(NEW_CAMPAIGN);
  const create = useMutation({
    mutationFn: () => workspace.client.campaigns.create({ ...fieldsOf(draft), name: draft.name }),
    onSuccess: async ({ campaign }) => {
      void noteCampaign(workspace, campaign);
      toast(t('made', { name: campaign.name }));
      await navigate({ to: '/campaigns/$id', params: { id: campaign.id } });
    },
  });
  return (
    <FormDialog
      title={t('create')}
      description={t('createLead')}
      action={t('createAction')}
      busy={create.isPending}
      onSubmit={() => {
        if (!create.isPending) create.mutate();
      }}
      onClose={onClose}
    >
      <CampaignFields
        draft={draft}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        error={create.error}
        autoFocus
      />
      <Problem error={create.error} />
    </FormDialog>
  );
}
