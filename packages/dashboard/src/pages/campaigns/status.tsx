import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '../../ui/page.tsx';

export const STATUSES = ['draft', 'running', 'paused', 'completed'] as const;
export type CampaignStatus = (typeof STATUSES)[number];

const TONES: Record<CampaignStatus, Tone> = {
  draft: 'neutral',
  running: 'ok',
  paused: 'warn',
  completed: 'accent',
};

export function statusOf({ status }: { status: string }): CampaignStatus {
  return STATUSES.find((each) => each === status) ?? 'draft';
}

export function CampaignBadge({ campaign }: { campaign: { status: string } }) {
  const { t } = useTranslation('campaigns');
  const status = statusOf(campaign);
  return <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>;
}
