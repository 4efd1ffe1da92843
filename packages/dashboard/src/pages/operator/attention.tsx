import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { useTimes } from '../../format/time.ts';
import { ListTable } from '../../ui/list-table.tsx';
import { Badge, EmptyState, Notice, Waiting } from '../../ui/page.tsx';
import { Phone } from '../../ui/phone.tsx';
import { Problem } from '../../ui/problem.tsx';
import { OPERATOR_KEY, useOperator } from './operator-client.tsx';

/** What has not settled by itself, and what it may cost. */
export function Attention() {
  const { t } = useTranslation('operator');
  const ask = useOperator();
  const { money } = useMoney();
  const { dateTime } = useTimes();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [OPERATOR_KEY, 'attention'],
    queryFn: ({ signal }) => ask((operator) => operator.attention({ signal })),
  });
  if (isPending) return <Waiting lines={4} />;
  if (!data) return <Problem error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0)
    return (
      <EmptyState icon={<CircleCheck />} title={t('attention.title')}>
        {t('attention.empty')}
      </EmptyState>
    );
  return (
    <div className="space-y-4">
      <Notice tone="warn" title={t('attention.cost', { price: money(data.monthly_cost) })}>
        {t('attention.lead')}
      </Notice>
      <ListTable
        label={t('attention.tab')}
        columns={[
          { name: t('attention.what') },
          { name: t('attention.team'), from: 'md' },
          { name: t('attention.state') },
          { name: t('attention.attempts'), from: 'lg', align: 'right' },
          { name: t('attention.price'), from: 'sm', align: 'right' },
          { name: t('attention.since'), from: 'lg' },
        ]}
        items={data.items}
        idOf={({ id }) => id}
        cellsOf={(item) => [
          <div key="what" className="space-y-1">
            <Phone number={item.phone_number} />
            <p className="text-xs text-muted">
              {t(item.kind === 'release' ? 'attention.release' : 'attention.order')} · {item.mode} ·{' '}
              <span className="wrap-anywhere">{item.id}</span>
            </p>
          </div>,
          item.team_name,
          <div key="state">
            <Badge tone="warn">{item.state}</Badge>
            {item.detail && <p className="mt-1 max-w-xs text-xs text-muted wrap-anywhere">{item.detail}</p>}
          </div>,
          <span key="attempts" className="tabular">
            {item.attempts}
          </span>,
          <span key="price" className="tabular">
            {money(item.monthly_price)}
          </span>,
          dateTime(item.since),
        ]}
      />
    </div>
  );
}
