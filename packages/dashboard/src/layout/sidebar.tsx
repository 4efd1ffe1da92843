import { Link, useNavigate } from '@tanstack/react-router';
import { BookOpen, ChevronsUpDown, CircleUser } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isAtLeast } from '../session/roles.ts';
import { useWorkspace } from '../session/workspace.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/menu.tsx';
import { AccountChoices } from './account-choices.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { NAVIGATION } from './navigation.ts';

const ITEM =
  'flex min-h-9 items-center gap-3 rounded-lg px-3 py-1.5 text-sm font-medium text-ink hover:bg-sunken data-[status=active]:bg-accent-soft data-[status=active]:text-accent';

/** @param onGo called when somebody goes elsewhere */
export function Sidebar({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { team } = useWorkspace();
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto p-3">
      <TeamSwitcher {...(onGo && { onGo })} />
      <ModeSwitch />
      <nav aria-label={t('nav.label')} className="flex-1">
        <ul className="space-y-0.5">
          {NAVIGATION.filter(({ role }) => role === undefined || isAtLeast(team.role, role)).map(
            ({ to, name, icon: Icon }) => (
              <li key={to}>
                <Link to={to} onClick={onGo} className={ITEM}>
                  <Icon aria-hidden className="size-4.5 shrink-0" />
                  {t(`nav.${name}`)}
                </Link>
              </li>
            ),
          )}
        </ul>
      </nav>
      <div className="space-y-0.5 border-t border-line pt-3">
        <a href="/docs" className={ITEM}>
          <BookOpen aria-hidden className="size-4.5 shrink-0" />
          {t('nav.docs')}
        </a>
        <Account />
      </div>
    </div>
  );
}

function TeamSwitcher({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { team, teams, chooseTeam } = useWorkspace();
  const navigate = useNavigate();
  const choose = (teamId: string) => {
    chooseTeam(teamId);
    onGo?.();
    void navigate({ to: '/' });
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-3 rounded-lg px-2 py-2 text-left hover:bg-sunken"
        >
          <span
            aria-hidden
            className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-accent font-semibold text-on-accent"
          >
            {[...team.name][0]?.toLocaleUpperCase()}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-semibold">{team.name}</span>
            <span className="block text-xs text-muted">{t(`team.roles.${team.role as 'owner'}`)}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="sr-only">{t('team.choose')}</span>
        </button>
      }
    >
      <MenuChoice
        label={t('team.label')}
        value={team.id}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={choose}
      />
      <MenuLine />
      <MenuItem onSelect={() => void navigate({ to: '/welcome' })}>{t('team.create')}</MenuItem>
    </Menu>
  );
}

function Account() {
  const { t } = useTranslation();
  const { user } = useWorkspace();
  return (
    <Menu
      trigger={
        <button type="button" className={`${ITEM} w-full text-left`}>
          <CircleUser aria-hidden className="size-4.5 shrink-0" />
          <span className="min-w-0 flex-1 truncate">{user.name}</span>
          <span className="sr-only">{t('account.label')}</span>
        </button>
      }
    >
      <p className="truncate px-2.5 py-1.5 text-sm text-muted">{user.email}</p>
      <MenuLine />
      <AccountChoices />
    </Menu>
  );
}
