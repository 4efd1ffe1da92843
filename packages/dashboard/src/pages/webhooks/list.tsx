import type { WebhookEndpoint } from '@talkturo/client';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { isAtLeast } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { EmptyState, Notice, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { EndpointDialog } from './endpoint-form.tsx';
import { EndpointSecret } from './endpoint-secret.tsx';
import { type EndpointDraft, useEndpointChange, useEndpoints } from './queries.ts';
import { StateBadge } from './state-badge.tsx';

/** The team's webhook endpoints in this mode. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const { client, team } = useWorkspace();
  const navigate = useNavigate();
  const endpoints = useEndpoints();
  const [adding, setAdding] = useState(false);
  const mayWrite = isAtLeast(team.role, 'admin');
  const create = useEndpointChange((draft: EndpointDraft) => client.webhookEndpoints.create(draft));
  const made = create.data?.endpoint;
  const save = (draft: EndpointDraft) =>
    create.mutate(draft, {
      onSuccess: () => {
        setAdding(false);
        toast(t('created'));
      },
    });
  const add = mayWrite && (
    <Button look="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden className="size-4" />
      {t('add')}
    </Button>
  );
  const isEmpty = endpoints.data?.length === 0;
  return (
    <Page title={t('title')} lead={t('lead')} actions={!isEmpty && add}>
      {endpoints.isPending && <Waiting />}
      {!endpoints.data && <Problem error={endpoints.error} onRetry={() => void endpoints.refetch()} />}
      {endpoints.data && !mayWrite && (
        <div className="mb-4">
          <Notice>{t('onlyAdmins')}</Notice>
        </div>
      )}
      {isEmpty && (
        <EmptyState icon={<Webhook />} title={t('emptyTitle')} action={add}>
          {t('empty')}
        </EmptyState>
      )}
      {endpoints.data && !isEmpty && <EndpointTable endpoints={endpoints.data} />}
      {adding && (
        <EndpointDialog
          title={t('add')}
          action={t('add')}
          onClose={() => {
            setAdding(false);
            create.reset();
          }}
          onSave={save}
          busy={create.isPending}
          error={create.error}
        />
      )}
      <EndpointSecret
        secret={made?.secret}
        onClose={() => {
          // Nothing of the secret stays in the page.
          create.reset();
          if (made) void navigate({ to: '/webhooks/$id', params: { id: made.id } });
        }}
      />
    </Page>
  );
}

function EndpointTable({ endpoints }: { endpoints: WebhookEndpoint[] }) {
  const { t } = useTranslation('webhooks');
  const { date } = useTimes();
  return (
    <ListTable
      label={t('title')}
      columns={[
        { name: t('address') },
        { name: t('events'), from: 'md' },
        { name: t('state') },
        { name: t('added'), from: 'lg' },
      ]}
      items={endpoints}
      idOf={({ id }) => id}
      cellsOf={(endpoint) => [
        <div key="address" className="min-w-0">
          <TextLink to="/webhooks/$id" params={{ id: endpoint.id }} className="wrap-anywhere">
            {endpoint.url}
          </TextLink>
          {endpoint.description && <p className="text-muted">{endpoint.description}</p>}
        </div>,
        endpoint.types.length === 0 ? t('allEvents') : t('countOfTypes', { count: endpoint.types.length }),
        <StateBadge key="state" endpoint={endpoint} />,
        date(endpoint.created_at),
      ]}
    />
  );
}
