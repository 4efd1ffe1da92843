import type { WebhookEndpoint } from '@talkturo/client';
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../ui/page.tsx';
import { type EndpointState, stateOf } from './queries.ts';

const TONES: Record<EndpointState, Tone> = {
  on: 'ok',
  off: 'neutral',
  failing: 'warn',
  switchedOff: 'danger',
};

export function StateBadge({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const state = stateOf(endpoint);
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}
