import type { Event } from '@talkturo/client';

export type FieldsOfEvent = Record<string, unknown>;

interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields that are different since the event, as they were and as they are. */
export function changesOf(event: Event): Change[] {
  const before = fieldsIn(event.before);
  const after = fieldsIn(event.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: before[field], after: after[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .filter((change) => !isNothing(change.before) || !isNothing(change.after));
}

/** What stands in the line above already, as the name of what it happened to. */
const SAID_ABOVE = ['phone_number', 'name', 'url', 'email'];

/** What else the event says. */
export function restOf(event: Event): { field: string; value: unknown }[] {
  return Object.entries(fieldsIn(event.data))
    .filter(([field, value]) => !SAID_ABOVE.includes(field) && !isNothing(value))
    .map(([field, value]) => ({ field, value }));
}

function fieldsIn(value: unknown): FieldsOfEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FieldsOfEvent) : {};
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined;
}
