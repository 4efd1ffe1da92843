import { dataList, isRecord, type JsonRecord, UnreadableAnswer } from './json-fields.ts';

/** The most that Telnyx gives on a page. */
const PAGE_SIZE = 250;

/** A million records: more means that the carrier's paging does not end. */
const MOST_PAGES = 4000;

export interface PageQuery {
  'page[number]': number;
  'page[size]': number;
}

/**
 * The pages of a list, one in memory at a time. Not the SDK's own paging, which never ends where the carrier
 * leaves out `meta.total_pages`.
 *
 * @throws UnreadableAnswer where the list cannot be read to its end: a look that was cut off proves no absence.
 */
export async function* pagesOf(ask: (page: PageQuery) => Promise<unknown>): AsyncGenerator<JsonRecord[]> {
  let previous = '';
  for (let number = 1; number <= MOST_PAGES; number++) {
    const answer = await ask({ 'page[number]': number, 'page[size]': PAGE_SIZE });
    const records = dataList(answer);
    if (records.length === 0) return;
    const ids = JSON.stringify(records.map((record) => record.id));
    if (ids === previous) throw new UnreadableAnswer(`page ${number} is the page before it again`);
    yield records;
    if (isLast(answer, number, records.length)) return;
    previous = ids;
  }
  throw new UnreadableAnswer(`the list has more than ${MOST_PAGES} pages`);
}

function isLast(answer: unknown, number: number, count: number): boolean {
  const meta = isRecord(answer) && isRecord(answer.meta) ? answer.meta : {};
  if (typeof meta.total_pages === 'number') return number >= meta.total_pages;
  // The carrier may give smaller pages than it was asked for.
  const size = typeof meta.page_size === 'number' ? meta.page_size : PAGE_SIZE;
  return count < size;
}
