import { lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { rateLimits } from './schema.ts';

/** The largest portion that one server takes at a time. */
const MAX_PORTION = 50;

/** One part in so many of what is left: the less there is, the less one server keeps from the others. */
const PARTS = 10;

/** What a server was given of a limit. */
export interface Taken {
  bucket: string;
  windowStart: Date;
  granted: number;
  /** By all servers together, with what was granted now. */
  used: number;
}

/**
 * Takes a portion of what is left of each limit in a window, in one statement: servers that do so at the same time
 * wait for each other at the rows, so together they are never granted more than there is. They go through the rows in
 * one order, so none waits for another that waits for it.
 *
 * A row of the window before counts as unused. Where the row is of the next window, another server's clock is a
 * little ahead: then that window counts, because to go back would forget what was used in it. Rows from further
 * ahead come from a clock that was wrong, and are started afresh.
 * @param buckets of limits with the same figures, each once
 */
export async function takePortions(
  db: Db,
  { most, windowMs }: { most: number; windowMs: number },
  windowStart: Date,
  buckets: readonly string[],
): Promise<Taken[]> {
  const first = portionOf(sql`${most}::int`);
  const counts = sql`${rateLimits.windowStart} between excluded.window_start and excluded.window_start + ${windowMs}::int * interval '1 millisecond'`;
  const used = sql`case when ${counts} then ${rateLimits.used} else 0 end`;
  const next = portionOf(sql`(${most}::int - ${used})`);
  return db
    .insert(rateLimits)
    .select(
      sql`select bucket, ${windowStart}::timestamptz, ${first}, ${first} from unnest(${sql.param(buckets.toSorted())}::text[]) as bucket`,
    )
    .onConflictDoUpdate({
      target: rateLimits.bucket,
      set: {
        windowStart: sql`case when ${counts} then ${rateLimits.windowStart} else excluded.window_start end`,
        used: sql`${used} + ${next}`,
        granted: next,
      },
    })
    .returning();
}

function portionOf(left: SQL): SQL<number> {
  return sql`greatest(0, least(${left}, ${MAX_PORTION}::int, greatest(1, ceil(${left} / ${PARTS}::numeric)::int)))`;
}

/** @returns how many were deleted */
export async function deleteRateLimits(db: Db, startedBefore: Date): Promise<number> {
  const deleted = await db
    .delete(rateLimits)
    .where(lt(rateLimits.windowStart, startedBefore))
    .returning({ bucket: rateLimits.bucket });
  return deleted.length;
}
