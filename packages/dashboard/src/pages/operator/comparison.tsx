import type { ReconciliationReport } from '@talkturo/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { OPERATOR_KEY, useOperator } from './operator-client.tsx';
import { Report } from './report.tsx';

const KEY = [OPERATOR_KEY, 'reconciliation'];

/** What a run with fixes would do, by the last look. */
function fixable({ applied, summary }: ReconciliationReport): number {
  return applied ? 0 : summary.findings - summary.by_fix.none;
}

/** The last comparison with the carrier; a new one; and, after a look, doing what it proposes. */
export function Comparison() {
  const { t } = useTranslation(['operator', 'common']);
  const ask = useOperator();
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await ask((operator) => operator.reconciliation({ signal }))).reports,
  });
  const run = useMutation({
    mutationFn: async (apply: boolean) => (await ask((operator) => operator.reconcile({ apply }))).reports,
    onSuccess: (reports, apply) => {
      setIsAsking(false);
      queryClient.setQueryData(KEY, reports);
      const sum = (count: (report: ReconciliationReport) => number) =>
        reports.reduce((total, report) => total + count(report), 0);
      if (apply) toast(t('compare.done', { count: sum(({ summary }) => summary.fixed) }));
      else toast(t('compare.looked', { count: sum(({ summary }) => summary.findings) }));
    },
    // A mode whose comparison failed does not hide what the other found.
    onError: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
  const proposals = (data ?? []).filter((report) => fixable(report) > 0);
  const hasLooked = data?.some(({ applied }) => !applied) ?? false;
  return (
    <div className="space-y-6">
      <div className="space-y-2">
        <p className="max-w-2xl text-muted">{t('compare.lead')}</p>
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            busy={run.isPending && !run.variables}
            disabled={run.isPending}
            onClick={() => run.mutate(false)}
          >
            {t('compare.run')}
          </Button>
          <Button disabled={proposals.length === 0 || run.isPending} onClick={() => setIsAsking(true)}>
            {t('compare.apply')}
          </Button>
        </div>
        <p role="status" className="text-sm text-muted">
          {run.isPending && t('compare.running')}
          {!run.isPending &&
            data &&
            proposals.length === 0 &&
            t(hasLooked ? 'compare.nothingToFix' : 'compare.applyHint')}
        </p>
        {!isAsking && <Problem error={run.error} />}
      </div>
      {isPending && <Waiting lines={5} />}
      {!data && <Problem error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon={<Scale />} title={t('compare.neverTitle')}>
          {t('compare.never')}
        </EmptyState>
      )}
      {data?.map((report) => (
        <Report key={report.id} report={report} />
      ))}
      <Confirm
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('compare.confirmTitle')}
        action={t('compare.apply')}
        onConfirm={() => run.mutate(true)}
        busy={run.isPending}
        error={run.error}
      >
        <p>{t('compare.confirm')}</p>
        <Proposals reports={proposals} />
      </Confirm>
    </div>
  );
}

function Proposals({ reports }: { reports: ReconciliationReport[] }) {
  const { t } = useTranslation(['operator', 'common']);
  return (
    <ul className="list-disc space-y-1 pl-5 text-sm">
      {reports.map((report) => (
        <li key={report.id}>
          {t('compare.fixesIn', {
            mode: t(`common:mode.${report.mode as 'live'}`),
            count: fixable(report),
          })}
          <ul className="list-[circle] pl-5 text-muted">
            {Object.entries(report.summary.by_fix)
              .filter(([fix, count]) => fix !== 'none' && count > 0)
              .map(([fix, count]) => (
                <li key={fix}>
                  {t(`compare.fixes.${fix as 'settle'}`)}: {count}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
