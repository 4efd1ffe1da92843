/** Rows that one statement takes: a statement has at most 65,535 parameters, and a row up to twenty. */
const BATCH = 1_000;

/** Many rows, a statement's worth at a time. */
export function* batchesOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}
