import type { PhoneNumber } from '@talkturo/client';
import { Link } from '@tanstack/react-router';
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { formatPhone, usePhones } from '../../format/phone.ts';
import { useTimes } from '../../format/time.ts';
import { Flag } from '../../ui/flag.tsx';
import { SORTS, type SortColumn } from './search-params.ts';
import { StatusBadge, TrialBadge } from './status.tsx';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

type Column = ColumnDef<typeof features, PhoneNumber>;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What each column is sorted by; what is not there comes last. */
const VALUES: Record<SortColumn, (number: PhoneNumber) => string | number | undefined> = {
  phone_number: (number) => number.phone_number,
  label: (number) => number.label ?? undefined,
  type: (number) => formatPhone(number.phone_number).type,
  status: (number) => number.status,
  assistant_name: (number) => number.assistant_name ?? undefined,
  monthly_price: (number) => (number.monthly_price === null ? undefined : Number(number.monthly_price)),
  created_by_name: (number) => number.created_by_name ?? undefined,
  created_at: (number) => number.created_at,
};

const columns: Column[] = SORTS.map((id) => ({
  id,
  accessorFn: VALUES[id],
  sortUndefined: 'last',
  sortFn: (one, other) => compare(one.getValue(id), other.getValue(id)),
}));

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

/** Which columns a screen has room for, from the widest to the narrowest. */
const GRID =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 md:grid-cols-[minmax(13rem,1.4fr)_minmax(0,1fr)_8rem_minmax(0,1fr)_6.5rem] xl:grid-cols-[minmax(13rem,1.5fr)_minmax(0,1.1fr)_5.5rem_8rem_minmax(0,1.1fr)_6.5rem_minmax(0,1fr)_7rem]';

const WIDE = 'hidden xl:block';
const MEDIUM = 'hidden md:block';

const PLACES: Record<SortColumn, string> = {
  phone_number: '',
  label: MEDIUM,
  type: WIDE,
  status: MEDIUM,
  assistant_name: MEDIUM,
  monthly_price: 'text-right',
  created_by_name: WIDE,
  created_at: WIDE,
};

const NAMES = {
  phone_number: 'number',
  label: 'label',
  type: 'type',
  status: 'status',
  assistant_name: 'assistant',
  monthly_price: 'price',
  created_by_name: 'boughtBy',
  created_at: 'since',
} as const satisfies Record<SortColumn, string>;

/** A guess until a row has been measured, px. */
const ROW_HEIGHT = 61;

interface NumbersTableProps {
  numbers: PhoneNumber[];
  sort: SortColumn | `-${SortColumn}` | undefined;
  onSort: (sort: SortColumn | `-${SortColumn}`) => void;
}

/** Only the rows in sight are drawn, so that ten thousand scroll like ten. */
export function NumbersTable({ numbers, sort = '-created_at', onSort }: NumbersTableProps) {
  const { t } = useTranslation('numbers');
  const sorting = useMemo<SortingState>(
    () => [{ id: sort.replace('-', ''), desc: sort.startsWith('-') }],
    [sort],
  );
  const table = useTable({ features, columns, data: numbers, state: { sorting } });
  const { rows } = table.getRowModel();

  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (box.current) setTop(box.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.original.id ?? index,
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a <table> that is laid out as a grid is no table to readers
    <div
      role="table"
      aria-label={t('title')}
      aria-rowcount={rows.length + 1}
      className="rounded-box border border-line bg-surface"
    >
      {/* biome-ignore-start lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: rows and cells of a table take no focus */}
      <div
        role="row"
        aria-rowindex={1}
        className={`${GRID} sticky top-(--bar) z-10 rounded-t-box border-b border-line bg-surface py-1`}
      >
        {SORTS.map((column) => (
          <SortHeader key={column} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div ref={box} role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            role="row"
            data-index={index}
            aria-rowindex={index + 2}
            ref={virtualizer.measureElement}
            style={{ transform: `translateY(${start - top}px)` }}
            className={`${GRID} absolute inset-x-0 top-0 border-b border-line py-2.5 last:border-b-0 text-sm hover:bg-sunken/60`}
          >
            <Row number={rows[index]?.original as PhoneNumber} />
          </div>
        ))}
      </div>
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: see above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: see above */}
    </div>
  );
}

function SortHeader({
  column,
  sort,
  onSort,
}: {
  column: SortColumn;
  sort: string;
  onSort: NumbersTableProps['onSort'];
}) {
  const { t } = useTranslation('numbers');
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  const Arrow = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[direction];
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a table that is laid out as a grid
    // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus
    <div role="columnheader" aria-sort={direction} className={PLACES[column]}>
      <button
        type="button"
        onClick={() => onSort(direction === 'ascending' ? `-${column}` : column)}
        className="inline-flex min-h-8 max-w-full items-center gap-1 rounded-md text-xs font-medium text-muted hover:text-ink"
      >
        <span className="truncate">{t(`columns.${NAMES[column]}`)}</span>
        <Arrow aria-hidden className={`size-3.5 shrink-0 ${direction === 'none' ? 'opacity-40' : ''}`} />
      </button>
    </div>
  );
}

function Row({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { money } = useMoney();
  const { date } = useTimes();
  const { national, country, type } = usePhones()(number.phone_number);
  const nothing = <span className="text-muted">–</span>;
  return (
    <>
      <Cell column="phone_number">
        <Link
          to="/numbers/$id"
          params={{ id: number.id }}
          className="flex items-center gap-2.5 rounded-md font-medium hover:text-accent hover:underline"
        >
          <Flag country={country} />
          <span className="tabular whitespace-nowrap">{national}</span>
        </Link>
        {/* Where there is no room for columns. */}
        <span className="mt-1 flex flex-wrap items-center gap-1.5 md:hidden">
          <StatusBadge number={number} />
          <TrialBadge number={number} />
          {number.label !== null && <span className="text-muted">{number.label}</span>}
        </span>
      </Cell>
      <Cell column="label">
        <span className="block truncate">{number.label ?? nothing}</span>
      </Cell>
      <Cell column="type">{t(`type.${type}`)}</Cell>
      <Cell column="status">
        <span className="flex flex-col items-start gap-1">
          <StatusBadge number={number} />
          <TrialBadge number={number} />
        </span>
      </Cell>
      <Cell column="assistant_name">
        <span className="block truncate">{number.assistant_name ?? nothing}</span>
      </Cell>
      <Cell column="monthly_price">
        <span className="tabular">
          {number.monthly_price === null ? nothing : money(number.monthly_price)}
        </span>
      </Cell>
      <Cell column="created_by_name">
        <span className="block truncate" title={number.created_by_email ?? undefined}>
          {number.created_by_name ?? nothing}
        </span>
      </Cell>
      <Cell column="created_at">
        <span className="whitespace-nowrap">{date(number.created_at)}</span>
      </Cell>
    </>
  );
}

function Cell({ column, children }: { column: SortColumn; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a table that is laid out as a grid
    <div role="cell" className={`min-w-0 ${PLACES[column]}`}>
      {children}
    </div>
  );
}
