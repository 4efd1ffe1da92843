import type { Member } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import type { Role } from '../../session/roles.ts';
import { sessionQuery } from '../../session/session.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { membersQuery } from './queries.ts';

/** The role shows at once, and goes back where the server says no. */
export function useChangeRole({ user_id, name }: Member) {
  const { t } = useTranslation(['team', 'common']);
  const workspace = useWorkspace();
  const { client, team, user } = workspace;
  const { queryKey } = membersQuery(workspace);
  const note = (role: string) =>
    queryClient.setQueryData(queryKey, (known) =>
      known?.map((each) => (each.user_id === user_id ? { ...each, role } : each)),
    );
  return useMutation({
    mutationFn: (role: Role) => client.members.update(team.id, user_id, { role }),
    onMutate: async (role) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey)?.find((each) => each.user_id === user_id)?.role;
      note(role);
      return { before };
    },
    onSuccess: (_, role) => toast(t('roleChanged', { name, role: t(`common:team.roles.${role}`) })),
    onError: (error, _role, noted) => {
      if (noted?.before !== undefined) note(noted.before);
      toastProblem(error);
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey }),
        // What one may see and do oneself depends on it.
        user_id === user.id && queryClient.invalidateQueries(sessionQuery),
      ]),
  });
}
