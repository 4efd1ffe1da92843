import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { numberOrders } from '../../src/db/schema.ts';
import { isDecided, isOpen, NUMBER_ORDER_STATES, OPEN_ORDER_STATES } from '../../src/domain/number-order.ts';

describe('the states of an order', () => {
  it.each([
    ['reserved', true],
    ['ordering', true],
    ['ordered', true],
    ['fulfilled', true],
    ['lost', true],
    ['unwanted', true],
    ['returning', true],
    ['completed', false],
    ['failed', false],
  ] as const)('%s is open: %s', (state, open) => {
    expect(isOpen(state)).toBe(open);
    expect(OPEN_ORDER_STATES.includes(state)).toBe(open);
  });

  it('are these and no others', () => {
    expect(NUMBER_ORDER_STATES).toHaveLength(9);
  });

  it.each(NUMBER_ORDER_STATES)(
    '%s has an end that the buyer can be told once it is done, or failed',
    (state) => {
      expect(isDecided({ state, failureCode: null })).toBe(state === 'completed');
      expect(isDecided({ state, failureCode: 'order_lost' })).toBe(true);
    },
  );

  it('are what the index of open orders goes by', () => {
    const index = getTableConfig(numberOrders).indexes.find(
      ({ config }) => config.name === 'number_orders_open',
    );
    if (!index?.config.where) throw new Error('the index is missing');
    const { sql } = new PgDialect().sqlToQuery(index.config.where);
    const closed = NUMBER_ORDER_STATES.filter((state) => !isOpen(state));
    expect(sql).toContain('not in');
    expect(sql.match(/'\w+'/g)?.sort()).toEqual(closed.map((state) => `'${state}'`).sort());
  });
});
