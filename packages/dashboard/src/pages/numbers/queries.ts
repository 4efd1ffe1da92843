import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { queryClient } from '../../api/query-client.ts';
import type { Workspace } from '../../session/workspace.tsx';
import { assistantsQuery } from '../assistants/queries.ts';

/** As many as the server gives at once: ten thousand are ten requests. */
const PAGE_LIMIT = 1000;

type Who = Pick<Workspace, 'client' | 'scope'>;

/** All numbers of the team, page by page, and what they cost together. */
export function numbersQuery({ client, scope }: Who) {
  return infiniteQueryOptions({
    queryKey: [...scope, 'numbers'],
    queryFn: ({ pageParam, signal }) =>
      client.phoneNumbers
        .listDetails({ limit: PAGE_LIMIT, ...(pageParam !== null && { cursor: pageParam }) }, { signal })
        .page(),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
}

export function numberQuery({ client, scope }: Who, id: string) {
  return queryOptions({
    queryKey: [...scope, 'number', id],
    queryFn: async ({ signal }) => (await client.phoneNumbers.get(id, { signal })).phoneNumber,
  });
}

export function numberCallsQuery({ client, scope }: Who, id: string) {
  return queryOptions({
    queryKey: [...scope, 'number', id, 'calls'],
    queryFn: async ({ signal }) => (await client.phoneNumbers.calls(id, { days: 30 }, { signal })).days,
    staleTime: 60_000,
  });
}

/** The campaigns that call from a number. */
export function campaignsOfNumberQuery({ client, scope }: Who, phoneNumberId: string) {
  return queryOptions({
    queryKey: [...scope, 'campaigns', 'of-number', phoneNumberId],
    queryFn: ({ signal }) => client.campaigns.list({ phoneNumberId }, { signal }).all(),
  });
}

/** To choose from, or to name one by: may be a minute old. */
export function assistantChoicesQuery(who: Who) {
  return { ...assistantsQuery(who), staleTime: 60_000 };
}

/** The team with how much of its plan is used. */
export function teamQuery({ client, scope }: Who) {
  return queryOptions({
    queryKey: [...scope, 'team'],
    queryFn: async ({ signal }) => (await client.teams.get(scope[0], { signal })).team,
  });
}

/** What a change of a number makes out of date. */
export function refreshNumbers({ scope }: Pick<Workspace, 'scope'>): Promise<unknown> {
  const parts = ['numbers', 'number', 'team', 'assistants', 'campaigns'];
  return Promise.all(parts.map((part) => queryClient.invalidateQueries({ queryKey: [...scope, part] })));
}
