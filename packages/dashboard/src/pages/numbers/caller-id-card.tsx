import type { PhoneNumber } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Badge, Card, Waiting } from '../../ui/page.tsx';
import { campaignsOfNumberQuery, numberCallsQuery } from './queries.ts';

/** Which campaigns show the number when they call, and how often it was used lately. */
export function CallerIdCard({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const campaigns = useQuery(campaignsOfNumberQuery(workspace, number.id));
  const calls = useQuery(numberCallsQuery(workspace, number.id));
  const sum = (name: 'outbound_calls' | 'answered' | 'spam_flags') =>
    calls.data?.reduce((total, day) => total + day[name], 0) ?? 0;
  return (
    <Card title={t('callerId.title')}>
      {campaigns.isPending ? (
        <Waiting lines={2} />
      ) : campaigns.data && campaigns.data.length > 0 ? (
        <ul className="space-y-1.5">
          {campaigns.data.map(({ id, name, status }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <span className="wrap-anywhere">{name}</span>
              <Badge tone={status === 'running' ? 'ok' : 'neutral'}>
                {t(`callerId.status.${status as 'running'}`)}
              </Badge>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">{t('callerId.none')}</p>
      )}
      {calls.data && (
        <p className="tabular mt-3 border-t border-line pt-3 text-sm text-muted">
          {t('callerId.calls', { count: sum('outbound_calls') })} ·{' '}
          {t('callerId.answered', { count: sum('answered') })}
          {sum('spam_flags') > 0 && ` · ${t('callerId.flags', { count: sum('spam_flags') })}`}
        </p>
      )}
    </Card>
  );
}
