/** A stored document: plain JSON. */
export type SimRecord = { [field: string]: unknown };

/** Equality with a text, or all the given comparisons. */
export type Condition = string | { lt?: string; lte?: string; gt?: string; gte?: string; contains?: string };

export interface ListQuery {
  where?: { [field: string]: Condition };
  offset: number;
  limit: number;
}

/**
 * Where the simulator keeps all its state. A host may keep it in its own database, shared by several processes.
 *
 * Conditions look at top-level fields as text (a number or boolean as JSON would write it), compare them byte by byte,
 * and never match a field that is missing or null. The last four methods are optional shortcuts: without them the
 * simulator calls the others one by one.
 */
export interface SimStore {
  /** Stores a new record. Atomic: false, and nothing changed, where the id exists. */
  insert(collection: string, id: string, record: SimRecord): Promise<boolean>;
  get(collection: string, id: string): Promise<SimRecord | undefined>;
  /** Stores or replaces; a replaced record keeps its place in `list`. */
  put(collection: string, id: string, record: SimRecord): Promise<void>;
  /** No error where there is no such record. */
  delete(collection: string, id: string): Promise<void>;
  /** Newest inserted first. `total` counts all that match, whatever the limit; a limit of 0 asks only for it. */
  list(collection: string, query: ListQuery): Promise<{ records: SimRecord[]; total: number }>;
  /** `insert` for many; answers in the same order. */
  insertMany?(collection: string, entries: readonly StoreEntry[]): Promise<boolean[]>;
  /** `get` for many; answers in the same order. */
  getMany?(collection: string, ids: readonly string[]): Promise<(SimRecord | undefined)[]>;
  /** `put` for many. */
  putMany?(collection: string, entries: readonly StoreEntry[]): Promise<void>;
  /** Deletes every record of a collection. */
  clear?(collection: string): Promise<void>;
}

export interface StoreEntry {
  id: string;
  record: SimRecord;
}

/** Each stored record carries its id, so that what `list` answers is enough to delete it. */
function named({ id, record }: StoreEntry): StoreEntry {
  return { id, record: { ...record, store_id: id } };
}

/** A store with all methods: those that `store` lacks are made of the required ones. */
export function withBulkMethods(store: SimStore): Required<SimStore> {
  return {
    insert: (collection, id, record) => store.insert(collection, id, named({ id, record }).record),
    get: (collection, id) => store.get(collection, id),
    put: (collection, id, record) => store.put(collection, id, named({ id, record }).record),
    delete: (collection, id) => store.delete(collection, id),
    list: (collection, query) => store.list(collection, query),
    insertMany: async (collection, entries) => {
      const namedEntries = entries.map(named);
      if (store.insertMany) return store.insertMany(collection, namedEntries);
      const inserted: boolean[] = [];
      for (const { id, record } of namedEntries) inserted.push(await store.insert(collection, id, record));
      return inserted;
    },
    getMany: async (collection, ids) => {
      if (store.getMany) return store.getMany(collection, ids);
      return Promise.all(ids.map((id) => store.get(collection, id)));
    },
    putMany: async (collection, entries) => {
      const namedEntries = entries.map(named);
      if (store.putMany) return store.putMany(collection, namedEntries);
      await Promise.all(namedEntries.map(({ id, record }) => store.put(collection, id, record)));
    },
    clear: async (collection) => {
      if (store.clear) return store.clear(collection);
      await clearOneByOne(store, collection);
    },
  };
}

async function clearOneByOne(store: SimStore, collection: string): Promise<void> {
  for (;;) {
    const { records } = await store.list(collection, { offset: 0, limit: 500 });
    if (records.length === 0) return;
    for (const record of records) await store.delete(collection, String(record.store_id));
  }
}
