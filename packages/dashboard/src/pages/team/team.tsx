import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isAtLeast } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Badge, Card, Page } from '../../ui/page.tsx';
import { Invitations } from './invitations.tsx';
import { LeaveTeam } from './leave-team.tsx';
import { Members } from './members.tsx';
import { membersQuery } from './queries.ts';
import { TeamName } from './team-name.tsx';
import { ROLES } from './what-roles-may.ts';

/** The team's name, who is in it as what, and who is invited. */
export function TeamPage() {
  const { t } = useTranslation('team');
  const workspace = useWorkspace();
  const members = useQuery(membersQuery(workspace));
  const isAdmin = isAtLeast(workspace.team.role, 'admin');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="space-y-6">
        {isAdmin && <TeamName />}
        <Members members={members} />
        {isAdmin && <Invitations />}
        <RolesExplained />
        {members.data && <LeaveTeam members={members.data} />}
      </div>
    </Page>
  );
}

function RolesExplained() {
  const { t } = useTranslation(['team', 'common']);
  const { team } = useWorkspace();
  return (
    <Card title={t('rolesTitle')}>
      <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[8rem_1fr]">
        {ROLES.map((role) => (
          <div key={role} className="space-y-1 sm:contents">
            <dt className="flex flex-wrap items-center gap-2 font-medium">
              {t(`common:team.roles.${role}`)}
              {team.role === role && <Badge tone="accent">{t('you')}</Badge>}
            </dt>
            <dd>{t(`may.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
