import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Phone, Plus, SearchX } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EmptyState, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ListFilters } from './list-filters.tsx';
import { ListSummary } from './list-summary.tsx';
import { narrow } from './narrow.ts';
import { NumbersTable } from './numbers-table.tsx';
import { numbersQuery } from './queries.ts';
import type { NumbersSearch } from './search-params.ts';

const route = getRouteApi('/signed-in/app/numbers');

/** While something is being bought the list is looked at anew, ms. */
const LOOK_MS = 5_000;

/** The team's numbers: what there is, what it costs, and where it is. */
export function NumbersPage() {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const wish = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({
    ...numbersQuery(workspace),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ numbers }) => numbers.some(({ status }) => status === 'purchasing'))
        ? LOOK_MS
        : false,
  });

  // All of them, so that sorting and searching are about all of them.
  const { hasNextPage, isFetching, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  const numbers = useMemo(() => list.data?.pages.flatMap((page) => page.numbers) ?? [], [list.data]);
  // Typing goes first, the table follows.
  const settled = useDeferredValue(wish);
  const shown = useMemo(() => narrow(numbers, settled), [numbers, settled]);
  const change = (search: NumbersSearch) => void navigate({ search, replace: true });
  const totals = list.data?.pages.at(-1);

  return (
    <Page
      title={t('title')}
      actions={
        <LinkButton look="primary" to="/numbers/buy">
          <Plus aria-hidden className="size-4" />
          {t('buy')}
        </LinkButton>
      }
    >
      {list.isPending && <Waiting lines={6} />}
      {list.error && (
        <div className="mb-4">
          <Problem error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {totals && <ListSummary count={totals.count} monthlyCost={totals.monthly_cost} />}
      {totals && totals.count === 0 && (
        <EmptyState
          icon={<Phone />}
          title={t('emptyTitle')}
          action={
            <LinkButton look="primary" to="/numbers/buy">
              {t('buyFirst')}
            </LinkButton>
          }
        >
          {t('empty')}
        </EmptyState>
      )}
      {totals && totals.count > 0 && (
        <>
          <ListFilters
            wish={wish}
            onChange={change}
            numbers={numbers}
            shown={shown.length}
            isComplete={!hasNextPage}
          />
          {shown.length === 0 ? (
            <EmptyState
              icon={<SearchX />}
              title={t('nothingFound')}
              action={<Button onClick={() => change({})}>{t('showAll')}</Button>}
            >
              {t('nothingFoundHint')}
            </EmptyState>
          ) : (
            <NumbersTable numbers={shown} sort={wish.sort} onSort={(sort) => change({ ...wish, sort })} />
          )}
        </>
      )}
    </Page>
  );
}
