import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';

interface Column {
  key: string;
  /** Under the column. */
  label: string;
  value: number;
  /** What a mouse over it shows. */
  title: string;
}

interface ColumnChartProps {
  columns: readonly Column[];
  width: number;
  /** A value of the left axis, in words. */
  format: (value: number) => string;
  /** A line across, with its words. */
  limit?: { value: number; label: string } | null;
}

const HEIGHT = 220;
const MARGIN = { top: 22, right: 4, bottom: 26, left: 52 };
/** Room that a label under a column wants, px. */
const LABEL_WIDTH = 46;

const TICK = { fill: 'var(--color-muted)', fontSize: 11, fontFamily: 'inherit' } as const;

/** Columns over time. Colours are the names of styles.css, so they follow light and dark by themselves. */
export function ColumnChart({ columns, width, format, limit }: ColumnChartProps) {
  const x = scaleBand({
    domain: columns.map(({ key }) => key),
    range: [MARGIN.left, width - MARGIN.right],
    padding: 0.3,
  });
  const highest = Math.max(...columns.map(({ value }) => value), limit?.value ?? 0, 1);
  const y = scaleLinear({ domain: [0, highest], range: [HEIGHT - MARGIN.bottom, MARGIN.top], nice: 4 });
  const labels = new Map(columns.map(({ key, label }) => [key, label]));
  const every = Math.max(1, Math.ceil((columns.length * LABEL_WIDTH) / (width - MARGIN.left)));
  const shown = columns.filter((_, index) => (columns.length - 1 - index) % every === 0);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      {y.ticks(4).map((tick) => (
        <line
          key={tick}
          x1={MARGIN.left}
          x2={width - MARGIN.right}
          y1={y(tick)}
          y2={y(tick)}
          stroke="var(--color-line)"
        />
      ))}
      {columns.map(({ key, value, title }) => (
        <Bar
          key={key}
          x={x(key)}
          y={y(value)}
          width={x.bandwidth()}
          height={Math.max(0, y(0) - y(value))}
          rx={3}
          fill={limit && value >= limit.value ? 'var(--color-danger)' : 'var(--color-accent)'}
        >
          <title>{title}</title>
        </Bar>
      ))}
      {limit && (
        <g>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(limit.value)}
            y2={y(limit.value)}
            stroke="var(--color-danger)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
          />
          <text
            x={width - MARGIN.right}
            y={y(limit.value) - 6}
            textAnchor="end"
            fontSize={11}
            fill="var(--color-danger)"
          >
            {limit.label}
          </text>
        </g>
      )}
      <AxisLeft
        left={MARGIN.left}
        scale={y}
        tickValues={y.ticks(4).filter((tick) => highest > 4 || Number.isInteger(tick))}
        tickFormat={(value) => format(Number(value))}
        hideAxisLine
        hideTicks
        tickLabelProps={{ ...TICK, textAnchor: 'end', dx: -4, dy: 4 }}
      />
      <AxisBottom
        top={HEIGHT - MARGIN.bottom}
        scale={x}
        tickValues={shown.map(({ key }) => key)}
        tickFormat={(key) => labels.get(key) ?? ''}
        stroke="var(--color-edge)"
        hideTicks
        tickLabelProps={{ ...TICK, textAnchor: 'middle' }}
      />
    </svg>
  );
}
