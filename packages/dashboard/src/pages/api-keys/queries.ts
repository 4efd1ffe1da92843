import type { ApiKey } from '@talkturo/client';
import { queryOptions } from '@tanstack/react-query';
import type { Workspace } from '../../session/workspace.tsx';

/** Of both modes: a team has its keys together. */
export function apiKeysQuery({ client, scope }: Pick<Workspace, 'client' | 'scope'>) {
  return queryOptions({
    queryKey: [...scope, 'api-keys'],
    queryFn: ({ signal }) => client.apiKeys.list({}, { signal }).all(),
  });
}

export type KeyState = 'works' | 'expired' | 'revoked';

export function stateOf({ revoked_at, expires_at }: Pick<ApiKey, 'revoked_at' | 'expires_at'>): KeyState {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && Date.parse(expires_at) <= Date.now() ? 'expired' : 'works';
}
