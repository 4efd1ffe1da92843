import type { Event, Talkturo } from '../index.ts';
import { isPassing } from '../retry-delay.ts';
import { wait } from '../wait.ts';
import { given } from './values.ts';

/**
 * How far behind the newest is looked again, ms: what two transactions write at once appears in any order, and a time
 * is told in whole seconds.
 */
const OVERLAP_MS = 10_000;

/** How long to wait where something is wrong that may pass, unless the server says, ms. */
const TROUBLE_MS = 10_000;

type Filters = NonNullable<Parameters<Talkturo['events']['list']>[0]>;

export interface Following {
  /** The server knows which there are. */
  type?: Filters['type'];
  subject?: string | undefined;
  /** How many of those before to begin with. */
  last: number;
  /** How often to look; null for only once. */
  intervalMs: number | null;
  signal: AbortSignal;
  /** Told once for each time that looking fails; it goes on. */
  onTrouble(error: Error): void;
}

/** A team's events as they happen, each once, the oldest first. Goes on until the signal aborts. */
export async function* followEvents(
  client: Talkturo,
  following: Following,
): AsyncGenerator<Event, void, undefined> {
  const { last, intervalMs, signal } = following;
  // Nothing to begin with: what comes into an empty list is all new.
  let seen = await lookPatiently(client, following, { since: null, atLeast: last });
  yield* seen.slice(0, last).reverse();
  while (intervalMs !== null) {
    await wait(intervalMs, signal);
    const known = new Set(seen.map(({ id }) => id));
    const since = seen[0] ? Date.parse(seen[0].created_at) - OVERLAP_MS : Number.NEGATIVE_INFINITY;
    const recent = await lookPatiently(client, following, { since, atLeast: 0 });
    yield* recent.filter(({ id }) => !known.has(id)).reverse();
    if (recent.length > 0) seen = recent;
  }
}

/** How far to look back. */
interface Reach {
  /** Everything from then on, ms since 1970; null for a little before the newest. */
  since: number | null;
  /** So many in any case. */
  atLeast: number;
}

async function lookPatiently(client: Talkturo, following: Following, reach: Reach): Promise<Event[]> {
  for (;;) {
    try {
      return await lookBack(client, following, reach);
    } catch (error) {
      if (following.signal.aborted || !isPassing(error)) throw error;
      following.onTrouble(error as Error);
      const { retryAfter } = error as { retryAfter?: number };
      await wait(retryAfter === undefined ? TROUBLE_MS : retryAfter * 1000, following.signal);
    }
  }
}

/** The newest first. */
async function lookBack(
  client: Talkturo,
  { type, subject, signal }: Following,
  { since, atLeast }: Reach,
): Promise<Event[]> {
  const filters = given({ type, subject });
  const found: Event[] = [];
  for await (const event of client.events.list({ ...filters, order: 'desc', limit: 50 }, { signal })) {
    const at = Date.parse(event.created_at);
    const until = since ?? Date.parse((found[0] ?? event).created_at) - OVERLAP_MS;
    if (at < until && found.length >= atLeast) break;
    found.push(event);
  }
  return found;
}
