import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Meter } from '../../ui/page.tsx';
import { teamQuery } from './queries.ts';

/** What the numbers cost together, and how much of the plan they take. */
export function ListSummary({ count, monthlyCost }: { count: number; monthlyCost: string }) {
  const { t } = useTranslation('numbers');
  const { money } = useMoney();
  const workspace = useWorkspace();
  const team = useQuery(teamQuery(workspace));
  const usage = team.data?.numbers[workspace.mode];
  return (
    <dl className="mb-6 grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4">
      <div className="rounded-box border border-line bg-surface px-4 py-3 sm:px-5 sm:py-4">
        <dt className="text-sm text-muted">{t('summary.cost')}</dt>
        <dd className="tabular text-2xl font-semibold">{money(monthlyCost)}</dd>
        <dd className="text-xs text-muted">
          {workspace.mode === 'test' ? t('summary.costTest') : t('summary.costNote')}
        </dd>
      </div>
      <div className="hidden rounded-box border border-line bg-surface px-4 py-3 sm:px-5 sm:py-4 sm:block">
        <dt className="text-sm text-muted">{t('summary.count')}</dt>
        <dd className="tabular text-2xl font-semibold">{count}</dd>
      </div>
      <div className="rounded-box border border-line bg-surface px-4 py-3 sm:px-5 sm:py-4">
        <dt className="text-sm text-muted">{t('summary.plan')}</dt>
        {usage && (
          <>
            <dd className="tabular text-2xl font-semibold">
              {t('summary.used', { used: usage.held, limit: usage.limit })}
            </dd>
            <dd className="mt-2">
              <Meter label={t('summary.plan')} used={usage.held} of={usage.limit} />
            </dd>
            {usage.held >= usage.limit && <dd className="mt-1.5 text-xs text-muted">{t('summary.full')}</dd>}
          </>
        )}
      </div>
    </dl>
  );
}
