import type { Plan, Team } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Mode, useWorkspace } from '../../session/workspace.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { Badge, Card, Meter, Notice, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { teamQuery } from '../numbers/queries.ts';

const MODES: readonly Mode[] = ['live', 'test'];

/** What the team's plan allows, what is used of it, and how to get another one. */
export function PlanPage() {
  const { t } = useTranslation('plan');
  const workspace = useWorkspace();
  const { client } = workspace;
  const team = useQuery(teamQuery(workspace));
  const plans = useQuery({
    queryKey: ['plans'],
    queryFn: async ({ signal }) => (await client.teams.plans({ signal })).plans,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const error = team.error ?? plans.error;
  const retry = () => {
    void team.refetch();
    void plans.refetch();
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {(team.isPending || plans.isPending) && <Waiting lines={6} />}
      <Problem error={error} onRetry={retry} />
      {team.data && plans.data && (
        <div className="space-y-6">
          <div className="grid gap-6 lg:grid-cols-2">
            <YourPlan team={team.data} plans={plans.data} />
            <AnotherPlan team={team.data} />
          </div>
          <AllPlans team={team.data} plans={plans.data} />
        </div>
      )}
    </Page>
  );
}

function YourPlan({ team, plans }: { team: Team; plans: Plan[] }) {
  const { t } = useTranslation(['plan', 'common']);
  const { mode } = useWorkspace();
  const plan = plans.find(({ id }) => id === team.plan);
  const { held, limit } = team.numbers[mode];
  return (
    <Card title={t('yours')} actions={<Badge tone="accent">{plan?.name ?? team.plan}</Badge>}>
      <div className="space-y-4">
        {MODES.map((each) => (
          <Used key={each} label={t(each)} {...team.numbers[each]} />
        ))}
        <p className="text-sm text-muted">{t('apart')}</p>
        {plan?.trial_days ? (
          <Trial days={plan.trial_days} />
        ) : (
          held >= limit && <Notice tone="warn">{t('full', { mode: t(`common:mode.${mode}`) })}</Notice>
        )}
      </div>
    </Card>
  );
}

function Used({ label, held, limit }: { label: string; held: number; limit: number }) {
  const { t } = useTranslation('plan');
  return (
    <div>
      <div className="mb-1.5 flex justify-between text-sm">
        <span>{label}</span>
        <span className="tabular font-medium">{t('ofLimit', { held, limit })}</span>
      </div>
      <Meter label={label} used={held} of={limit} />
    </div>
  );
}

/** The one trial number of a plan without a subscription: still to be had, or not. */
function Trial({ days }: { days: number }) {
  const { t } = useTranslation('plan');
  const { client, scope, team } = useWorkspace();
  const { data } = useQuery({
    queryKey: [...scope, 'eligibility'],
    queryFn: ({ signal }) => client.phoneNumbers.eligibility({ teamId: team.id }, { signal }),
  });
  if (!data) return <Waiting lines={1} />;
  const isUsed = data.refusals.some(({ code }) => code === 'trial_already_used');
  return (
    <Notice
      tone={isUsed ? 'warn' : 'accent'}
      {...(!isUsed && { action: <LinkButton to="/numbers/buy">{t('buy')}</LinkButton> })}
    >
      {t(isUsed ? 'trialUsed' : 'trialFree', { days })}
    </Notice>
  );
}

function AnotherPlan({ team }: { team: Team }) {
  const { t } = useTranslation('plan');
  return (
    <Card title={t('another')}>
      <div className="space-y-4 text-sm">
        <p>{t('how')}</p>
        <CopyField label={t('teamId')} value={team.id} />
        <p className="text-muted">{t('afterwards')}</p>
        <ul className="list-disc space-y-1.5 pl-5">
          <li>{t('larger')}</li>
          <li>{t('smaller')}</li>
          <li>{t('free')}</li>
        </ul>
      </div>
    </Card>
  );
}

function AllPlans({ team, plans }: { team: Team; plans: Plan[] }) {
  const { t } = useTranslation('plan');
  return (
    <section aria-labelledby="all-plans">
      <h2 id="all-plans" className="mb-3 text-lg font-semibold">
        {t('all')}
      </h2>
      <ListTable
        label={t('all')}
        columns={[{ name: t('plan') }, { name: t('numbers') }, { name: t('kind'), from: 'sm' }]}
        items={plans}
        idOf={({ id }) => id}
        cellsOf={(plan) => [
          <span key="plan" className="flex flex-wrap items-center gap-2 font-medium">
            {plan.name}
            {plan.id === team.plan && <Badge tone="accent">{t('current')}</Badge>}
          </span>,
          <span key="numbers" className="tabular">
            {plan.id === 'enterprise'
              ? t('ownFigure', { count: team.max_numbers ?? plan.max_numbers })
              : t('upTo', { count: plan.max_numbers })}
          </span>,
          plan.trial_days === null ? t('paid') : t('trialOf', { count: plan.trial_days }),
        ]}
      />
    </section>
  );
}
