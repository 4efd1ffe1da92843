/** As many to a page as the API gives, unless said otherwise. */
export const PAGE_LIMIT = 100;

/** What the request for a page says besides its filters. */
export interface Next {
  cursor?: string;
}

type ItemsOf<Page, Key extends keyof Page> = Page[Key] extends readonly (infer Item)[] ? Item : never;

/**
 * A list, asked for page by page while it is gone through with `for await`. Nothing is asked for before that.
 */
export class Listing<Page, Key extends keyof Page> implements AsyncIterable<ItemsOf<Page, Key>> {
  readonly #key: Key;
  readonly #get: (next: Next) => Promise<Page>;

  constructor(key: Key, get: (next: Next) => Promise<Page>) {
    this.#key = key;
    this.#get = get;
  }

  /** One page, as the API answers it: the first, or the one behind the `cursor` that was asked for. */
  page(): Promise<Page> {
    return this.#get({});
  }

  /** All of it, page after page. */
  async all(): Promise<ItemsOf<Page, Key>[]> {
    const items: ItemsOf<Page, Key>[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ItemsOf<Page, Key>, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#get(cursor === undefined ? {} : { cursor });
      yield* page[this.#key] as Iterable<ItemsOf<Page, Key>>;
      cursor = (page as { next_cursor?: string | null }).next_cursor ?? undefined;
    } while (cursor !== undefined);
  }
}
