import type { AssistantNumber } from '@talkturo/client';
import { queryOptions } from '@tanstack/react-query';
import { queryClient } from '../../api/query-client.ts';
import type { Workspace } from '../../session/workspace.tsx';

type Who = Pick<Workspace, 'client' | 'scope'>;

/** While the carrier is being told about a number, the list is looked at anew, ms. */
const LOOK_MS = 2_500;

export function assistantsQuery({ client, scope }: Who) {
  return queryOptions({
    queryKey: [...scope, 'assistants'],
    queryFn: ({ signal }) => client.assistants.list({}, { signal }).all(),
  });
}

export function assistantQuery({ client, scope }: Who, id: string) {
  return queryOptions({
    queryKey: [...scope, 'assistants', id],
    queryFn: async ({ signal }) => (await client.assistants.get(id, { signal })).assistant,
  });
}

/** The numbers that it has, and in `available` those that nobody has. */
export function assistantNumbersQuery({ client, scope }: Who, id: string) {
  return queryOptions({
    queryKey: [...scope, 'assistants', id, 'numbers'],
    queryFn: ({ signal }) => client.assistants.numbers(id, { signal }),
    refetchInterval: ({ state }) => (state.data?.numbers.some(isPending) ? LOOK_MS : false),
  });
}

/** Every number that an assistant has. */
export function assignmentsQuery({ client, scope }: Who) {
  return queryOptions({
    queryKey: [...scope, 'assistants', 'assignments'],
    queryFn: ({ signal }) => client.assistants.assignments({}, { signal }).all(),
  });
}

function isPending({ routing_status }: AssistantNumber): boolean {
  return routing_status === 'pending';
}

/** What a change of an assistant or of its numbers makes out of date. */
export function refreshAssistants({ scope }: Pick<Workspace, 'scope'>): Promise<unknown> {
  const parts = ['assistants', 'numbers', 'number', 'campaigns'];
  return Promise.all(parts.map((part) => queryClient.invalidateQueries({ queryKey: [...scope, part] })));
}
