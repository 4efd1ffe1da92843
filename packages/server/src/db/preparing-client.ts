import pg from 'pg';

/** How often a statement comes before it is prepared: what comes once would only fill the database's memory. */
const COMMON_FROM = 5;

/** Statements that are prepared; each connection holds those that it has met, some ten kilobytes each in the database. */
const MOST_PREPARED = 300;

/** Texts that are counted until they are common. */
const MOST_COUNTED = 2_000;

/** How often each text came, and the name of those that are prepared: the same on all connections of this process. */
const seen = new Map<string, number>();
const names = new Map<string, string>();

/**
 * A connection that prepares what it is asked often, by itself: to read and plan a statement anew each time takes the
 * database longer than most of ours take to run. Whether a plan is made for the values at hand stays PostgreSQL's
 * decision (`plan_cache_mode`).
 */
export class PreparingClient extends pg.Client {
  /** Begun transactions whose first statement has not come yet. */
  #corked = 0;

  override query(...given: never[]): never {
    const [config, values, ...others] = given as unknown[];
    const ask = (what: unknown) =>
      Reflect.apply(super.query, this, [what, values, ...others]) as Promise<unknown>;
    // What is asked in one turn is written to the socket at once: each write costs as much as the rest of the asking.
    const { stream } = this.connection;
    stream.cork();
    if (isBegin(config)) {
      // It goes with the first statement of its transaction, which fails where it does.
      ask(config).catch(() => undefined);
      this.#corked += 1;
      return Promise.resolve(EMPTY) as never;
    }
    const corked = this.#corked + 1;
    this.#corked = 0;
    process.nextTick(() => {
      for (let cork = 0; cork < corked; cork += 1) stream.uncork();
    });
    return ask(withName(config, values)) as never;
  }
}

/** The answer to `begin`. */
const EMPTY = { command: 'BEGIN', rowCount: null, oid: 0, fields: [], rows: [] };

function isBegin(config: unknown): boolean {
  return isStatement(config) && config.text === 'begin';
}

/** Statements without values go as they are: `begin` and `commit` have nothing to plan. */
function withName(config: unknown, values: unknown): unknown {
  if (!isStatement(config) || config.name !== undefined) return config;
  const bound = config.values ?? values;
  if (!Array.isArray(bound) || bound.length === 0) return config;
  const name = nameOf(config.text);
  return name === undefined ? config : { ...config, name };
}

function isStatement(config: unknown): config is { text: string; name?: string; values?: unknown[] } {
  return typeof config === 'object' && config !== null && 'text' in config && !('submit' in config);
}

function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_PREPARED) return name;
  const times = (seen.get(text) ?? 0) + 1;
  if (times < COMMON_FROM) {
    if (seen.size >= MOST_COUNTED) seen.clear();
    seen.set(text, times);
    return undefined;
  }
  seen.delete(text);
  names.set(text, `common_${names.size}`);
  return names.get(text);
}
