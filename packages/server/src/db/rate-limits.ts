import { lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { rateLimits } from './schema.ts';

/** The largest portion that one server takes at a time. */
const MAX_PORTION = 50;

/** One part in so many of what is left: the less there is, the less one server keeps from the others. */
const PARTS = 10;

/** What a server was given of a limit. */
export interface Taken {
  windowStart: Date;
  granted: number;
  /** By all servers together, with what was granted now. */
  used: number;
}

/**
 * Takes a portion of what is left of a limit in a window, in one statement: servers that do so at the same time
 * wait for each other at the row, so together they are never granted more than there is.
 *
 * A row of the window before counts as unused. Where the row is of the next window, another server's clock is a
 * little ahead: then that window counts, because to go back would forget what was used in it. Rows from further
 * ahead come from a clock that was wrong, and are started afresh.
 */
export async function takePortion(
  db: Db,
  limit: { bucket: string; most: number; windowMs: number },
  windowStart: Date,
): Promise<Taken> {
  const { bucket, most, windowMs } = limit;
  const first = portionOf(sql`${most}::int`);
  const counts = sql`${rateLimits.windowStart} between excluded.window_start and excluded.window_start + ${windowMs}::int * interval '1 millisecond'`;
  const used = sql`case when ${counts} then ${rateLimits.used} else 0 end`;
  const next = portionOf(sql`(${most}::int - ${used})`);
  const [taken] = await db
    .insert(rateLimits)
    .values({ bucket, windowStart, used: first, granted: first })
    .onConflictDoUpdate({
      target: rateLimits.bucket,
      set: {
        windowStart: sql`case when ${counts} then ${rateLimits.windowStart} else excluded.window_start end`,
        used: sql`${used} + ${next}`,
        granted: next,
      },
    })
    .returning({
      windowStart: rateLimits.windowStart,
      granted: rateLimits.granted,
      used: rateLimits.used,
    });
  if (!taken) throw new Error('an upsert without conditions returned nothing');
  return taken;
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
