import type { WebhookDelivery } from '@talkturo/client';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../ui/page.tsx';

export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

const TONES: Record<string, Tone> = { pending: 'accent', succeeded: 'ok', failed: 'danger' };

export function DeliveryBadge({ status }: Pick<WebhookDelivery, 'status'>) {
  const { t } = useTranslation('webhooks');
  return <Badge tone={TONES[status] ?? 'neutral'}>{t(`statuses.${status as DeliveryStatus}`)}</Badge>;
}
