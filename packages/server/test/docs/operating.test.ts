import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPEN_ORDER_STATES } from '../../src/domain/number-order.ts';

const page = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8');

describe('the table of what needs a person', () => {
  it('has each state that an order can be stuck in, and releases', () => {
    const rows = [...page.matchAll(/^\| (order|release), `(\w+)`/gm)].map(
      ([, kind, state]) => `${kind} ${state}`,
    );
    // A lost order is watched, and waits for nobody.
    const stuck = OPEN_ORDER_STATES.filter((state) => state !== 'lost');
    const wanted = stuck.map((state) => `order ${state}`);
    expect([...new Set(rows)].sort()).toEqual([...wanted, 'release releasing'].sort());
  });
});
