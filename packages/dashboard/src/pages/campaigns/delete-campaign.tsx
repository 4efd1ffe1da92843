import type { Campaign } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { toast } from '../../ui/toast.tsx';
import { campaignQuery, campaignsQuery } from './queries.ts';

export function DeleteCampaign({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => workspace.client.campaigns.delete(campaign.id),
    onSuccess: async () => {
      toast(t('deleted', { name: campaign.name }));
      await navigate({ to: '/campaigns' });
      queryClient.removeQueries({ queryKey: campaignQuery(workspace, campaign.id).queryKey });
      await queryClient.invalidateQueries(campaignsQuery(workspace));
    },
  });
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('deleteTitle', { name: campaign.name })}
      action={t('delete')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      <p className="text-sm">{t('deleteLead')}</p>
    </Confirm>
  );
}
