import type { LedgerEntry, LedgerReport } from '@talkturo/carrier-sim';
import { LIVE_STATUSES, SLOT_STATUSES } from '../../src/domain/phone-number.ts';
import { type PlanId, planOf } from '../../src/domain/plans.ts';
import type { EventRow, NumberRow, Snapshot } from './records.ts';
import type { HeldNumber } from './simulator.ts';

/** What must never be: the rule that is broken, and the row that breaks it. */
export interface Violation {
  rule: string;
  detail: string;
}

export interface Carrier {
  held: HeldNumber[];
  ledger: LedgerReport;
}

/** Compares everything that is written down here with everything that the carrier has, once nothing moves any more. */
export function findViolations(
  snapshot: Snapshot,
  carrier: Carrier,
  limits: ReadonlyMap<string, number> = new Map(),
): Violation[] {
  return [
    ...compareHoldings(snapshot, carrier.held),
    ...checkOrders(snapshot, carrier.ledger),
    ...replayLiveRecords(snapshot),
    ...replayNumbers(snapshot),
    ...replayTeams(snapshot, limits),
    ...checkTrials(snapshot),
  ];
}

const isLive = ({ status }: NumberRow) => (LIVE_STATUSES as string[]).includes(status);

/** Every number that the carrier bills has a live record here, bought under our reference, and the other way round. */
function compareHoldings({ numbers, orders }: Snapshot, held: HeldNumber[]): Violation[] {
  const live = new Map(numbers.filter(isLive).map((row) => [row.phone_number, row]));
  const orderOf = new Map(orders.filter(completed).map((order) => [order.phone_number_id, order.id]));
  const atCarrier = new Set(held.map(({ phoneNumber }) => phoneNumber));
  const orphans = held.flatMap(({ phoneNumber, reference }) => {
    const row = live.get(phoneNumber);
    const detail = `${phoneNumber}, ordered as ${reference}`;
    if (!row) return [{ rule: 'a number at the carrier has no live record here', detail }];
    if (orderOf.get(row.id) === reference) return [];
    return [
      { rule: 'a number at the carrier is another order’s', detail: `${detail}; here it is ${show(row)}` },
    ];
  });
  const missing = [...live.values()]
    .filter((row) => !atCarrier.has(row.phone_number))
    .map((row) => ({ rule: 'a live record’s number is not at the carrier', detail: show(row) }));
  return [...orphans, ...missing];
}

const completed = ({ state }: { state: string }) => state === 'completed';

/** One purchase, one order that can succeed; what a failed one brought all the same has gone back, with its event. */
function checkOrders({ orders, numbers, events }: Snapshot, { data, totals }: LedgerReport): Violation[] {
  const violations: Violation[] = [];
  const add = (rule: string, detail: string) => violations.push({ rule, detail });
  const ordered = groupBy(
    data.filter(({ action }) => action === 'order'),
    (entry) => entry.customer_reference ?? 'no reference',
  );
  for (const [reference, entries] of ordered) {
    if (entries.length > 1) add('a purchase was ordered more than once', `${reference}: ${showAll(entries)}`);
  }
  if (totals.most_orders_of_one_reference > 1)
    add(
      'a purchase was ordered more than once',
      `${totals.most_orders_of_one_reference} orders of one reference`,
    );

  const givenBack = groupBy(
    events.filter(({ type }) => type === 'number_order.given_back'),
    ({ subject }) => subject,
  );
  const byNumber = new Map(numbers.map((row) => [row.id, row]));
  const known = new Set(orders.map(({ id }) => id));
  for (const reference of ordered.keys())
    if (!known.has(reference)) add('the carrier has an order that nobody here made', reference);
  for (const order of orders) {
    const detail = `${order.id} (${order.state}, ${order.failure_code ?? 'no failure'}) for ${order.phone_number}`;
    const stood = ordered.has(order.id);
    const returns = givenBack.get(order.id)?.length ?? 0;
    const number = byNumber.get(order.phone_number_id);
    if (order.state !== 'completed' && order.state !== 'failed' && order.state !== 'lost')
      add('an order is stuck', detail);
    if (completed(order) && !stood) add('a completed order is unknown to the carrier', detail);
    if (completed(order) && order.failure_code !== null) add('a completed order has a failure', detail);
    if (completed(order) && number?.status === 'error') add('a completed order’s number is an error', detail);
    if (order.state === 'failed' && order.failure_code === null) add('a failed order has no reason', detail);
    const expected = stood && !completed(order) ? 1 : 0;
    if (returns !== expected) add(`given back ${returns} times instead of ${expected}`, detail);
  }
  return violations;
}

