import type { Event, PhoneNumber } from '@talkturo/client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { assistantChoicesQuery } from './queries.ts';

const PAGE_LIMIT = 20;

/** What happened to the number, and who did it. */
export function Timeline({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { client, scope } = useWorkspace();
  const events = useInfiniteQuery({
    // A change of the number is in the key's neighbour: both are refreshed together.
    queryKey: [...scope, 'number', number.id, 'events'],
    queryFn: ({ pageParam, signal }) =>
      client.phoneNumbers
        .events(
          number.id,
          { limit: PAGE_LIMIT, ...(pageParam !== null && { cursor: pageParam }) },
          { signal },
        )
        .page(),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  });
  return (
    <Card title={t('timeline.title')}>
      {events.isPending && <Waiting lines={4} />}
      <Problem error={events.error} onRetry={() => void events.refetch()} />
      {events.data && (
        <ol className="relative space-y-4 border-l border-line pl-5">
          {events.data.pages
            .flatMap((page) => page.events)
            .map((event) => (
              <TimelineEntry key={event.id} event={event} />
            ))}
        </ol>
      )}
      {events.hasNextPage && (
        <Button className="mt-4" onClick={() => void events.fetchNextPage()} busy={events.isFetchingNextPage}>
          {t('timeline.older')}
        </Button>
      )}
    </Card>
  );
}

const KNOWN = [
  'purchase_started',
  'purchased',
  'purchase_failed',
  'updated',
  'flagged',
  'assigned',
  'unassigned',
  'routing_failed',
  'release_started',
  'restored',
  'released',
  'lost',
  'trial_expiring',
  'trial_expired',
  'trial_converted',
  'suspended',
  'suspension_ending',
  'reactivated',
  'given_back',
] as const;

function TimelineEntry({ event }: { event: Event }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { dateTime } = useTimes();
  const name = event.type.split('.')[1];
  const known = KNOWN.find((each) => each === name);
  const who = event.actor.name ?? t(`timeline.actor.${event.actor.type as 'system'}`);
  return (
    <li className="relative text-sm">
      <span
        aria-hidden
        className="absolute top-1.5 -left-[1.56rem] size-2.5 rounded-full bg-accent ring-4 ring-surface"
      />
      <p className="font-medium">
        {known ? t(`timeline.event.${known}`) : event.type}
        <Details event={event} />
      </p>
      <p className="text-muted">
        <time dateTime={event.created_at}>{dateTime(event.created_at)}</time> · {who}
        {event.actor.type === 'key' && ` (${t('timeline.actor.key')})`}
      </p>
    </li>
  );
}

/** The one thing that one wants to know besides: which label, which lock, why. */
function Details({ event }: { event: Event }) {
  const { t } = useTranslation(['numbers', 'common']);
  const assistants = useQuery(assistantChoicesQuery(useWorkspace()));
  const before = fieldsOf(event.before);
  const after = fieldsOf(event.after);
  const parts = [
    before.label !== after.label &&
      (typeof after.label === 'string' ? `“${after.label}”` : after.label === null && t('timeline.noLabel')),
    before.deletion_lock !== after.deletion_lock &&
      (after.deletion_lock === true
        ? t('timeline.locked')
        : after.deletion_lock === false && t('timeline.unlocked')),
    typeof after.assistant_id === 'string' &&
      assistants.data?.find(({ id }) => id === after.assistant_id)?.name,
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? <span className="font-normal">: {parts.join(', ')}</span> : null;
}

function fieldsOf(change: unknown): Record<string, unknown> {
  return typeof change === 'object' && change !== null ? (change as Record<string, unknown>) : {};
}
