import type { ApiKey } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { isAtLeast } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Badge, EmptyState, Notice, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { CreateKey } from './create-key.tsx';
import { EditKey } from './edit-key.tsx';
import { apiKeysQuery, stateOf } from './queries.ts';
import { RevokeKey } from './revoke-key.tsx';

export function ApiKeysPage() {
  const { t } = useTranslation('apiKeys');
  const { team } = useWorkspace();
  if (isAtLeast(team.role, 'admin')) return <Keys />;
  return (
    <Page title={t('title')}>
      <Notice>{t('adminsOnly')}</Notice>
    </Page>
  );
}

function Keys() {
  const { t } = useTranslation('apiKeys');
  const list = useQuery(apiKeysQuery(useWorkspace()));
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      {t('create')}
    </Button>
  );
  const working = list.data?.filter((key) => stateOf(key) === 'works') ?? [];
  const ended = list.data?.filter((key) => stateOf(key) !== 'works') ?? [];
  return (
    <Page title={t('title')} lead={t('lead')} actions={working.length > 0 && create}>
      {list.isPending && <Waiting lines={6} />}
      {list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <div className="space-y-6">
          {working.length === 0 ? (
            <EmptyState icon={<KeyRound />} title={t('emptyTitle')} action={create}>
              {t('empty')}
            </EmptyState>
          ) : (
            <KeyList keys={working} />
          )}
          {ended.length > 0 && (
            <details>
              <summary className="w-fit rounded-md py-1 text-sm font-medium text-muted">
                {t('ended', { count: ended.length })}
              </summary>
              <div className="mt-3">
                <KeyList keys={ended} />
              </div>
            </details>
          )}
        </div>
      )}
      {creating && <CreateKey onClose={() => setCreating(false)} />}
    </Page>
  );
}

function KeyList({ keys }: { keys: ApiKey[] }) {
  return (
    <ul className="divide-y divide-line rounded-box border border-line bg-surface">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </ul>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation(['apiKeys', 'common']);
  const [open, setOpen] = useState<'edit' | 'revoke' | null>(null);
  const { name, prefix, mode } = apiKey;
  const state = stateOf(apiKey);
  return (
    <li className="flex items-start gap-3 px-4 py-4 text-sm sm:px-5">
      <div className="min-w-0 flex-1 space-y-2">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{name}</span>
          <Badge tone={mode === 'live' ? 'accent' : 'warn'}>
            {t(mode === 'live' ? 'common:mode.live' : 'common:mode.test')}
          </Badge>
          {state !== 'works' && <Badge tone="danger">{t(`states.${state}`)}</Badge>}
        </p>
        <p>
          <code className="rounded-md bg-sunken px-1.5 py-0.5 text-xs wrap-anywhere">{prefix}…</code>
        </p>
        <KeyFacts apiKey={apiKey} />
      </div>
      {state !== 'revoked' && (
        <div className="flex shrink-0">
          <IconButton label={t('editNamed', { name })} onClick={() => setOpen('edit')}>
            <Pencil aria-hidden className="size-4.5" />
          </IconButton>
          <IconButton label={t('revokeNamed', { name })} onClick={() => setOpen('revoke')}>
            <Trash2 aria-hidden className="size-4.5" />
          </IconButton>
        </div>
      )}
      {open === 'edit' && <EditKey apiKey={apiKey} onClose={() => setOpen(null)} />}
      {open === 'revoke' && <RevokeKey apiKey={apiKey} onClose={() => setOpen(null)} />}
    </li>
  );
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('apiKeys');
  const { date, dateTime } = useTimes();
  const { scopes, last_used_at, expires_at, revoked_at, created_by, created_at } = apiKey;
  const facts = [
    [t('scopes'), scopes.includes('*') ? t('everything') : scopes.join(', ')],
    [t('lastUsed'), last_used_at === null ? t('never') : dateTime(last_used_at)],
    revoked_at === null
      ? [t('expires'), expires_at === null ? t('never') : dateTime(expires_at)]
      : [t('revokedOn'), dateTime(revoked_at)],
    [t('madeBy'), `${created_by?.name ?? t('operator')}, ${date(created_at)}`],
  ];
  return (
    <dl className="grid gap-x-6 gap-y-1 text-muted sm:grid-cols-2 xl:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs">{name}</dt>
          <dd className="text-ink wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