/** At no moment did a number have two live records: told by the events, so that the shortest overlap shows. */
function replayLiveRecords({ orders, events }: Snapshot): Violation[] {
  const numberOf = new Map(orders.map((order) => [order.phone_number_id, order.phone_number]));
  const failed = new Set(
    events.filter(({ type }) => type === 'phone_number.purchase_failed').map(({ subject }) => subject),
  );
  // The record of a failed purchase is not live: taking it off the list ends nothing.
  const counted = events.filter(({ type, subject }) => !(type.endsWith('.released') && failed.has(subject)));
  const lives = groupBy(counted, ({ subject }) => numberOf.get(subject) ?? 'none');
  lives.delete('none');
  return [...lives]
    .filter(([, told]) => mostAtATime(told, LIVE) > 1)
    .map(([phoneNumber]) => ({ rule: 'a number had two live records at once', detail: phoneNumber }));
}

/** The life of a number as its events tell it; what is not here happens without a change of status. */
const STEPS: Record<string, { from: string[]; to: string; rank: number }> = {
  'phone_number.purchase_started': { from: ['nothing'], to: 'purchasing', rank: 0 },
  'phone_number.purchased': { from: ['purchasing'], to: 'active', rank: 1 },
  'phone_number.purchase_failed': { from: ['purchasing'], to: 'error', rank: 1 },
  'phone_number.reactivated': { from: ['suspended'], to: 'active', rank: 2 },
  'phone_number.suspended': { from: ['active'], to: 'suspended', rank: 3 },
  'phone_number.restored': { from: ['releasing'], to: 'active', rank: 4 },
  'phone_number.release_started': { from: ['active', 'suspended'], to: 'releasing', rank: 5 },
  'phone_number.released': { from: ['releasing', 'error'], to: 'released', rank: 6 },
  'phone_number.lost': { from: ['active', 'suspended'], to: 'released', rank: 6 },
};

/** Every change of a number's status has its event, once, and no event is without its change. */
function replayNumbers({ numbers, events }: Snapshot): Violation[] {
  const violations: Violation[] = [];
  const rows = new Map(numbers.map((row) => [row.id, row]));
  const lives = groupBy(
    events.filter(({ type }) => type in STEPS),
    ({ subject }) => subject,
  );
  for (const row of numbers)
    if (!lives.has(row.id)) violations.push({ rule: 'a number has no events', detail: show(row) });
  for (const [id, life] of lives) {
    const told = life.sort((a, b) => a.created_at.getTime() - b.created_at.getTime() || rank(a) - rank(b));
    const story = told.map(({ type }) => type.replace('phone_number.', '')).join(', ');
    let status = 'nothing';
    for (const { type } of told) {
      const step = STEPS[type];
      if (!step?.from.includes(status))
        violations.push({ rule: 'events do not follow from each other', detail: `${id}: ${story}` });
      status = step?.to ?? status;
    }
    const row = rows.get(id);
    if (row ? row.status !== status : status !== 'error')
      violations.push({
        rule: 'a number is not what its events say',
        detail: `${id} ${row?.status ?? 'has no record'}: ${story}`,
      });
  }
  return violations;
}

const rank = ({ type }: EventRow) => STEPS[type]?.rank ?? 0;

