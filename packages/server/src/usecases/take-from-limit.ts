import { LRUCache } from 'lru-cache';
import { askTogether } from '../db/ask-together.ts';
import { type Taken, takePortions } from '../db/rate-limits.ts';
import {
  isOf,
  isUsedUp,
  type Portion,
  type RateLimit,
  type Standing,
  standingOf,
  unknownPortion,
  windowStart,
} from '../domain/rate-limit.ts';
import { later } from '../domain/time.ts';
import type { Context } from './context.ts';

/** Buckets in memory, about 20 MB. What falls out is lost to its caller, who gets a little less than the limit. */
const MAX_BUCKETS = 50_000;

export interface TakeFromLimit {
  /**
   * Counts one request against a limit. Nearly always this costs no query: the server spends a portion that it has
   * taken for itself, and asks the database only for the next.
   * @returns where the limit stands, and whether the request may pass
   */
  take(limit: RateLimit): Promise<Standing & { passes: boolean }>;
  /**
   * Where a limit stands that is known here to be used up, else null. Counts nothing and asks nobody.
   */
  usedUp(limit: RateLimit): Standing | null;
}

/** A bucket in memory. */
interface Bucket {
  portion: Portion;
  /** The taking of the next portion, which everybody waits for together. */
  taking: Promise<void> | null;
}

/** Makes the use case for one server, with what that server holds of each limit. */
export function prepareTakeFromLimit(
  context: Pick<Context, 'db' | 'clock' | 'log'>,
  maxBuckets = MAX_BUCKETS,
): TakeFromLimit {
  const buckets = new LRUCache<string, Bucket>({ max: maxBuckets });
  const takeTogether = askTogether((limits: readonly RateLimit[]) => takeForAll(context, limits));

  return {
    async take(limit) {
      let bucket = bucketOf(limit);
      for (;;) {
        const { portion } = bucket;
        if (portion.held > 0) {
          bucket.portion = { ...portion, held: portion.held - 1 };
          return { ...standingOf(bucket.portion), passes: true };
        }
        if (isUsedUp(portion)) return { ...standingOf(portion), passes: false };
        bucket.taking ??= takeNext(bucket, limit).finally(() => {
          bucket.taking = null;
        });
        try {
          await bucket.taking;
        } catch {
          // A limit that cannot be asked for is no reason to refuse: without its database the request fails anyway.
          return { ...standingOf(portion), passes: true };
        }
        // What fell out of memory meanwhile serves those who have waited for it: to begin anew, two whose buckets take
        // each other's place would ask for ever.
        if (!isOf(bucket.portion, limit, context.clock.now())) bucket = bucketOf(limit);
      }
    },

    usedUp(limit) {
      const portion = buckets.get(limit.bucket)?.portion;
      if (!portion || !isOf(portion, limit, context.clock.now()) || !isUsedUp(portion)) return null;
      return standingOf(portion);
    },
  };

  function bucketOf(limit: RateLimit): Bucket {
    const now = context.clock.now();
    const known = buckets.get(limit.bucket);
    if (known && isOf(known.portion, limit, now)) return known;
    const bucket = { portion: unknownPortion(limit, now), taking: null };
    buckets.set(limit.bucket, bucket);
    return bucket;
  }

  async function takeNext(bucket: Bucket, limit: RateLimit): Promise<void> {
    try {
      const taken = await takeTogether(limit);
      if (!taken) return;
      const endsAt = later(taken.windowStart, limit.windowMs);
      bucket.portion = { most: limit.most, endsAt, held: taken.granted, left: limit.most - taken.used };
    } catch (error) {
      context.log.warn({ err: error, bucket: limit.bucket }, 'a limit cannot be asked for; requests pass');
      throw error;
    }
  }
}

/**
 * A portion of each limit; those with the same figures, which nearly all are, in one statement. Where a bucket is asked
 * for twice, because it fell out of memory meanwhile, one has the portion, and the other nothing: it asks again.
 */
async function takeForAll(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  limits: readonly RateLimit[],
): Promise<(Taken | undefined)[]> {
  const alike = Map.groupBy(limits, figuresOf);
  const taken = await Promise.all(
    [...alike].map(async ([figures, [limit, ...others]]) => {
      if (!limit) return [];
      const buckets = new Set([limit, ...others].map(({ bucket }) => bucket));
      const start = windowStart(clock.now(), limit.windowMs);
      const portions = await takePortions(db, limit, start, [...buckets]);
      // A bucket may be asked for with two figures, one of them just changed: each has the portion of its own.
      return portions.map((portion): [string, Taken] => [`${figures}: ${portion.bucket}`, portion]);
    }),
  );
  const portions = new Map(taken.flat());
  return limits.map((limit) => {
    const key = `${figuresOf(limit)}: ${limit.bucket}`;
    const portion = portions.get(key);
    portions.delete(key);
    return portion;
  });
}

function figuresOf({ most, windowMs }: RateLimit): string {
  return `${most} in ${windowMs}`;
}
