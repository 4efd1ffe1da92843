import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { History, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { More } from '../../ui/more.tsx';
import { EmptyState, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { byDay } from './by-day.ts';
import { EventItem } from './event-item.tsx';

const route = getRouteApi('/signed-in/app/activity');

const PAGE_SIZE = 50;

/** What happened in the team: who, what, when. */
export function ActivityPage() {
  const { t, i18n } = useTranslation('activity');
  const { client, scope } = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const isFiltered = Object.keys(search).length > 0;
  const events = useInfiniteQuery({
    queryKey: [...scope, 'events', search],
    queryFn: ({ pageParam, signal }) =>
      client.events
        .list({ ...search, limit: PAGE_SIZE, ...(pageParam !== null && { cursor: pageParam }) }, { signal })
        .page(),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const days = useMemo(
    () =>
      byDay(
        (events.data?.pages ?? []).flatMap((page) => page.events),
        i18n.language,
      ),
    [events.data, i18n.language],
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ActivityFilters search={search} onChange={(next) => void navigate({ search: next, replace: true })} />
      {events.isPending && <Waiting lines={8} />}
      {!events.data && <Problem error={events.error} onRetry={() => void events.refetch()} />}
      {events.data && days.length === 0 && (
        <EmptyState
          icon={isFiltered ? <SearchX /> : <History />}
          title={isFiltered ? t('noneTitle') : t('emptyTitle')}
          {...(isFiltered && {
            action: <Button onClick={() => void navigate({ search: {} })}>{t('clear')}</Button>,
          })}
        >
          {isFiltered ? t('none') : t('empty')}
        </EmptyState>
      )}
      <div className="space-y-6">
        {days.map(({ day, name, events: ofDay }) => (
          <section key={day}>
            <h2 className="mb-2 text-sm font-semibold text-muted">
              {name === 'today' || name === 'yesterday' ? t(name) : name}
            </h2>
            <ol className="divide-y divide-line rounded-box border border-line bg-surface">
              {ofDay.map((event) => (
                <EventItem key={event.id} event={event} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {days.length > 0 && <More list={events} more={t('more')} end={t('end')} />}
    </Page>
  );
}
