import type { ReconciliationReport } from '@talkturo/client';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { useTimes } from '../../format/time.ts';
import { ListTable } from '../../ui/list-table.tsx';
import { Badge, Card, Fact, Facts, Notice } from '../../ui/page.tsx';
import { Phone } from '../../ui/phone.tsx';

type Finding = ReconciliationReport['findings'][number];

/** A comparison of one mode with the carrier: how much was compared, what is different, what would put it right. */
export function Report({ report }: { report: ReconciliationReport }) {
  const { t } = useTranslation(['operator', 'common']);
  const { money } = useMoney();
  const { dateTime } = useTimes();
  const { summary, findings, applied } = report;
  return (
    <Card
      title={t(`common:mode.${report.mode as 'live'}`)}
      actions={
        <Badge tone={applied ? 'accent' : 'neutral'}>
          {t(applied ? 'compare.wasApplied' : 'compare.wasDry')}
        </Badge>
      }
    >
      <p className="mb-4 text-sm text-muted">
        {t('compare.at', { at: dateTime(report.finished_at), ms: summary.duration_ms })}
      </p>
      <div className="grid gap-x-10 gap-y-2.5 md:grid-cols-2">
        <Facts>
          <Fact name={t('compare.there')}>{summary.numbers_there}</Fact>
          <Fact name={t('compare.here')}>{summary.numbers_here}</Fact>
          <Fact name={t('compare.orders')}>{summary.orders_compared}</Fact>
        </Facts>
        <Facts>
          <Fact name={t('compare.findings')}>{summary.findings}</Fact>
          <Fact name={t('compare.fixed')}>{summary.fixed}</Fact>
          <Fact name={t('compare.unknownCost')}>{money(summary.unknown_monthly_cost)}</Fact>
        </Facts>
      </div>
      <div className="mt-5 space-y-3">
        {findings.length === 0 ? (
          <Notice tone="ok">{t('compare.agree')}</Notice>
        ) : (
          <Findings findings={findings} />
        )}
        {summary.findings > findings.length && (
          <p className="text-sm text-muted">
            {t('compare.cut', { shown: findings.length, count: summary.findings })}
          </p>
        )}
      </div>
    </Card>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation('operator');
  const { money } = useMoney();
  return (
    <ListTable
      label={t('compare.findings')}
      columns={[
        { name: t('compare.finding') },
        { name: t('compare.fix'), from: 'md' },
        { name: t('compare.price'), from: 'lg', align: 'right' },
      ]}
      items={findings}
      idOf={({ kind, phone_number, order_id = '', carrier_number_id = '' }) =>
        [kind, phone_number, order_id, carrier_number_id].join()
      }
      cellsOf={(finding) => [
        <div key="finding" className="max-w-xl space-y-1">
          <Phone number={finding.phone_number} />
          <p className="font-medium">{t(`compare.kinds.${finding.kind as 'gone_there'}`)}</p>
          <p className="text-muted wrap-anywhere">{finding.detail}</p>
          <div className="md:hidden">
            <Fix finding={finding} />
          </div>
        </div>,
        <Fix key="fix" finding={finding} />,
        <span key="price" className="tabular">
          {money(finding.monthly_price)}
        </span>,
      ]}
    />
  );
}

function Fix({ finding }: { finding: Finding }) {
  const { t } = useTranslation('operator');
  return (
    <>
      <p className={`font-medium ${finding.fix === 'none' ? 'text-warn' : 'text-accent'}`}>
        {t(`compare.fixes.${finding.fix as 'settle'}`)}
      </p>
      {finding.outcome !== undefined && (
        <p className={`mt-1 text-xs ${finding.applied ? 'text-ok' : 'text-danger'}`}>{finding.outcome}</p>
      )}
    </>
  );
}
