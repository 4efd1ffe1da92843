import type { Assistant } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { Badge, EmptyState, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { SearchedList } from '../../ui/searched-list.tsx';
import { CreateAssistant } from './create-assistant.tsx';
import { templateOf } from './draft.ts';
import { assistantsQuery } from './queries.ts';

const route = getRouteApi('/signed-in/app/assistants');

export function AssistantsPage() {
  const { t } = useTranslation(['assistants', 'common']);
  const list = useQuery(assistantsQuery(useWorkspace()));
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
        <EmptyState icon={<Bot />} title={t('emptyTitle')} action={create}>
          {t('empty')}
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && <Found assistants={list.data} />}
      {creating && <CreateAssistant onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Found({ assistants }: { assistants: Assistant[] }) {
  const { t } = useTranslation(['assistants', 'common']);
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SearchedList
      items={assistants}
      search={search}
      onSearch={(wanted) => void navigate({ search: wanted === '' ? {} : { search: wanted }, replace: true })}
      label={t('search')}
      nothingFound={t('nothingFound')}
    >
      {(found) => <AssistantTable assistants={found} />}
    </SearchedList>
  );
}

function AssistantTable({ assistants }: { assistants: Assistant[] }) {
  const { t } = useTranslation('assistants');
  const { date } = useTimes();
  return (
    <ListTable
      label={t('title')}
      columns={[
        { name: t('name') },
        { name: t('template'), from: 'md' },
        { name: t('calls'), from: 'sm' },
        { name: t('numbersColumn'), align: 'right' },
        { name: t('since'), from: 'lg' },
      ]}
      items={assistants}
      idOf={({ id }) => id}
      cellsOf={(assistant) => [
        <div key="name">
          <TextLink to="/assistants/$id" params={{ id: assistant.id }} className="wrap-anywhere">
            {assistant.name}
          </TextLink>
          <span className="mt-1 flex flex-wrap gap-1.5 sm:hidden">
            <Directions assistant={assistant} />
          </span>
        </div>,
        t(`templates.${templateOf(assistant)}`),
        <span key="calls" className="flex flex-wrap gap-1.5">
          <Directions assistant={assistant} />
        </span>,
        <span key="numbers" className="tabular">
          {assistant.phone_number_count}
        </span>,
        <span key="since" className="whitespace-nowrap">
          {date(assistant.created_at)}
        </span>,
      ]}
    />
  );
}

function Directions({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation('assistants');
  if (!assistant.inbound_enabled && !assistant.outbound_enabled)
    return <Badge tone="warn">{t('neither')}</Badge>;
  return (
    <>
      {assistant.inbound_enabled && <Badge tone="ok">{t('inboundShort')}</Badge>}
      {assistant.outbound_enabled && <Badge tone="accent">{t('outboundShort')}</Badge>}
    </>
  );
}
