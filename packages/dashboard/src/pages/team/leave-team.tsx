import type { Member } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { keep } from '../../session/kept.ts';
import { sessionQuery } from '../../session/session.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Card } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { isLastOwner } from './what-roles-may.ts';

/** The last owner cannot leave, and is told how it could be done. */
export function LeaveTeam({ members }: { members: Member[] }) {
  const { t } = useTranslation('team');
  const { client, team } = useWorkspace();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const leave = useMutation({
    mutationFn: () => client.teams.leave(team.id),
    onSuccess: async () => {
      toast(t('left', { team: team.name }));
      keep('team', null);
      const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await navigate({ to: session?.teams.length === 0 ? '/welcome' : '/' });
      queryClient.removeQueries({ queryKey: [team.id] });
    },
  });
  return (
    <Card title={t('leaveTitle')}>
      <p className="mb-3 text-sm text-muted">
        {isLastOwner(team, members) ? t('lastOwner') : t('leaveLead')}
      </p>
      {!isLastOwner(team, members) && <Button onClick={() => setAsking(true)}>{t('leave')}</Button>}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t('leaveAsk', { team: team.name })}
        action={t('leave')}
        busy={leave.isPending}
        error={leave.error}
        onConfirm={() => leave.mutate()}
      >
        <p className="text-sm">{t('leaveLead')}</p>
      </Confirm>
    </Card>
  );
}
