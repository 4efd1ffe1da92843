import type { Invitation } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Send, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useTimes } from '../../format/time.ts';
import type { Role } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Badge, Card, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { useInvite } from './invite.ts';
import { InviteForm } from './invite-form.tsx';
import { invitationsQuery } from './queries.ts';
import { rolesToGive } from './what-roles-may.ts';

export function Invitations() {
  const { t } = useTranslation('team');
  const found = useQuery(invitationsQuery(useWorkspace()));
  return (
    <Card title={t('invitations')}>
      <InviteForm />
      <div className="mt-5">
        {found.isPending && <Waiting lines={2} />}
        <Problem error={found.error} onRetry={() => void found.refetch()} />
        {found.data?.length === 0 && <p className="text-sm text-muted">{t('noInvitations')}</p>}
        {found.data && found.data.length > 0 && (
          <ul className="-mb-3 divide-y divide-line">
            {found.data.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation(['team', 'common']);
  const { team } = useWorkspace();
  const { date } = useTimes();
  const takeBack = useTakeBack();
  const again = useInvite();
  const { email, expires_at, invited_by } = invitation;
  const role = invitation.role as Role;
  const isOver = Date.parse(expires_at) <= Date.now();
  return (
    <li className="flex items-center gap-3 py-3 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="wrap-anywhere">{email}</span>
          <Badge>{t(`common:team.roles.${role}`)}</Badge>
          {isOver && <Badge tone="warn">{t('expired')}</Badge>}
        </p>
        <p className="text-xs text-muted">
          {t(isOver ? 'expiredOn' : 'validUntil', { date: date(expires_at) })}
          {invited_by && ` · ${t('invitedBy', { name: invited_by.name })}`}
        </p>
      </div>
      {rolesToGive(team.role).includes(role) && (
        <IconButton
          label={t('sendAgain', { email })}
          disabled={again.isPending}
          onClick={() => again.mutate({ email, role })}
        >
          <Send aria-hidden className="size-4.5" />
        </IconButton>
      )}
      <IconButton label={t('takeBack', { email })} onClick={() => takeBack.mutate(invitation)}>
        <X aria-hidden className="size-4.5" />
      </IconButton>
    </li>
  );
}

/** It is out of the list at once, and back where the server says no. */
function useTakeBack() {
  const { t } = useTranslation(['team', 'common']);
  const workspace = useWorkspace();
  const { client, team } = workspace;
  const { queryKey } = invitationsQuery(workspace);
  return useMutation({
    mutationFn: ({ id }: Invitation) => client.invitations.revoke(team.id, id),
    onMutate: async ({ id }) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, (known) => known?.filter((each) => each.id !== id));
    },
    onSuccess: (_, { email }) => toast(t('tookBack', { email })),
    onError: toastProblem,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
}
