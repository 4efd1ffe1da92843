import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** Something that could not be settled by itself and costs money meanwhile. */
export interface AttentionItem {
  kind: 'number_order' | 'release';
  /** The id of the order or of the number. */
  id: string;
  team_id: string;
  team_name: string;
  mode: string;
  phone_number: string;
  /** How far it came. */
  state: string;
  /** The carrier's or our last words about it, for the operator. */
  detail: string | null;
  attempts: number;
  /** USD a month; null where the price was never known. */
  monthly_price: string | null;
  since: string;
}

/**
 * Orders that have been open, and releases that the carrier has not taken, since before that time; the oldest
 * first. Derived from the records themselves, so nothing can be missing from it, and what settles leaves it.
 */
export async function findAttention(db: Db, before: Date, limit: number): Promise<AttentionItem[]> {
  const result = await db.execute(sql`
    select kind, id, team_id, team_name, mode, phone_number, state, detail, attempts, monthly_price,
           to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
    from (
      select 'number_order' as kind, o.id, o.team_id, t.name as team_name, o.mode, o.phone_number, o.state,
             o.failure_detail as detail, o.checks as attempts, n.monthly_price::text as monthly_price,
             o.created_at as since
      from number_orders o
      join teams t on t.id = o.team_id
      left join phone_numbers n on n.id = o.phone_number_id
      where o.state not in ('completed', 'failed', 'lost') and o.created_at <= ${before}
      union all
      select 'release', n.id, n.team_id, t.name, n.mode, n.phone_number, n.status, null, n.give_back_attempts,
             n.monthly_price::text, coalesce(n.giving_back_at, n.release_at)
      from phone_numbers n
      join teams t on t.id = n.team_id
      where n.status = 'releasing' and coalesce(n.giving_back_at, n.release_at) <= ${before}
    ) as unsettled
    order by since, id
    limit ${limit}`);
  return (result as unknown as { rows: AttentionItem[] }).rows;
}
