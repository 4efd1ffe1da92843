import { and, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { simulatedCarrierRecords as records } from './schema.ts';

/** What the simulated carrier keeps: plain JSON under a collection and an id. */
export type SimulatedRecord = { [field: string]: unknown };

interface Entry {
  id: string;
  record: SimulatedRecord;
}

/** Equality with a text, or all the given comparisons. */
type Condition = string | { lt?: string; lte?: string; gt?: string; gte?: string; contains?: string };

const sameRecord = (collection: string, id: string) =>
  and(eq(records.collection, collection), eq(records.id, id));

/**
 * The simulated carrier's memory, in the service's own database: several servers share one simulated carrier, and
 * it survives a restart together with the numbers that were bought from it.
 */
export function simulatedCarrierStore(db: Db) {
  return {
    async insert(collection: string, id: string, record: SimulatedRecord): Promise<boolean> {
      const inserted = await db
        .insert(records)
        .values({ collection, id, record })
        .onConflictDoNothing()
        .returning({ id: records.id });
      return inserted.length > 0;
    },

    async insertMany(collection: string, entries: readonly Entry[]): Promise<boolean[]> {
      if (entries.length === 0) return [];
      const rows = entries.map(({ id, record }) => ({ collection, id, record }));
      const inserted = await db
        .insert(records)
        .values(rows)
        .onConflictDoNothing()
        .returning({ id: records.id });
      const ids = new Set(inserted.map((row) => row.id));
      // Of two entries with one id the first is the one that went in.
      return entries.map(({ id }) => ids.delete(id));
    },

    async get(collection: string, id: string): Promise<SimulatedRecord | undefined> {
      const [row] = await db
        .select({ record: records.record })
        .from(records)
        .where(sameRecord(collection, id));
      return row?.record as SimulatedRecord | undefined;
    },

    async getMany(collection: string, ids: readonly string[]): Promise<(SimulatedRecord | undefined)[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .select({ id: records.id, record: records.record })
        .from(records)
        .where(and(eq(records.collection, collection), inArray(records.id, [...ids])));
      const found = new Map(rows.map((row) => [row.id, row.record as SimulatedRecord]));
      return ids.map((id) => found.get(id));
    },

    async put(collection: string, id: string, record: SimulatedRecord): Promise<void> {
      await db
        .insert(records)
        .values({ collection, id, record })
        .onConflictDoUpdate({ target: [records.collection, records.id], set: { record } });
    },

    async putMany(collection: string, entries: readonly Entry[]): Promise<void> {
      // One statement may not touch a row twice: the last entry of an id counts.
      const rows = [...new Map(entries.map(({ id, record }) => [id, { collection, id, record }])).values()];
      if (rows.length === 0) return;
      await db
        .insert(records)
        .values(rows)
        .onConflictDoUpdate({
          target: [records.collection, records.id],
          set: { record: sql`excluded.record` },
        });
    },

    async clear(collection: string): Promise<void> {
      await db.delete(records).where(eq(records.collection, collection));
    },

    async delete(collection: string, id: string): Promise<void> {
      await db.delete(records).where(sameRecord(collection, id));
    },

    /** Newest first; `total` counts all that match. */
    async list(
      collection: string,
      query: { where?: { [field: string]: Condition }; offset: number; limit: number },
    ): Promise<{ records: SimulatedRecord[]; total: number }> {
      const matching = and(
        eq(records.collection, collection),
        ...Object.entries(query.where ?? {}).flatMap(conditions),
      );
      const [found, [counted]] = await Promise.all([
        db
          .select({ record: records.record })
          .from(records)
          .where(matching)
          .orderBy(desc(records.seq))
          .offset(query.offset)
          .limit(query.limit),
        db.select({ total: count() }).from(records).where(matching),
      ]);
      return { records: found.map((row) => row.record as SimulatedRecord), total: counted?.total ?? 0 };
    },
  };
}

function conditions([field, condition]: [string, Condition]): SQL[] {
  // As text and byte by byte, like the simulator's own memory does it.
  const value = sql`(${records.record} ->> ${field}) collate "C"`;
  if (typeof condition === 'string') return [equals(field, condition)];
  const { lt, lte, gt, gte, contains } = condition;
  return [
    ...(lt === undefined ? [] : [sql`${value} < ${lt}`]),
    ...(lte === undefined ? [] : [sql`${value} <= ${lte}`]),
    ...(gt === undefined ? [] : [sql`${value} > ${gt}`]),
    ...(gte === undefined ? [] : [sql`${value} >= ${gte}`]),
    ...(contains === undefined ? [] : [sql`strpos(${value}, ${contains}) > 0`]),
  ];
}

/** As containment, which the index on the records serves; a text that JSON reads as a number or boolean means that too. */
function equals(field: string, text: string): SQL {
  const values: unknown[] = /^(true|false|-?\d{1,15}(\.\d+)?)$/.test(text)
    ? [text, JSON.parse(text)]
    : [text];
  const containments = values.map(
    (value) => sql`${records.record} @> ${JSON.stringify({ [field]: value })}::jsonb`,
  );
  return sql`(${sql.join(containments, sql` or `)})`;
}
