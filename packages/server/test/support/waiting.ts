import { sql } from 'drizzle-orm';
import type { Service } from './service.ts';

/**
 * Resolves when the work waits for a row that somebody else has locked, or when it is done without having waited.
 * On PostgreSQL only: the embedded database has one connection, so that nobody can wait for anybody there.
 */
export async function untilItWaits(service: Pick<Service, 'app'>, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  while (!isDone && !(await somebodyWaits(service))) await new Promise(setImmediate);
}

async function somebodyWaits({ app }: Pick<Service, 'app'>): Promise<boolean> {
  const found = await app.context.db.execute(
    sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return (found as unknown as { rows: unknown[] }).rows.length > 0;
}
