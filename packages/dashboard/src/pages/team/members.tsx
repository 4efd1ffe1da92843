import type { Member } from '@talkturo/client';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMutation } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useTimes } from '../../format/time.ts';
import type { Role } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Select } from '../../ui/form.tsx';
import { Badge, Card, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { useChangeRole } from './change-role.ts';
import { membersQuery } from './queries.ts';
import { mayChange, rolesToGive } from './what-roles-may.ts';

/** Who is in the team. A role is changed in its row. */
export function Members({ members }: { members: UseQueryResult<Member[], Error> }) {
  const { t } = useTranslation('team');
  return (
    <Card title={members.data ? t('membersTitle', { count: members.data.length }) : t('members')}>
      {members.isPending && <Waiting />}
      <Problem error={members.error} onRetry={() => void members.refetch()} />
      <ul className="-my-3 divide-y divide-line">
        {members.data?.map((member) => (
          <MemberRow key={member.user_id} member={member} members={members.data} />
        ))}
      </ul>
    </Card>
  );
}

function MemberRow({ member, members }: { member: Member; members: Member[] }) {
  const { t } = useTranslation(['team', 'common']);
  const { user, team } = useWorkspace();
  const { date } = useTimes();
  const [removing, setRemoving] = useState(false);
  const isSelf = member.user_id === user.id;
  const isOpen = mayChange(team.role, member, members);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {member.name}
          {isSelf && <Badge tone="accent">{t('you')}</Badge>}
        </p>
        <p className="text-muted wrap-anywhere">{member.email}</p>
        <p className="text-xs text-muted">{t('since', { date: date(member.joined_at) })}</p>
      </div>
      <div className="flex items-center gap-2">
        {isOpen ? (
          <RoleSelect member={member} isSelf={isSelf} />
        ) : (
          <Badge>{t(`common:team.roles.${member.role as Role}`)}</Badge>
        )}
        {isOpen && !isSelf && (
          <IconButton label={t('removeNamed', { name: member.name })} onClick={() => setRemoving(true)}>
            <UserMinus aria-hidden className="size-4.5" />
          </IconButton>
        )}
      </div>
      {removing && <RemoveMember member={member} onClose={() => setRemoving(false)} />}
    </li>
  );
}

/** Making somebody an owner, and giving up a role of one's own, are asked about first. */
function RoleSelect({ member, isSelf }: { member: Member; isSelf: boolean }) {
  const { t } = useTranslation(['team', 'common']);
  const { team } = useWorkspace();
  const [asked, setAsked] = useState<Role | null>(null);
  const change = useChangeRole(member);
  const choose = (role: Role) => {
    if (role === 'owner' || isSelf) setAsked(role);
    else change.mutate(role);
  };
  return (
    <>
      <Select
        aria-label={t('roleOf', { name: member.name })}
        value={member.role}
        onChange={({ target }) => choose(target.value as Role)}
        className="w-auto!"
      >
        {rolesToGive(team.role).map((role) => (
          <option key={role} value={role}>
            {t(`common:team.roles.${role}`)}
          </option>
        ))}
      </Select>
      <Confirm
        open={asked !== null}
        onClose={() => setAsked(null)}
        danger={isSelf}
        title={isSelf ? t('ownRoleTitle') : t('makeOwnerTitle', { name: member.name })}
        action={isSelf ? t('ownRoleAction') : t('makeOwnerAction')}
        onConfirm={() => {
          if (asked !== null) change.mutate(asked);
          setAsked(null);
        }}
      >
        {isSelf && asked !== null ? (
          <p className="text-sm">
            {t('ownRoleLead', { role: t(`common:team.roles.${asked}`) })} {t(`may.${asked}`)}
          </p>
        ) : (
          <p className="text-sm">{t('makeOwnerLead')}</p>
        )}
      </Confirm>
    </>
  );
}

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('team');
  const workspace = useWorkspace();
  const { client, team } = workspace;
  const remove = useMutation({
    mutationFn: () => client.members.remove(team.id, member.user_id),
    onSuccess: () => {
      queryClient.setQueryData(membersQuery(workspace).queryKey, (known) =>
        known?.filter(({ user_id }) => user_id !== member.user_id),
      );
      toast(t('removed', { name: member.name }));
      onClose();
      void queryClient.invalidateQueries({ queryKey: [...workspace.scope, 'api-keys'] });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery(workspace).queryKey }),
  });
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('removeTitle', { name: member.name })}
      action={t('remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    >
      <p className="text-sm">{t('removeLead')}</p>
    </Confirm>
  );
}
