import type { Overview } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Flag } from '../../ui/flag.tsx';
import { EmptyState, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { CallsChart } from './calls-chart.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { BarList, ColumnChart } from './pictures.tsx';

const DAYS = 14;

/** What the team holds, where, at what cost, and how much it calls: in numbers and pictures. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { client, scope } = useWorkspace();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...scope, 'overview'],
    queryFn: ({ signal }) => client.phoneNumbers.overview({ days: DAYS }, { signal }),
  });
  const isEmpty = data?.months.every(({ numbers }) => numbers === 0);
  return (
    <Page title={t('title')} lead={t('lead')}>
      {isPending && <Waiting lines={8} />}
      {!data && <Problem error={error} onRetry={() => void refetch()} />}
      {isEmpty && (
        <EmptyState
          icon={<ChartColumn />}
          title={t('emptyTitle')}
          action={
            <LinkButton look="primary" to="/numbers/buy">
              {t('buy')}
            </LinkButton>
          }
        >
          {t('empty')}
        </EmptyState>
      )}
      {data && !isEmpty && (
        <div className="space-y-6">
          <Tiles overview={data} />
          <div className="grid gap-6 lg:grid-cols-2">
            <NumbersOverTime months={data.months} />
            <CostOverTime months={data.months} />
          </div>
          <div className="grid gap-6 lg:grid-cols-2">
            <ByCountry countries={data.countries} />
            <CallsChart calls={data.calls} days={DAYS} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Tiles({ overview: { months, countries, calls } }: { overview: Overview }) {
  const { t, i18n } = useTranslation('overview');
  const { money } = useMoney();
  const now = months.at(-1);
  const change = (now?.numbers ?? 0) - (months.at(-2)?.numbers ?? 0);
  const today = calls.reduce((sum, { days }) => sum + (days.at(-1)?.outbound_calls ?? 0), 0);
  const since =
    change === 0 ? t('sinceSame') : t(change > 0 ? 'since' : 'sinceLess', { count: Math.abs(change) });
  return (
    <dl className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <Tile name={t('now')} note={since}>
        {(now?.numbers ?? 0).toLocaleString(i18n.language)}
      </Tile>
      <Tile name={t('costNow')}>{money(now?.monthly_cost ?? null)}</Tile>
      <Tile name={t('countriesNow')}>{countries.length}</Tile>
      <Tile name={t('callsToday')}>{today.toLocaleString(i18n.language)}</Tile>
    </dl>
  );
}

function Tile({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className="rounded-box border border-line bg-surface px-5 py-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="tabular text-2xl font-semibold tracking-tight">{children}</dd>
      {note && <dd className="text-xs text-muted">{note}</dd>}
    </div>
  );
}

/** `2026-11` in words. */
function useMonths() {
  const { i18n } = useTranslation();
  const format = (options: Intl.DateTimeFormatOptions) => {
    const words = new Intl.DateTimeFormat(i18n.language, { ...options, timeZone: 'UTC' });
    return (month: string) => words.format(new Date(`${month}-01T00:00:00Z`));
  };
  return { short: format({ month: 'short' }), long: format({ month: 'long', year: 'numeric' }) };
}

function NumbersOverTime({ months }: Pick<Overview, 'months'>) {
  const { t, i18n } = useTranslation('overview');
  const { short, long } = useMonths();
  const say = (value: number) => value.toLocaleString(i18n.language);
  return (
    <ChartFrame
      title={t('numbers')}
      lead={t('numbersLead')}
      columns={[t('month'), t('count')]}
      rows={months.map(({ month, numbers }) => [long(month), say(numbers)])}
      draw={(width) => (
        <ColumnChart
          width={width}
          format={say}
          columns={months.map(({ month, numbers }) => ({
            key: month,
            label: short(month),
            value: numbers,
            title: `${long(month)}: ${say(numbers)}`,
          }))}
        />
      )}
    />
  );
}

function CostOverTime({ months }: Pick<Overview, 'months'>) {
  const { t, i18n } = useTranslation('overview');
  const { money } = useMoney();
  const { short, long } = useMonths();
  const axis = new Intl.NumberFormat(i18n.language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
  });
  return (
    <ChartFrame
      title={t('cost')}
      lead={t('costLead')}
      columns={[t('month'), t('costColumn')]}
      rows={months.map(({ month, monthly_cost }) => [long(month), money(monthly_cost)])}
      draw={(width) => (
        <ColumnChart
          width={width}
          format={(value) => axis.format(value)}
          columns={months.map(({ month, monthly_cost }) => ({
            key: month,
            label: short(month),
            // How high a column is; what it says stays text.
            value: Number(monthly_cost),
            title: `${long(month)}: ${money(monthly_cost)}`,
          }))}
        />
      )}
    />
  );
}

function ByCountry({ countries }: Pick<Overview, 'countries'>) {
  const { t, i18n } = useTranslation('overview');
  const { money } = useMoney();
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
  const nameOf = (country: string | null) =>
    country === null ? t('elsewhere') : (names.of(country) ?? country);
  return (
    <ChartFrame
      title={t('countries')}
      columns={[t('country'), t('count'), t('costColumn')]}
      rows={countries.map(({ country, numbers, monthly_cost }) => [
        nameOf(country),
        numbers.toLocaleString(i18n.language),
        money(monthly_cost),
      ])}
      draw={() => (
        <BarList
          bars={countries.map(({ country, numbers, monthly_cost }) => ({
            key: country ?? '',
            label: (
              <>
                <Flag country={country} />
                {nameOf(country)}
              </>
            ),
            value: numbers,
            note: `${numbers.toLocaleString(i18n.language)} · ${money(monthly_cost)}`,
          }))}
        />
      )}
    />
  );
}
