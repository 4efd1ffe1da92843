import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** The database as the checks read it, beside the servers and not through them. */
export interface Records {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** A database that restarts is back after this long, ms. */
const PATIENCE_MS = 30_000;

/** Opens the records. A query that finds the database away is repeated, so only ask what may be asked twice. */
export function openRecords(url: string): Records {
  const pool = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => undefined);
  return {
    async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      const limit = Date.now() + PATIENCE_MS;
      for (;;) {
        try {
          return (await pool.query<Row>(text, values)).rows;
        } catch (error) {
          if (Date.now() > limit || !isAway(error)) throw error;
          await delay(100);
        }
      }
    },
    close: () => pool.end(),
  };
}

/** Connection errors, and PostgreSQL's own words for stopping (57P0x) and starting. */
function isAway(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string };
  return /^(ECONN|EPIPE|57P0|08)/.test(code) || /terminated|timeout/i.test(message);
}

export interface NumberRow extends pg.QueryResultRow {
  id: string;
  team_id: string;
  phone_number: string;
  status: string;
  bought_as_trial: boolean;
}

export interface OrderRow extends pg.QueryResultRow {
  id: string;
  team_id: string;
  phone_number_id: string;
  phone_number: string;
  state: string;
  failure_code: string | null;
  ordering_at: Date | null;
}

export interface EventRow extends pg.QueryResultRow {
  team_id: string;
  type: string;
  subject: string;
  created_at: Date;
}

export interface Snapshot {
  numbers: NumberRow[];
  orders: OrderRow[];
  events: EventRow[];
  /** The most numbers that each team's plan allows now. */
  plans: { id: string; plan: string; max_numbers: number | null }[];
}

/** How often transactions have waited for each other in a circle, so that PostgreSQL had to end one. */
export async function countDeadlocks(records: Records): Promise<number> {
  const [row] = await records.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  return row?.deadlocks ?? 0;
}

/** All that the checks need, of live mode. */
export async function takeSnapshot(records: Records): Promise<Snapshot> {
  return {
    numbers: await records.query(
      `select id, team_id, phone_number, status, bought_as_trial from phone_numbers where mode = 'live'`,
    ),
    orders: await records.query(
      `select id, team_id, phone_number_id, phone_number, state, failure_code, ordering_at from number_orders where mode = 'live'`,
    ),
    events: await records.query(`select team_id, type, subject, created_at from events where mode = 'live'`),
    plans: await records.query('select id, plan, max_numbers from teams'),
  };
}
