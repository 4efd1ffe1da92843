import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { CampaignFields } from './campaign-fields.tsx';
import { fieldsOf, NEW_CAMPAIGN } from './draft.ts';
import { noteCampaign } from './queries.ts';

export function CreateCampaign({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const form = useId();
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
    <Dialog
      open
      onClose={onClose}
      title={t('create')}
      description={t('createLead')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={create.isPending}>
            {t('createAction')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!create.isPending) create.mutate();
        }}
      >
        <CampaignFields
          draft={draft}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
          error={create.error}
          autoFocus
        />
        <Problem error={create.error} />
      </form>
    </Dialog>
  );
}
