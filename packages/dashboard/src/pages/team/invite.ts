import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import type { Role } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { invitationsQuery } from './queries.ts';

/** Sends an invitation, in the place of an open one for the same address. */
export function useInvite({ saysProblems = true }: { saysProblems?: boolean } = {}) {
  const { t } = useTranslation(['team', 'common']);
  const workspace = useWorkspace();
  const { client, team } = workspace;
  return useMutation({
    mutationFn: (wish: { email: string; role: Role }) => client.invitations.create(team.id, wish),
    onSuccess: ({ invitation }) => {
      toast(t('invited', { email: invitation.email }));
      return queryClient.invalidateQueries({ queryKey: invitationsQuery(workspace).queryKey });
    },
    onError: (error) => {
      if (saysProblems) toastProblem(error);
    },
  });
}
