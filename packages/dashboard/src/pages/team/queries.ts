import { queryOptions } from '@tanstack/react-query';
import type { Workspace } from '../../session/workspace.tsx';

type Who = Pick<Workspace, 'client' | 'scope' | 'team'>;

export function membersQuery({ client, scope, team }: Who) {
  return queryOptions({
    queryKey: [...scope, 'members'],
    queryFn: ({ signal }) => client.members.list(team.id, { signal }).all(),
  });
}

/** For admins and owners alone. */
export function invitationsQuery({ client, scope, team }: Who) {
  return queryOptions({
    queryKey: [...scope, 'invitations'],
    queryFn: ({ signal }) => client.invitations.list(team.id, { signal }).all(),
  });
}
