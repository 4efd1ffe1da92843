import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { simulatedCarrierRecords as records } from './schema.ts';

/** What the simulated carrier keeps: plain JSON under a collection and an id. */
export type SimulatedRecord = { [field: string]: unknown };

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

    async get(collection: string, id: string): Promise<SimulatedRecord | undefined> {
      const [row] = await db
        .select({ record: records.record })
        .from(records)
        .where(sameRecord(collection, id));
      return row?.record as SimulatedRecord | undefined;
    },

    async put(collection: string, id: string, record: SimulatedRecord): Promise<void> {
      await db
        .insert(records)
        .values({ collection, id, record })
        .onConflictDoUpdate({ target: [records.collection, records.id], set: { record } });
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
  // The containment is what the index on the records serves.
  if (typeof condition === 'string') {
    return [
      sql`(${records.record} @> ${JSON.stringify({ [field]: condition })}::jsonb or ${value} = ${condition})`,
    ];
  }
  const { lt, lte, gt, gte, contains } = condition;
  return [
    ...(lt === undefined ? [] : [sql`${value} < ${lt}`]),
    ...(lte === undefined ? [] : [sql`${value} <= ${lte}`]),
    ...(gt === undefined ? [] : [sql`${value} > ${gt}`]),
    ...(gte === undefined ? [] : [sql`${value} >= ${gte}`]),
    ...(contains === undefined ? [] : [sql`strpos(${value}, ${contains}) > 0`]),
  ];
}
