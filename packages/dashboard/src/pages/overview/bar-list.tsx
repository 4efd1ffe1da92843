import { scaleLinear } from '@visx/scale';
import type { ReactNode } from 'react';

interface BarListProps {
  bars: readonly { key: string; label: ReactNode; value: number; note: string }[];
}

/** Bars that lie, one under the other: for names that want room. */
export function BarList({ bars }: BarListProps) {
  const share = scaleLinear({
    domain: [0, Math.max(...bars.map(({ value }) => value), 1)],
    range: [0, 100],
  });
  return (
    <ul className="space-y-3">
      {bars.map(({ key, label, value, note }) => (
        <li key={key} className="text-sm">
          <div className="mb-1 flex items-center justify-between gap-3">
            <span className="flex min-w-0 items-center gap-2 truncate">{label}</span>
            <span className="tabular shrink-0 text-muted">{note}</span>
          </div>
          <div className="h-2.5 rounded-full bg-sunken">
            <div className="h-full rounded-full bg-accent" style={{ width: `${share(value)}%` }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
