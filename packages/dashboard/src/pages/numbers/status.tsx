import type { PhoneNumber } from '@talkturo/client';
import { useTranslation } from 'react-i18next';
import { daysUntil } from '../../format/time.ts';
import { Badge, type Tone } from '../../ui/page.tsx';
import { type Status, statusOf } from './status-names.ts';

const TONES: Record<Status, Tone> = {
  purchasing: 'accent',
  active: 'ok',
  suspended: 'warn',
  releasing: 'neutral',
  released: 'neutral',
  error: 'danger',
};

export function StatusBadge({ number }: { number: Pick<PhoneNumber, 'status'> }) {
  const { t } = useTranslation('numbers');
  const status = statusOf(number);
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}

/** Days that are left of a trial, where it is one. */
export function TrialBadge({
  number,
}: {
  number: Pick<PhoneNumber, 'is_trial' | 'trial_expires_at' | 'status'>;
}) {
  const { t } = useTranslation('numbers');
  if (!number.is_trial || number.trial_expires_at === null) return null;
  const days = daysUntil(number.trial_expires_at);
  return <Badge tone={days <= 1 ? 'danger' : 'warn'}>{t('trialLeft', { count: days })}</Badge>;
}
