import { type EventFilter, isEventFilter } from './event-types.ts';

/** What of the activity stands in the address. */
export interface ActivitySearch {
  type?: EventFilter;
  /** The id of a record. */
  subject?: string;
}

export function readActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const { type, subject } = search;
  return {
    ...(isEventFilter(type) && { type }),
    ...(typeof subject === 'string' && subject !== '' && { subject }),
  };
}
