import type { ReactNode } from 'react';

export interface ListColumn {
  name: string;
  /** The name is there for readers only, as over buttons. */
  hidden?: boolean;
  /** From which width on there is room for it. */
  from?: 'sm' | 'md' | 'lg';
  align?: 'right';
}

const ROOM = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
} as const;

function classesOf({ from, align }: ListColumn): string {
  return `${from ? ROOM[from] : ''} ${align === 'right' ? 'text-right' : 'text-left'}`;
}

interface ListTableProps<Item> {
  label: string;
  columns: readonly ListColumn[];
  items: readonly Item[];
  idOf: (item: Item) => string;
  /** The cells of a row, one for each column. The first says what the row is. */
  cellsOf: (item: Item) => readonly ReactNode[];
}

/** A list of up to some hundred rows. On narrow screens the first cell says what has no column. */
export function ListTable<Item>({ label, columns, items, idOf, cellsOf }: ListTableProps<Item>) {
  return (
    <div className="overflow-x-auto rounded-box border border-line bg-surface">
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={`px-4 py-2.5 text-xs font-medium whitespace-nowrap text-muted ${classesOf(column)}`}
              >
                {column.hidden ? <span className="sr-only">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={idOf(item)} className="border-b border-line last:border-0 hover:bg-sunken/60">
              {cellsOf(item).map((cell, index) => {
                const column = columns[index];
                if (!column) return null;
                return (
                  <td key={column.name} className={`px-4 py-3 align-middle ${classesOf(column)}`}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
