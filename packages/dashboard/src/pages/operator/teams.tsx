import type { OperatorTeam } from '@talkturo/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { More } from '../../ui/more.tsx';
import { Badge, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ChangePlan, type PlanId } from './change-plan.tsx';
import { OPERATOR_KEY, useOperator } from './operator-client.tsx';

const PAGE_SIZE = 50;

/** All teams, and which plan each is on. */
export function OperatorTeams() {
  const { t } = useTranslation('operator');
  const ask = useOperator();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const [changing, setChanging] = useState<OperatorTeam | null>(null);
  const teams = useInfiniteQuery({
    queryKey: [OPERATOR_KEY, 'teams', search],
    queryFn: ({ pageParam, signal }) =>
      ask((operator) =>
        operator
          .listTeams(
            {
              limit: PAGE_SIZE,
              ...(search !== '' && { search }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
            { signal },
          )
          .page(),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const items = (teams.data?.pages ?? []).flatMap((page) => page.teams);
  return (
    <div className="space-y-4">
      <Field label={t('teams.search')} className="sm:w-80">
        <Input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('teams.searchHint')}
          maxLength={100}
        />
      </Field>
      {teams.isPending && <Waiting lines={6} />}
      {!teams.data && <Problem error={teams.error} onRetry={() => void teams.refetch()} />}
      <p role="status" className="text-muted empty:hidden">
        {teams.data && items.length === 0 && (search === '' ? t('teams.empty') : t('teams.none'))}
      </p>
      {items.length > 0 && (
        <>
          <TeamTable teams={items} onChange={setChanging} />
          <More list={teams} more={t('teams.more')} />
        </>
      )}
      {changing && <ChangePlan team={changing} onClose={() => setChanging(null)} />}
    </div>
  );
}

function TeamTable({ teams, onChange }: { teams: OperatorTeam[]; onChange: (team: OperatorTeam) => void }) {
  const { t } = useTranslation('operator');
  const { date } = useTimes();
  return (
    <ListTable
      label={t('teams.tab')}
      columns={[
        { name: t('teams.team') },
        { name: t('teams.plan') },
        { name: t('teams.numbers'), from: 'md' },
        { name: t('teams.owner'), from: 'lg' },
        { name: t('teams.made'), from: 'lg' },
        { name: t('teams.actions'), hidden: true, align: 'right' },
      ]}
      items={teams}
      idOf={({ id }) => id}
      cellsOf={(team) => [
        <div key="team" className="min-w-0">
          <p className="font-medium wrap-anywhere">{team.name}</p>
          <p className="text-xs text-muted wrap-anywhere">{team.id}</p>
        </div>,
        <Badge key="plan" tone={team.plan === 'free' ? 'neutral' : 'accent'}>
          {t(`plans.${team.plan as PlanId}`)}
          {team.max_numbers !== null && ` · ${team.max_numbers}`}
        </Badge>,
        <span key="numbers" className="tabular whitespace-nowrap">
          {t('teams.live', { count: team.numbers.live })}, {t('teams.test', { count: team.numbers.test })}
        </span>,
        <span key="owner" className="wrap-anywhere">
          {team.owner?.email ?? '–'}
        </span>,
        date(team.created_at),
        <Button key="change" onClick={() => onChange(team)} aria-label={`${t('teams.change')}: ${team.name}`}>
          {t('teams.change')}
        </Button>,
      ]}
    />
  );
}
