import type { Campaign } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { campaignQuery, campaignsQuery, type ListedCampaign, noteCampaign } from './queries.ts';
import type { CampaignStatus } from './status.tsx';

/** Starts, pauses or completes a campaign: it shows at once, and is taken back where the server says no. */
export function useChangeStatus({ id, name }: Pick<ListedCampaign, 'id' | 'name'>) {
  const { t } = useTranslation(['campaigns', 'common']);
  const workspace = useWorkspace();
  const one = campaignQuery(workspace, id).queryKey;
  const all = campaignsQuery(workspace).queryKey;
  return useMutation({
    mutationFn: (status: Exclude<CampaignStatus, 'draft'>) =>
      workspace.client.campaigns.update(id, { status }),
    onMutate: async (status) => {
      await queryClient.cancelQueries({ queryKey: all });
      const before = { one: queryClient.getQueryData(one), all: queryClient.getQueryData(all) };
      queryClient.setQueryData(one, (known: Campaign | undefined) => known && { ...known, status });
      queryClient.setQueryData(all, (known: ListedCampaign[] | undefined) =>
        known?.map((each) => (each.id === id ? { ...each, status } : each)),
      );
      return before;
    },
    onSuccess: ({ campaign }, status) => {
      toast(t(`done.${status}`, { name }));
      return noteCampaign(workspace, campaign);
    },
    onError: (error, _, before) => {
      queryClient.setQueryData(one, before?.one);
      queryClient.setQueryData(all, before?.all);
      toastProblem(error);
      return queryClient.invalidateQueries({ queryKey: all });
    },
  });
}
