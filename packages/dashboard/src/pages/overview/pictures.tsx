import { lazy } from 'react';

/* The pictures come after the page: what they show stands in its tables by then. */

export const BarList = lazy(async () => ({ default: (await import('./bar-list.tsx')).BarList }));

export const ColumnChart = lazy(async () => ({ default: (await import('./column-chart.tsx')).ColumnChart }));
