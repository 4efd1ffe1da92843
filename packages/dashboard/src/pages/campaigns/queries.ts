import type { Campaign } from '@talkturo/client';
import { queryOptions } from '@tanstack/react-query';
import { queryClient } from '../../api/query-client.ts';
import type { Workspace } from '../../session/workspace.tsx';

type Who = Pick<Workspace, 'client' | 'scope'>;

/** A campaign as it stands in the list, without its numbers. */
export type ListedCampaign = Omit<Campaign, 'from_numbers'>;

export function campaignsQuery({ client, scope }: Who) {
  return queryOptions({
    queryKey: [...scope, 'campaigns'],
    queryFn: ({ signal }): Promise<ListedCampaign[]> => client.campaigns.list({}, { signal }).all(),
  });
}

export function campaignQuery({ client, scope }: Who, id: string) {
  return queryOptions({
    queryKey: [...scope, 'campaigns', id],
    queryFn: async ({ signal }) => (await client.campaigns.get(id, { signal })).campaign,
  });
}

/** Numbers that a campaign can call from: those in service, and those that the plan has suspended. */
export function callableNumbersQuery({ client, scope }: Who) {
  return queryOptions({
    queryKey: [...scope, 'numbers', 'callable'],
    queryFn: async ({ signal }) => {
      const numbers = await client.phoneNumbers.list({}, { signal }).all();
      return numbers.filter(({ status }) => status === 'active' || status === 'suspended');
    },
  });
}

/** What the server has answered is known everywhere at once. */
export function noteCampaign(workspace: Who, campaign: Campaign): Promise<void> {
  queryClient.setQueryData(campaignQuery(workspace, campaign.id).queryKey, campaign);
  return queryClient.invalidateQueries({ queryKey: [...workspace.scope, 'campaigns'] });
}
