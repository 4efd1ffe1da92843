import type { WebhookEndpoint } from '@talkturo/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useWorkspace } from '../../session/workspace.tsx';
import type { EventFilter } from '../activity/event-types.ts';

/** What somebody says of an endpoint. */
export interface EndpointDraft {
  url: string;
  description: string | null;
  types: EventFilter[];
}

/** Everything about endpoints stands under this key. */
function useKey() {
  const { scope } = useWorkspace();
  return [...scope, 'webhook-endpoints'] as const;
}

export function useEndpoints() {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: [...useKey(), 'list'],
    queryFn: ({ signal }) => client.webhookEndpoints.list({}, { signal }).all(),
  });
}

export function useEndpoint(id: string) {
  const { client } = useWorkspace();
  return useQuery({
    queryKey: [...useKey(), id],
    queryFn: async ({ signal }) => (await client.webhookEndpoints.get(id, { signal })).endpoint,
  });
}

export function useDeliveriesKey(id: string) {
  return [...useKey(), id, 'deliveries'] as const;
}

/** Something that is done to an endpoint; what is shown of it is asked for again. */
export function useEndpointChange<Answer, Wish = void>(act: (wish: Wish) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const queryKey = useKey();
  return useMutation({
    mutationFn: act,
    // Some answers hold a secret: it goes when the dialog does.
    gcTime: 0,
    // Also where it failed: then the page may show what is no longer so.
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}

export type EndpointState = 'on' | 'off' | 'failing' | 'switchedOff';

export function stateOf({ enabled, disabled_reason, failing_since }: WebhookEndpoint): EndpointState {
  if (!enabled) return disabled_reason === null ? 'off' : 'switchedOff';
  return failing_since === null ? 'on' : 'failing';
}
