import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { EmptyState, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { SearchedList } from '../../ui/searched-list.tsx';
import { CreateCampaign } from './create-campaign.tsx';
import { campaignsQuery, type ListedCampaign } from './queries.ts';
import { CampaignBadge, STATUSES } from './status.tsx';
import { QuickStatusButton } from './status-buttons.tsx';

const route = getRouteApi('/signed-in/app/campaigns');

export function CampaignsPage() {
  const { t } = useTranslation(['campaigns', 'common']);
  const list = useQuery(campaignsQuery(useWorkspace()));
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={list.data && list.data.length > 0 && create}>
      {list.isPending && <Waiting lines={6} />}
      {list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState icon={<Megaphone />} title={t('emptyTitle')} action={create}>
          {t('empty')}
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && (
        <div className="space-y-6">
          <Found campaigns={list.data} />
          <StatusMeanings />
        </div>
      )}
      {creating && <CreateCampaign onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Found({ campaigns }: { campaigns: ListedCampaign[] }) {
  const { t } = useTranslation(['campaigns', 'common']);
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SearchedList
      items={campaigns}
      search={search}
      onSearch={(wanted) => void navigate({ search: wanted === '' ? {} : { search: wanted }, replace: true })}
      label={t('search')}
      nothingFound={t('nothingFound')}
    >
      {(found) => <CampaignTable campaigns={found} />}
    </SearchedList>
  );
}

function CampaignTable({ campaigns }: { campaigns: ListedCampaign[] }) {
  const { t } = useTranslation('campaigns');
  return (
    <ListTable
      label={t('title')}
      columns={[
        { name: t('name') },
        { name: t('status'), from: 'sm' },
        { name: t('assistant'), from: 'md' },
        { name: t('numbersColumn'), from: 'sm', align: 'right' },
        { name: t('dailyCapShort'), from: 'lg', align: 'right' },
        { name: t('actions'), hidden: true, align: 'right' },
      ]}
      items={campaigns}
      idOf={({ id }) => id}
      cellsOf={(campaign) => [
        <div key="name">
          <TextLink to="/campaigns/$id" params={{ id: campaign.id }} className="wrap-anywhere">
            {campaign.name}
          </TextLink>
          <span className="mt-1 flex sm:hidden">
            <CampaignBadge campaign={campaign} />
          </span>
        </div>,
        <CampaignBadge key="status" campaign={campaign} />,
        campaign.assistant_name ?? <span className="text-muted">–</span>,
        <span key="numbers" className="tabular">
          {campaign.phone_number_count}
        </span>,
        <span key="cap" className="tabular">
          {campaign.daily_cap_per_number ?? <span className="text-muted">{t('noCap')}</span>}
        </span>,
        <QuickStatusButton key="actions" campaign={campaign} />,
      ]}
    />
  );
}

/** What each status means, for who sees it for the first time. */
function StatusMeanings() {
  const { t } = useTranslation('campaigns');
  return (
    <details className="group rounded-box border border-line bg-surface">
      <summary className="rounded-box px-4 py-2.5 text-sm group-open:rounded-b-none font-medium hover:bg-sunken">
        {t('meaningsTitle')}
      </summary>
      <dl className="grid gap-x-6 gap-y-3 border-t border-line p-4 text-sm sm:grid-cols-[auto_1fr]">
        {STATUSES.map((status) => (
          <div key={status} className="space-y-1 sm:contents">
            <dt>
              <CampaignBadge campaign={{ status }} />
            </dt>
            <dd>{t(`meanings.${status}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