/** Goes through each team's events in the order of time: at no moment did it hold more than its plan ever allowed. */
function replayTeams({ plans, events }: Snapshot, limits: ReadonlyMap<string, number>): Violation[] {
  const ofTeam = groupBy(events, ({ team_id }) => team_id);
  return plans.flatMap(({ id, plan, max_numbers }) => {
    const limit = limits.get(id) ?? planOf(plan as PlanId, max_numbers).maxNumbers;
    const most = mostAtATime(ofTeam.get(id) ?? [], SLOTS);
    if (most <= limit) return [];
    return [{ rule: 'a team held more numbers than its plan allows', detail: `${id}: ${most} of ${limit}` }];
  });
}

/** What an event adds to, or takes from, something that is counted. */
type Effects = Record<string, 1 | -1>;

const SLOTS: Effects = {
  'phone_number.purchase_started': 1,
  'phone_number.restored': 1,
  'phone_number.purchase_failed': -1,
  'phone_number.release_started': -1,
  'phone_number.lost': -1,
};

const LIVE: Effects = {
  'phone_number.purchase_started': 1,
  'phone_number.purchase_failed': -1,
  'phone_number.released': -1,
  'phone_number.lost': -1,
};

function mostAtATime(events: EventRow[], effects: Effects): number {
  const effectOf = ({ type }: EventRow) => effects[type] ?? 0;
  // Whoever takes a place has seen it free: in one millisecond the leaving comes first.
  const inOrder = events.toSorted(
    (a, b) => a.created_at.getTime() - b.created_at.getTime() || effectOf(a) - effectOf(b),
  );
  let now = 0;
  let most = 0;
  for (const event of inOrder) {
    now += effectOf(event);
    most = Math.max(most, now);
  }
  return most;
}

/** Nobody is told that an order is lost before it has been looked for as long as it should be. */
export function checkGrace({ orders, events }: Snapshot, graceMs: number): Violation[] {
  const failed = new Map(
    events
      .filter(({ type }) => type === 'phone_number.purchase_failed')
      .map((event) => [event.subject, event]),
  );
  return orders.flatMap(({ id, phone_number_id, failure_code, ordering_at }) => {
    if (failure_code !== 'order_lost' || !ordering_at) return [];
    const end = failed.get(phone_number_id)?.created_at ?? new Date(0);
    const lookedForMs = end.getTime() - ordering_at.getTime();
    if (lookedForMs >= graceMs) return [];
    return [{ rule: 'an order was given up too early', detail: `${id}, after ${lookedForMs} ms` }];
  });
}

/** One trial per team that ever worked. */
function checkTrials({ numbers, events }: Snapshot): Violation[] {
  const worked = new Set(
    events.filter(({ type }) => type === 'phone_number.purchased').map(({ subject }) => subject),
  );
  const trials = groupBy(
    numbers.filter(({ id, bought_as_trial }) => bought_as_trial && worked.has(id)),
    ({ team_id }) => team_id,
  );
  return [...trials]
    .filter(([, rows]) => rows.length > 1)
    .map(([team, rows]) => ({
      rule: 'a team had more than one trial',
      detail: `${team}: ${rows.map(show).join('; ')}`,
    }));
}

/** The team's numbers that hold a slot, as SQL, for a look while everything is running. */
export const SLOTS_PER_TEAM = `select team_id as id, count(*)::int as held from phone_numbers
  where mode = 'live' and status in (${SLOT_STATUSES.map((status) => `'${status}'`).join(', ')}) group by team_id`;

function show({ id, team_id, phone_number, status }: NumberRow): string {
  return `${phone_number} (${id} of ${team_id}, ${status})`;
}

function showAll(entries: LedgerEntry[]): string {
  return entries
    .map(({ seq, at, action, outcome, phone_number }) => `#${seq} ${at} ${action} ${phone_number} ${outcome}`)
    .join('; ');
}

export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOf);
}
