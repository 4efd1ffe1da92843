import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPostgresDatabase, type TestDatabase } from '../support/databases.ts';

/** From how many times on a statement is prepared, and how many are at most. */
const COMMON_FROM = 5;
const MOST_PREPARED = 300;

describe('a connection that prepares what is common', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createPostgresDatabase();
  });
  beforeEach(async () => {
    // What was counted is kept for the whole process: each test begins anew.
    vi.resetModules();
    const { PreparingClient } = await import('../../src/db/preparing-client.ts');
    pool = new pg.Pool({
      connectionString: database.environment.DATABASE_URL,
      max: 1,
      pipeline: true,
      Client: PreparingClient,
    });
  });
  afterEach(() => pool.end());
  afterAll(() => database.remove());

  /** What the one connection of the pool has prepared. */
  const prepared = async (): Promise<{ name: string; statement: string }[]> =>
    (await pool.query({ text: 'select name, statement from pg_prepared_statements order by prepare_time' }))
      .rows;
  const ask = async (text: string, values: unknown[], times = 1) => {
    for (let time = 0; time < times; time += 1) await pool.query({ text, values });
  };

  it('prepares a statement from its fifth time on, and each once', async () => {
    const text = 'select $1::int as one';
    await ask(text, [1], COMMON_FROM - 1);
    expect(await prepared()).toEqual([]);
    await ask(text, [1]);
    expect(await prepared()).toEqual([{ name: 'common_0', statement: text }]);
    await ask(text, [2], 5);
    const other = 'select $1::text as other';
    await ask(other, ['x'], COMMON_FROM + 1);
    expect((await prepared()).map(({ statement }) => statement)).toEqual([text, other]);
    expect((await pool.query({ text, values: [3] })).rows).toEqual([{ one: 3 }]);
  });

  it('takes values beside the statement too, as the query builder gives them', async () => {
    const text = 'select $1::int as beside';
    for (let time = 0; time < COMMON_FROM; time += 1) {
      const { rows } = await pool.query({ text, rowMode: 'array' }, [time]);
      expect(rows).toEqual([[time]]);
    }
    expect((await prepared()).map(({ statement }) => statement)).toEqual([text]);
  });

  it('prepares nothing that comes without values', async () => {
    for (let time = 0; time < COMMON_FROM * 2; time += 1) {
      await pool.query('select 1');
      await pool.query({ text: 'select 2' });
      await pool.query({ text: 'select 3', values: [] });
      await pool.query({ text: 'select 4' }, []);
    }
    expect(await prepared()).toEqual([]);
  });

  it('leaves a statement with a name of its own alone', async () => {
    const text = 'select $1::int as named';
    for (let time = 0; time < COMMON_FROM * 2; time += 1)
      await pool.query({ name: 'mine', text, values: [time] });
    expect(await prepared()).toEqual([{ name: 'mine', statement: text }]);
    // Nor was it counted.
    await ask(text, [1], COMMON_FROM - 1);
    expect(await prepared()).toHaveLength(1);
  });

  it('prepares so many and no more; the others work as they are', async () => {
    for (let each = 0; each < MOST_PREPARED + 10; each += 1) {
      await ask(`select $1::int as column_${each}`, [each], COMMON_FROM);
    }
    const names = (await prepared()).map(({ name }) => name);
    expect(names).toHaveLength(MOST_PREPARED);
    expect(new Set(names).size).toBe(MOST_PREPARED);
    const last = MOST_PREPARED + 9;
    const { rows } = await pool.query({ text: `select $1::int as column_${last}`, values: [7] });
    expect(rows).toEqual([{ [`column_${last}`]: 7 }]);
  });

  it('tells its own error of each statement of a transaction that fails, and works on', async () => {
    const quotient = 'select 1 / $1::int as quotient';
    const sum = 'select 1 + $1::int as sum';
    // Both while they are new, when they are prepared in a transaction that has failed, and after that.
    for (let time = 0; time < COMMON_FROM * 2; time += 1) {
      const client = await pool.connect();
      await client.query('begin');
      const settled = await Promise.allSettled([
        client.query({ text: sum, values: [1] }),
        client.query({ text: quotient, values: [0] }),
        client.query({ text: sum, values: [2] }),
        client.query({ text: quotient, values: [1] }),
        client.query('rollback'),
      ]);
      client.release();
      expect((await pool.query({ text: quotient, values: [1] })).rows).toEqual([{ quotient: 1 }]);
      expect(settled.map((each) => (each.status === 'rejected' ? each.reason.code : 'fine'))).toEqual([
        'fine',
        '22012',
        '25P02',
        '25P02',
        'fine',
      ]);
    }
    expect((await pool.query({ text: sum, values: [1] })).rows).toEqual([{ sum: 2 }]);
    expect((await prepared()).map(({ statement }) => statement).toSorted()).toEqual([sum, quotient]);
  });

  it('prepares later what could not be prepared because the transaction had failed', async () => {
    const text = 'select $1::int as unlucky';
    await ask(text, [1], COMMON_FROM - 1);
    const client = await pool.connect();
    await client.query('begin');
    const settled = await Promise.allSettled([
      client.query({ text: 'select 1 / $1::int', values: [0] }),
      client.query({ text, values: [1] }),
      client.query({ text, values: [2] }),
      client.query('rollback'),
    ]);
    client.release();
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(await prepared()).toEqual([]);
    expect((await pool.query({ text, values: [3] })).rows).toEqual([{ unlucky: 3 }]);
    expect((await prepared()).map(({ statement }) => statement)).toEqual([text]);
  });
});
