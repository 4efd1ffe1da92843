/** A part of a long list. */
export interface Page<Row> {
  rows: Row[];
  /** Where the next page starts, null on the last one. */
  nextCursor: string | null;
}

/** The page that begins a list of which one row more was asked for: that one tells whether there is a next page. */
export function pageOf<Row>(oneMore: Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const rows = oneMore.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: oneMore.length > limit && last !== undefined ? cursorOf(last) : null };
}
