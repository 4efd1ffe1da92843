import type { WebhookDelivery, WebhookEndpoint } from '@talkturo/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Choice } from '../../ui/form.tsx';
import { ListTable } from '../../ui/list-table.tsx';
import { More } from '../../ui/more.tsx';
import { EmptyState, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useEventTypes } from '../activity/event-types.ts';
import { DELIVERY_STATUSES, DeliveryBadge, type DeliveryStatus } from './delivery-badge.tsx';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { useDeliveriesKey } from './queries.ts';

/** How often to look while something is on its way, ms. */
const LOOK_MS = 2_000;
/** How often to look whether there is something new, ms. */
const CALM_LOOK_MS = 15_000;

const PAGE_SIZE = 25;

/** What was sent to an endpoint, and what came of it. */
export function Deliveries({ endpoint, mayWrite }: { endpoint: WebhookEndpoint; mayWrite: boolean }) {
  const { t } = useTranslation('webhooks');
  const { client } = useWorkspace();
  const [status, setStatus] = useState<DeliveryStatus | 'all'>('all');
  const [shown, setShown] = useState<string | null>(null);
  const key = useDeliveriesKey(endpoint.id);
  const deliveries = useInfiniteQuery({
    queryKey: [...key, 'list', status],
    queryFn: ({ pageParam, signal }) =>
      client.webhookEndpoints
        .deliveries(
          endpoint.id,
          {
            limit: PAGE_SIZE,
            ...(status !== 'all' && { status }),
            ...(pageParam !== null && { cursor: pageParam }),
          },
          { signal },
        )
        .page(),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Only the first page: looking at many again and again would use up the requests of the hour.
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      if (pages.length !== 1) return false;
      return pages[0]?.deliveries.some((each) => each.status === 'pending') ? LOOK_MS : CALM_LOOK_MS;
    },
  });
  const items = (deliveries.data?.pages ?? []).flatMap((page) => page.deliveries);
  return (
    <section aria-labelledby="deliveries">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="deliveries" className="text-lg font-semibold">
            {t('deliveries')}
          </h2>
          <p className="text-sm text-muted">{t('deliveriesLead')}</p>
        </div>
        <Choice
          label={t('status')}
          value={status}
          options={(['all', ...DELIVERY_STATUSES] as const).map((value) => ({
            value,
            label: t(`statuses.${value}`),
          }))}
          onChange={setStatus}
        />
      </div>
      {deliveries.isPending && <Waiting lines={4} />}
      {!deliveries.data && <Problem error={deliveries.error} onRetry={() => void deliveries.refetch()} />}
      {deliveries.data && items.length === 0 && (
        <EmptyState icon={<Send />} title={status === 'all' ? t('noDeliveriesTitle') : t('noneOfStatus')}>
          {status === 'all' && t('noDeliveries')}
        </EmptyState>
      )}
      {items.length > 0 && (
        <>
          <DeliveryTable deliveries={items} onOpen={setShown} />
          <More list={deliveries} more={t('loadMore')} />
        </>
      )}
      {shown !== null && (
        <DeliveryDialog
          endpoint={endpoint}
          deliveryId={shown}
          mayWrite={mayWrite}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}

function DeliveryTable({
  deliveries,
  onOpen,
}: {
  deliveries: WebhookDelivery[];
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('webhooks');
  const { dateTime } = useTimes();
  const { nameOf } = useEventTypes();
  return (
    <ListTable
      label={t('deliveries')}
      columns={[
        { name: t('event') },
        { name: t('status') },
        { name: t('attempts'), from: 'md', align: 'right' },
        { name: t('answer'), from: 'sm' },
        { name: t('when'), from: 'lg' },
      ]}
      items={deliveries}
      idOf={({ id }) => id}
      cellsOf={(delivery) => [
        <div key="event">
          <button
            type="button"
            onClick={() => onOpen(delivery.id)}
            className="text-left font-medium text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
          >
            {nameOf(delivery.event_type)}
          </button>
          <p className="text-muted lg:hidden">{dateTime(delivery.created_at)}</p>
        </div>,
        <DeliveryBadge key="status" status={delivery.status} />,
        <span key="attempts" className="tabular">
          {delivery.attempt_count}
        </span>,
        answerOf(delivery, t('noAnswer')),
        dateTime(delivery.created_at),
      ]}
    />
  );
}

function answerOf({ response_status, attempt_count }: WebhookDelivery, none: string) {
  if (response_status !== null) return <span className="tabular">{response_status}</span>;
  return attempt_count === 0 ? '–' : <span className="text-muted">{none}</span>;
}
