import type { Overview } from '@talkturo/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { Field, Select } from '../../ui/form.tsx';
import { Card } from '../../ui/page.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { ColumnChart } from './pictures.tsx';

type BusyNumber = Overview['calls'][number];

/** A number's calls day by day against its cap; the busiest number first. */
export function CallsChart({ calls, days }: { calls: BusyNumber[]; days: number }) {
  const { t, i18n } = useTranslation('overview');
  const formatPhone = usePhones();
  const [chosen, setChosen] = useState<string | null>(null);
  const nameOf = ({ phone_number, label }: BusyNumber) => {
    const { national } = formatPhone(phone_number);
    return label === null ? national : `${national} · ${label}`;
  };
  const number = calls.find(({ id }) => id === chosen) ?? calls[0];
  if (!number)
    return (
      <Card title={t('calls')}>
        <p className="text-sm text-muted">{t('noCalls', { days })}</p>
      </Card>
    );
  const { daily_cap } = number;
  const say = (value: number) => value.toLocaleString(i18n.language);
  const dayIn = (options: Intl.DateTimeFormatOptions) => {
    const words = new Intl.DateTimeFormat(i18n.language, { ...options, timeZone: 'UTC' });
    return (day: string) => words.format(new Date(`${day}T00:00:00Z`));
  };
  const short = dayIn({ day: 'numeric', month: 'numeric' });
  const long = dayIn({ dateStyle: 'medium' });
  return (
    <ChartFrame
      title={t('calls')}
      lead={t('callsLead', { days })}
      controls={
        <Field label={t('number')} className="mb-4 sm:w-72">
          <Select value={number.id} onChange={(event) => setChosen(event.target.value)}>
            {calls.map((each) => (
              <option key={each.id} value={each.id}>
                {nameOf(each)}
              </option>
            ))}
          </Select>
        </Field>
      }
      columns={[t('day'), t('callsColumn'), t('capColumn')]}
      rows={number.days.map(({ day, outbound_calls }) => [
        long(day),
        say(outbound_calls),
        daily_cap === null ? t('noCap') : say(daily_cap),
      ])}
      draw={(width) => (
        <ColumnChart
          width={width}
          format={say}
          limit={daily_cap === null ? null : { value: daily_cap, label: t('cap', { cap: say(daily_cap) }) }}
          columns={number.days.map(({ day, outbound_calls }) => ({
            key: day,
            label: short(day),
            value: outbound_calls,
            title: `${long(day)}: ${say(outbound_calls)}`,
          }))}
        />
      )}
    />
  );
}
