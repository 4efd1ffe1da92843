import type { WebhookEndpoint } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { useEventTypes } from '../activity/event-types.ts';
import { RecordLink } from '../activity/record-link.tsx';
import { DeliveryBadge } from './delivery-badge.tsx';
import { useDeliveriesKey, useEndpointChange } from './queries.ts';

/** How often to look while it is on its way, ms. */
const LOOK_MS = 1_500;

interface DeliveryDialogProps {
  endpoint: WebhookEndpoint;
  deliveryId: string;
  mayWrite: boolean;
  onClose: () => void;
}

/** One delivery with its attempts, and sending it once more. */
export function DeliveryDialog({ endpoint, deliveryId, mayWrite, onClose }: DeliveryDialogProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const { client } = useWorkspace();
  const { dateTime } = useTimes();
  const { nameOf } = useEventTypes();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...useDeliveriesKey(endpoint.id), deliveryId],
    queryFn: async ({ signal }) =>
      (await client.webhookEndpoints.getDelivery(endpoint.id, deliveryId, { signal })).delivery,
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? LOOK_MS : false),
  });
  const redeliver = useEndpointChange(() => client.webhookEndpoints.redeliver(endpoint.id, deliveryId));
  return (
    <Dialog
      open
      onClose={onClose}
      title={data ? nameOf(data.event_type) : t('delivery')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:close')}</Button>
          {mayWrite && data && (
            <Button
              look="primary"
              busy={redeliver.isPending}
              disabled={!endpoint.enabled || data.status === 'pending'}
              onClick={() => redeliver.mutate(undefined, { onSuccess: () => toast(t('redelivered')) })}
            >
              {t('redeliver')}
            </Button>
          )}
        </>
      }
    >
      {isPending && <Waiting lines={4} />}
      {!data && <Problem error={error} onRetry={() => void refetch()} />}
      <Problem error={redeliver.error} />
      {data && (
        <div className="space-y-4">
          {!endpoint.enabled && <p className="text-sm text-muted">{t('redeliverOff')}</p>}
          <Facts>
            <Fact name={t('status')}>
              <DeliveryBadge status={data.status} />
              {data.next_attempt_at !== null && data.status === 'pending' && (
                <p className="mt-1 text-muted">{t('nextAttempt', { at: dateTime(data.next_attempt_at) })}</p>
              )}
            </Fact>
            <Fact name={t('when')}>{dateTime(data.created_at)}</Fact>
            <Fact name={t('record')}>
              <RecordLink id={data.subject} />
            </Fact>
            <Fact name={t('event')}>
              <code className="text-xs">{data.event_type}</code>
            </Fact>
          </Facts>
          <h3 className="font-semibold">{t('attempts')}</h3>
          {data.attempts.length === 0 && <p className="text-sm text-muted">{t('noAttempts')}</p>}
          <ol className="space-y-3">
            {data.attempts.toReversed().map((attempt) => (
              <Attempt key={attempt.at + attempt.attempt} attempt={attempt} />
            ))}
          </ol>
        </div>
      )}
    </Dialog>
  );
}

interface AttemptProps {
  attempt: {
    attempt: number;
    status: string;
    at: string;
    duration_ms: number | null;
    response_status: number | null;
    response_body: string | null;
    error: string | null;
  };
}

function Attempt({ attempt }: AttemptProps) {
  const { t } = useTranslation('webhooks');
  const { dateTime } = useTimes();
  const { response_status, response_body, duration_ms, error } = attempt;
  return (
    <li className="rounded-lg border border-line p-3 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex items-center gap-2 font-medium">
          {t('attempt', { number: attempt.attempt })}
          <DeliveryBadge status={attempt.status} />
        </span>
        <span className="text-muted">
          {dateTime(attempt.at)}
          {duration_ms !== null && `, ${t('took', { ms: duration_ms })}`}
        </span>
      </div>
      {response_status !== null && <p className="mt-1">{t('answered', { status: response_status })}</p>}
      {error !== null && <p className="mt-1 text-danger wrap-anywhere">{error}</p>}
      {response_status !== null &&
        (response_body ? (
          <figure className="mt-2">
            <figcaption className="text-xs text-muted">{t('bodyOf')}</figcaption>
            <pre className="mt-1 rounded-md bg-sunken p-2 text-xs whitespace-pre-wrap wrap-anywhere">
              {response_body}
            </pre>
          </figure>
        ) : (
          <p className="mt-1 text-muted">{t('noBody')}</p>
        ))}
    </li>
  );
}
