import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventFilters, type EventPage, eventsPage } from '../../src/db/events.ts';
import { typesOf } from '../../src/domain/event-types.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { type Service, startService } from '../support/service.ts';

const EVENTS = 100_000;
const LIMIT = 50;

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Index Name'?: string;
  Plans?: Plan[];
}

/** The id of the nth event, in the order of the ids. */
const eventId = (n: number) => `evt_${String(n).padStart(26, '0')}`;

/**
 * 100,000 events of one team: one in a thousand in test mode, one in a thousand in no mode, the others live. Nine in ten
 * are updates, and half of all are about one number.
 */
const INSERT = sql.raw(`
  insert into events (id, team_id, mode, type, subject, actor_type, actor_id, data, created_at)
  select 'evt_' || lpad(n::text, 26, '0'), 'team_busy',
    case when n % 1000 = 7 then 'test' when n % 1000 = 8 then null else 'live' end,
    case when n % 10 > 0 then 'phone_number.updated' when n % 500 = 0 then 'phone_number.lost' else 'phone_number.released' end,
    case when n % 2 = 0 then 'pn_busy' else 'pn_' || n end,
    'system', null, '{}', now()
  from generate_series(1, ${EVENTS}) n`);

describe.each(DATABASE_KINDS)('a page of 100,000 events on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
    const { db } = service.app.context;
    await db.execute(INSERT);
    await db.execute(sql`analyze events`);
  });
  afterAll(() => service.stop());

  const team = { teamId: 'team_busy' };
  const SHAPES: Record<string, EventFilters> = {
    'of the team': { ...team, mode: 'live' },
    'of the team in the mode that has few': { ...team, mode: 'test' },
    'of a type': { ...team, mode: 'live', types: ['phone_number.updated'] },
    'of a rare type': { ...team, mode: 'live', types: ['phone_number.lost'] },
    'of an area': { ...team, mode: 'live', types: typesOf('phone_number.*') },
    'of a record': { ...team, mode: 'live', subject: 'pn_busy' },
    'of a record and a rare type': {
      ...team,
      mode: 'live',
      subject: 'pn_busy',
      types: ['phone_number.lost'],
    },
    'of a record and an area': {
      ...team,
      mode: 'live',
      subject: 'pn_busy',
      types: typesOf('phone_number.*'),
    },
  };

  async function planOf(filters: EventFilters, page: EventPage): Promise<Plan[]> {
    const query = eventsPage(service.app.context.db, filters, page).getSQL();
    const result = (await service.app.context.db.execute(
      sql`explain (analyze, costs off, timing off, summary off, format json) ${query}`,
    )) as unknown as { rows: { 'QUERY PLAN': [{ Plan: Plan }] }[] };
    const root = result.rows[0]?.['QUERY PLAN'][0].Plan;
    if (!root) throw new Error('no plan');
    return flatten(root);
  }

  const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

  /** How many rows were read from the table, those that were then thrown away included. */
  const rowsRead = (nodes: Plan[]) =>
    nodes
      .filter((node) => !node.Plans)
      .reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0);

  const PAGES: Record<string, EventPage> = {
    first: { order: 'desc', limit: LIMIT },
    middle: { order: 'desc', limit: LIMIT, after: eventId(EVENTS / 2) },
    last: { order: 'desc', limit: LIMIT, after: eventId(5_000) },
    'first from the other end': { order: 'asc', limit: LIMIT },
    'last from the other end': { order: 'asc', limit: LIMIT, after: eventId(EVENTS - 5_000) },
  };

  it.each(Object.entries(SHAPES))('%s reads what it shows, wherever it is', async (_name, filters) => {
    for (const [name, page] of Object.entries(PAGES)) {
      const nodes = await planOf(filters, page);
      const types = nodes.map((node) => node['Node Type']);
      const readings = filters.types?.length ?? 1;
      for (const unwanted of ['Seq Scan', 'Bitmap Heap Scan', ...(readings === 1 ? ['Sort'] : [])])
        expect(types, name).not.toContain(unwanted);
      // Where nearly all rows fit, the planner may take a wider index and step over the others.
      expect(rowsRead(nodes), name).toBeLessThanOrEqual(LIMIT * readings * 1.25);
    }
  });

  it('shows the events of the mode and of neither, in their order', async () => {
    const { db } = service.app.context;
    for (const order of ['asc', 'desc'] as const) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const found = await eventsPage(
          db,
          { ...team, mode: 'test' },
          { order, limit: 30, ...(after && { after }) },
        );
        seen.push(...found.map(({ id }) => id));
        after = found.length === 30 ? found.at(-1)?.id : undefined;
      } while (after);
      const wanted = Array.from({ length: EVENTS }, (_, n) => n + 1).filter((n) => [7, 8].includes(n % 1000));
      if (order === 'desc') wanted.reverse();
      expect(seen).toEqual(wanted.map(eventId));
    }
  });

  it.each([
    ['update', sql`update events set type = 'x' where id = ${eventId(1)}`],
    ['update of nothing', sql`update events set type = 'x' where id = 'nothing'`],
    ['delete', sql`delete from events where id = ${eventId(1)}`],
    ['truncate', sql`truncate events`],
  ])('survives a statement to %s', async (_name, statement) => {
    const { db } = service.app.context;
    const failure = await db.execute(statement).then(
      () => null,
      (error: { cause?: { message: string } }) => error.cause?.message,
    );
    expect(failure).toBe('events are append-only');
  });
});
