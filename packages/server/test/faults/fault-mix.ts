import type { FaultSpec } from '@talkturo/carrier-sim';
import type { Random } from './random.ts';

/** Ways in which something goes wrong, with how often each is drawn. */
type Mix = [weight: number, draw: (random: Random) => FaultSpec[]][];

/** An order is always followed by these reads, so that no fault is left over to strike with others at once. */
const READS = ['search', 'list_numbers'] as const;

/** What goes wrong with the order of one number. */
const ORDERS: Mix = [
  [10, () => [{ kind: 'lost_answer' }]],
  [4, () => [{ kind: 'lost_answer' }, { kind: 'error_before', on: 'list_orders', status: 502 }]],
  [8, (random) => [{ kind: 'error_before', status: random.pick([500, 502, 503]) }]],
  [9, (random) => [{ kind: 'error_after', status: random.pick([500, 502, 504]) }]],
  [12, (random) => [{ kind: 'pending', ms: random.between(200, 5_000) }]],
  [4, (random) => [{ kind: 'pending', ms: random.between(200, 4_000) }, { kind: 'lost_answer' }]],
  [5, () => [{ kind: 'order_fails' }]],
  [3, (random) => [{ kind: 'order_fails' }, { kind: 'pending', ms: random.between(200, 3_000) }]],
  [6, (random) => [{ kind: 'delayed_list', ms: random.between(500, 8_000) }]],
  [4, () => [{ kind: 'must_search_first' }]],
  [4, (random) => [{ kind: 'hang', stage: 'before', ms: random.between(100, 4_000) }]],
  [5, (random) => [{ kind: 'hang', stage: 'after', ms: random.between(100, 6_000) }]],
  [6, (random) => [{ kind: 'rate_limit', on: 'create_order', times: random.between(1, 5) }]],
];

/** What goes wrong with whichever request comes next. */
const ANYWHERE: Mix = [
  [4, () => [{ kind: 'rate_limit', on: 'any', times: 2 }]],
  [6, (random) => [{ kind: 'latency', on: 'any', times: 2, ms: random.between(50, 900) }]],
  [6, (random) => [{ kind: 'error_before', on: random.pick(READS), status: 503 }]],
  [3, (random) => [{ kind: 'hang', on: random.pick(READS), ms: random.between(100, 1_500) }]],
  [3, () => [{ kind: 'no_stock' }]],
  // Long enough to open the circuit breakers.
  [0.4, () => [{ kind: 'error_before', on: 'any', status: 503, times: 12 }]],
];

const RELEASES: Mix = [
  [5, () => [{ kind: 'lost_answer', on: 'delete_number' }]],
  [5, () => [{ kind: 'error_before', on: 'delete_number' }]],
  [3, () => [{ kind: 'error_after', on: 'delete_number' }]],
  [3, (random) => [{ kind: 'hang', on: 'delete_number', stage: 'after', ms: random.between(100, 3_000) }]],
];

/**
 * What goes wrong with one purchase.
 * @param graceMs how long an order whose answer was lost is looked for
 */
export function drawPurchaseFaults(random: Random, phoneNumber: string, graceMs: number): FaultSpec[] {
  if (random.chance(0.2)) return draw(ANYWHERE, random);
  const faults = random.chance(0.2) ? lateOrder(random, graceMs) : draw(ORDERS, random);
  // Faults of orders strike this number's only.
  return faults.map((fault) => (fault.on === 'list_orders' ? fault : { ...fault, phoneNumber }));
}

/** What goes wrong with one release. */
export function drawReleaseFaults(random: Random): FaultSpec[] {
  return draw(RELEASES, random);
}

/**
 * The worst that can become of one order: it stands, its answer is lost, and nothing of it shows until after the
 * grace, when its buyer has been told that it failed.
 */
function lateOrder(random: Random, graceMs: number): FaultSpec[] {
  const late: FaultSpec = { kind: 'delayed_list', ms: graceMs + random.between(2_000, 6_000) };
  return random.pick<FaultSpec[]>([
    [late, { kind: 'lost_answer' }],
    [late, { kind: 'error_after', status: 504 }],
    [late, { kind: 'hang', stage: 'after', ms: 500 }],
  ]);
}

function draw(mix: Mix, random: Random): FaultSpec[] {
  const total = mix.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [weight, make] of mix) {
    left -= weight;
    if (left < 0) return make(random);
  }
  return [];
}
