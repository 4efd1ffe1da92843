import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, Suspense, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';

interface ChartFrameProps {
  title: string;
  lead?: string;
  /** Above the picture: what it is about. */
  controls?: ReactNode;
  columns: readonly string[];
  /** The same as the picture shows, as text; the first cell of a row says what the row is. */
  rows: readonly (readonly string[])[];
  /** @param width that there is for the picture, px */
  draw: (width: number) => ReactNode;
}

/** A picture, and the same as a table: always there for readers, and in the picture's place for who wants it. */
export function ChartFrame({ title, lead, controls, columns, rows, draw }: ChartFrameProps) {
  const { t } = useTranslation('overview');
  const [asTable, setAsTable] = useState(false);
  const [place, width] = useWidth();
  return (
    <section aria-label={title} className="min-w-0 rounded-box border border-line bg-surface p-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="font-semibold">{title}</h2>
          {lead && <p className="text-sm text-muted">{lead}</p>}
        </div>
        <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} className="px-2!">
          {asTable ? (
            <ChartColumn aria-hidden className="size-4" />
          ) : (
            <Table2 aria-hidden className="size-4" />
          )}
          <span className="sr-only">
            {t('showTable')}: {title}
          </span>
        </Button>
      </div>
      {controls}
      <div ref={place} aria-hidden className="min-w-0">
        {!asTable && width > 0 && <Suspense fallback={<div className="h-48" />}>{draw(width)}</Suspense>}
      </div>
      <div className={asTable ? '' : 'sr-only'}>
        <table aria-label={title} className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-left">
              {columns.map((column) => (
                <th key={column} scope="col" className="py-1.5 pr-4 text-xs font-medium text-muted">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...rest]) => (
              <tr key={first} className="border-b border-line last:border-0">
                <th scope="row" className="py-1.5 pr-4 text-left font-normal">
                  {first}
                </th>
                {rest.map((cell, index) => (
                  <td key={columns[index + 1]} className="tabular py-1.5 pr-4">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The width that an element has, also after the window has changed. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}
