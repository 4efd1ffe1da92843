import type { paths } from '@talkturo/client';
import { useTranslation } from 'react-i18next';

/** A type of event, or all of an area, as the API's filters take it. */
export type EventFilter = NonNullable<paths['/api/events']['get']['parameters']['query']['type']>;

type EventType = Exclude<EventFilter, `${string}.*`>;
export type Area = EventType extends `${infer Before}.${string}` ? Before : never;
type NameIn<Each extends Area> = EventType extends infer Type
  ? Type extends `${Each}.${infer Name}`
    ? Name
    : never
  : never;

/** A name for each type of event there is, no more and no less. */
export type TypeNames = { [Each in Area]: { [Name in NameIn<Each>]: string } };

/** All types of events with their names, by their areas. */
export function useEventTypes() {
  const { t, i18n } = useTranslation('activity');
  const names: Record<string, Record<string, string>> = t('types', { returnObjects: true });
  const areas = Object.entries(names).map(([area, types]) => ({
    filter: `${area}.*` as EventFilter,
    name: t(`areas.${area as Area}`),
    types: Object.entries(types).map(([type, name]) => ({ filter: `${area}.${type}` as EventFilter, name })),
  }));
  /** What a filter or a type stands for; one that this page does not know yet as it is. */
  const nameOf = (filter: string): string => {
    if (filter.endsWith('.*')) return areas.find((area) => area.filter === filter)?.name ?? filter;
    return i18n.exists(`activity:types.${filter}`) ? i18n.t(`activity:types.${filter}` as never) : filter;
  };
  return { areas, nameOf };
}

export function isEventFilter(text: unknown): text is EventFilter {
  return typeof text === 'string' && /^[a-z_]+\.([a-z_]+|\*)$/.test(text);
}
