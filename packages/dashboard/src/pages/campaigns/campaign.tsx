import { type Campaign, NotFoundError } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { Card, Notice, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSavedForm } from '../../ui/saved-form.ts';
import { toast } from '../../ui/toast.tsx';
import { CampaignFields } from './campaign-fields.tsx';
import { DeleteCampaign } from './delete-campaign.tsx';
import { draftOf, fieldsOf } from './draft.ts';
import { FromNumbers } from './from-numbers.tsx';
import { campaignQuery, noteCampaign } from './queries.ts';
import { CampaignBadge, statusOf } from './status.tsx';
import { StatusButtons } from './status-buttons.tsx';

const route = getRouteApi('/signed-in/app/campaigns/$id');

/** One campaign: its state, with whom and from which numbers it calls. */
export function CampaignPage() {
  const { t } = useTranslation(['campaigns', 'common']);
  const { id } = route.useParams();
  const found = useQuery(campaignQuery(useWorkspace(), id));
  const [deleting, setDeleting] = useState(false);
  const trail = <TextLink to="/campaigns">{t('title')}</TextLink>;
  if (!found.data) {
    const isGone = found.error instanceof NotFoundError;
    return (
      <Page title={t('one')} trail={trail}>
        {found.isPending && <Waiting lines={6} />}
        <Problem error={found.error} {...(!isGone && { onRetry: () => void found.refetch() })} />
      </Page>
    );
  }
  const campaign = found.data;
  const isRunning = campaign.status === 'running';
  return (
    <Page
      title={campaign.name}
      trail={trail}
      actions={
        <>
          <StatusButtons campaign={campaign} />
          {!isRunning && (
            <Button onClick={() => setDeleting(true)}>
              <Trash2 aria-hidden className="size-4" />
              {t('delete')}
            </Button>
          )}
        </>
      }
    >
      <div className="space-y-6">
        <StateOf campaign={campaign} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <FromNumbers key={campaign.id} campaign={campaign} />
          <Settings key={`settings of ${campaign.id}`} campaign={campaign} />
        </div>
      </div>
      {deleting && <DeleteCampaign campaign={campaign} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

/** What its status means, and what it needs before it can start. */
function StateOf({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const status = statusOf(campaign);
  const needsAssistant = campaign.assistant_id === null;
  const needsNumbers = campaign.from_numbers.length === 0;
  const canStart = status === 'draft' || status === 'paused';
  return (
    <div className="space-y-3">
      <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        <CampaignBadge campaign={campaign} />
        <span>{t(`meanings.${status}`)}</span>
      </p>
      {canStart && (needsAssistant || needsNumbers) && (
        <Notice tone="warn" title={t('needs')}>
          <ul className="list-disc pl-5">
            {needsAssistant && <li>{t('needsAssistant')}</li>}
            {needsNumbers && <li>{t('needsNumbers')}</li>}
          </ul>
        </Notice>
      )}
      {status === 'running' && needsNumbers && <Notice tone="warn">{t('runsWithoutNumbers')}</Notice>}
    </div>
  );
}

function Settings({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const workspace = useWorkspace();
  const { draft, set, changes, isChanged, settle } = useSavedForm(draftOf(campaign));
  const isFinal = campaign.status === 'completed';
  const save = useMutation({
    mutationFn: () => workspace.client.campaigns.update(campaign.id, fieldsOf(changes)),
    onSuccess: ({ campaign: saved }) => {
      settle(draftOf(saved));
      toast(t('saved', { name: saved.name }));
      return noteCampaign(workspace, saved);
    },
  });
  const { assistant_id, assistant_name } = campaign;
  return (
    <Card title={t('settings')}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          if (isChanged) save.mutate();
          else toast(t('common:nothingChanged'));
        }}
      >
        <CampaignFields
          draft={draft}
          onChange={set}
          error={save.error}
          disabled={isFinal}
          assistant={assistant_id === null ? undefined : { id: assistant_id, name: assistant_name ?? '' }}
        />
        <Problem error={save.error} />
        {!isFinal && (
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" busy={save.isPending}>
              {t('common:save')}
            </Button>
            {isChanged && !save.isPending && (
              <span className="text-sm text-muted">{t('common:notSavedYet')}</span>
            )}
          </div>
        )}
      </form>
    </Card>
  );
}
