import type { Condition, ListQuery, SimRecord, SimStore } from './store.ts';

interface Entry {
  id: string;
  position: number;
  record: SimRecord;
}

/** Fields with an index: look-ups by them cost the same with 10 and with 100,000 records. */
const INDEXED_FIELDS = ['customer_reference', 'phone_number'] as const;

class Collection {
  readonly byId = new Map<string, Entry>();
  /** In the order of insertion; a deleted entry leaves a hole until the next compaction. */
  private inOrder: (Entry | undefined)[] = [];
  private readonly indexes = new Map<string, Map<string, Set<Entry>>>(
    INDEXED_FIELDS.map((field) => [field, new Map()]),
  );

  put(id: string, record: SimRecord): void {
    const existing = this.byId.get(id);
    if (existing) {
      this.unindex(existing);
      existing.record = record;
      this.index(existing);
      return;
    }
    const entry = { id, position: this.inOrder.length, record };
    this.byId.set(id, entry);
    this.inOrder.push(entry);
    this.index(entry);
  }

  delete(id: string): void {
    const entry = this.byId.get(id);
    if (!entry) return;
    this.byId.delete(id);
    this.unindex(entry);
    this.inOrder[entry.position] = undefined;
    if (this.inOrder.length > 1_000 && this.inOrder.length > this.byId.size * 2) this.compact();
  }

  /** Entries that may match, oldest first, holes included. */
  candidates(where: NonNullable<ListQuery['where']>): readonly (Entry | undefined)[] {
    for (const [field, values] of this.indexes) {
      const wanted = where[field];
      if (typeof wanted !== 'string') continue;
      return [...(values.get(wanted) ?? [])].sort((a, b) => a.position - b.position);
    }
    return this.inOrder;
  }

  private compact(): void {
    this.inOrder = this.inOrder.filter((entry) => entry !== undefined);
    for (const [position, entry] of this.inOrder.entries()) if (entry) entry.position = position;
  }

  private index(entry: Entry): void {
    for (const [field, values] of this.indexes) {
      const value = entry.record[field];
      if (typeof value !== 'string') continue;
      const entries = values.get(value);
      if (entries) entries.add(entry);
      else values.set(value, new Set([entry]));
    }
  }

  private unindex(entry: Entry): void {
    for (const [field, values] of this.indexes) {
      const value = entry.record[field];
      if (typeof value !== 'string') continue;
      const entries = values.get(value);
      entries?.delete(entry);
      if (entries?.size === 0) values.delete(value);
    }
  }
}

function satisfies(value: unknown, condition: Condition): boolean {
  if (value === undefined || value === null) return false;
  const text = typeof value === 'string' ? value : String(value);
  if (typeof condition === 'string') return text === condition;
  if (condition.lt !== undefined && !(text < condition.lt)) return false;
  if (condition.lte !== undefined && !(text <= condition.lte)) return false;
  if (condition.gt !== undefined && !(text > condition.gt)) return false;
  if (condition.gte !== undefined && !(text >= condition.gte)) return false;
  return condition.contains === undefined || text.includes(condition.contains);
}

function listNewestFirst(collection: Collection, { where = {}, offset, limit }: ListQuery) {
  const conditions = Object.entries(where);
  const candidates = collection.candidates(where);
  const records: SimRecord[] = [];
  let total = 0;
  for (let at = candidates.length - 1; at >= 0; at--) {
    const entry = candidates[at];
    if (!entry || !conditions.every(([field, condition]) => satisfies(entry.record[field], condition)))
      continue;
    if (total >= offset && records.length < limit) records.push(entry.record);
    total++;
  }
  return { records, total };
}

/** A store in this process's memory, gone when the process ends. */
export function memoryStore(): SimStore {
  const collections = new Map<string, Collection>();
  const collectionOf = (name: string): Collection => {
    const existing = collections.get(name);
    if (existing) return existing;
    const created = new Collection();
    collections.set(name, created);
    return created;
  };
  const insert = (collection: Collection, id: string, record: SimRecord): boolean => {
    if (collection.byId.has(id)) return false;
    collection.put(id, record);
    return true;
  };
  return {
    insert: async (name, id, record) => insert(collectionOf(name), id, record),
    get: async (name, id) => collectionOf(name).byId.get(id)?.record,
    put: async (name, id, record) => collectionOf(name).put(id, record),
    delete: async (name, id) => collectionOf(name).delete(id),
    list: async (name, query) => listNewestFirst(collectionOf(name), query),
    insertMany: async (name, entries) => {
      const collection = collectionOf(name);
      return entries.map(({ id, record }) => insert(collection, id, record));
    },
    getMany: async (name, ids) => {
      const { byId } = collectionOf(name);
      return ids.map((id) => byId.get(id)?.record);
    },
    putMany: async (name, entries) => {
      const collection = collectionOf(name);
      for (const { id, record } of entries) collection.put(id, record);
    },
    clear: async (name) => void collections.delete(name),
  };
}
