/**
 * Reading the carrier's JSON without trusting it. The SDK's types say what the carrier documents; what arrives
 * through a proxy, a changed API or an outage may be anything.
 */

export type JsonRecord = Record<string, unknown>;

/** An answer that came with a 2xx but cannot be understood: nothing may be concluded from it. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text in a field, null where it is missing, empty or not a text. */
export function textIn(record: JsonRecord, field: string): string | null {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The records of a list, without what is no record; empty where there is no list. */
export function recordsIn(record: JsonRecord, field: string): JsonRecord[] {
  const value = record[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** An id as text. Numbers of the carrier have int64 ids: as a JSON number, a large one arrives with wrong digits. */
export function idIn(record: JsonRecord): string | null {
  const { id } = record;
  return Number.isSafeInteger(id) ? String(id) : textIn(record, 'id');
}

/** The record under `data`. */
export function dataRecord(answer: unknown): JsonRecord {
  if (isRecord(answer) && isRecord(answer.data)) return answer.data;
  throw new UnreadableAnswer('the answer has no record under "data"');
}

/** The list under `data`. A missing list is not an empty one. */
export function dataList(answer: unknown): JsonRecord[] {
  if (isRecord(answer) && Array.isArray(answer.data)) return recordsIn(answer, 'data');
  throw new UnreadableAnswer('the answer has no list under "data"');
}
