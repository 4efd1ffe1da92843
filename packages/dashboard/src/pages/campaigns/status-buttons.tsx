import { CircleCheck, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useChangeStatus } from './change-status.ts';
import type { ListedCampaign } from './queries.ts';
import { statusOf } from './status.tsx';

/** What a campaign can become from here. Completing is for good, so it asks. */
export function StatusButtons({ campaign }: { campaign: ListedCampaign }) {
  const { t } = useTranslation('campaigns');
  const change = useChangeStatus(campaign);
  const [completing, setCompleting] = useState(false);
  const status = statusOf(campaign);
  return (
    <>
      {status === 'running' && (
        <Button busy={change.isPending} onClick={() => change.mutate('paused')}>
          <Pause aria-hidden className="size-4" />
          {t('pause')}
        </Button>
      )}
      {(status === 'draft' || status === 'paused') && (
        <Button look="primary" busy={change.isPending} onClick={() => change.mutate('running')}>
          <Play aria-hidden className="size-4" />
          {t(status === 'draft' ? 'start' : 'resume')}
        </Button>
      )}
      {(status === 'running' || status === 'paused') && (
        <Button onClick={() => setCompleting(true)}>
          <CircleCheck aria-hidden className="size-4" />
          {t('complete')}
        </Button>
      )}
      <Confirm
        open={completing}
        onClose={() => setCompleting(false)}
        title={t('completeTitle', { name: campaign.name })}
        action={t('complete')}
        onConfirm={() => {
          setCompleting(false);
          change.mutate('completed');
        }}
      >
        <p className="text-sm">{t('completeLead')}</p>
      </Confirm>
    </>
  );
}

/** Start or pause, in a row of the list. */
export function QuickStatusButton({ campaign }: { campaign: ListedCampaign }) {
  const { t } = useTranslation('campaigns');
  const change = useChangeStatus(campaign);
  const status = statusOf(campaign);
  if (status === 'completed') return null;
  const { name } = campaign;
  // Not disabled: whoever just pressed it keeps the focus.
  const become = (next: 'running' | 'paused') => !change.isPending && change.mutate(next);
  return status === 'running' ? (
    <IconButton
      label={t('pauseNamed', { name })}
      aria-busy={change.isPending}
      onClick={() => become('paused')}
    >
      <Pause aria-hidden className="size-4.5" />
    </IconButton>
  ) : (
    <IconButton
      label={t('startNamed', { name })}
      aria-busy={change.isPending}
      onClick={() => become('running')}
    >
      <Play aria-hidden className="size-4.5" />
    </IconButton>
  );
}
