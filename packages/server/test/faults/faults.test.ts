import { expect, it } from 'vitest';
import { runFaults } from './fault-run.ts';

/** The run is the same each time, as far as chance goes; `npm run test:faults` draws its own seed, and is longer. */
const SEED = 20_260_115;

it('loses no number and no cent while the carrier, the servers and the database fail', async () => {
  const { checks, counts, logs } = await runFaults({
    seed: SEED,
    purchases: 120,
    clients: 10,
    kills: 2,
    databaseRestarts: 1,
    patienceMs: 3_000,
  });
  for (const { name, violations } of checks)
    expect(violations, `${name}; the servers said: ${logs}`).toEqual([]);
  // A run in which nothing happened would prove nothing.
  expect(counts.trouble).toEqual({ 'servers killed': 2, 'database restarts': 1 });
  expect(counts['faults that struck']).toMatchObject({ lost_answer: expect.any(Number) });
  expect(counts['at the carrier']?.orders_succeeded).toBeGreaterThan(5);
}, 300_000);
