import { describe, expect, it } from 'vitest';
import {
  FindingList,
  type HeldNumber,
  judgeHeld,
  judgeMissing,
  judgeOrder,
  type LiveRecord,
  looksLikeWrongAccount,
  mayBeOrderId,
  OPEN_TOO_LONG_MS,
  type OwnOrder,
  ordersSince,
  QUIET_MS,
} from '../../src/domain/reconciliation.ts';
import { DAY_MS, later } from '../../src/domain/time.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const QUIET = later(NOW, -QUIET_MS);
const FRESH = later(QUIET, 1);

const held: HeldNumber = {
  carrierNumberId: '17',
  phoneNumber: '+14155550101',
  reference: 'ord_1',
  connectionId: null,
  state: 'active',
};
const live: LiveRecord = {
  id: 'pn_1',
  teamId: 'team_1',
  phoneNumber: held.phoneNumber,
  status: 'active',
  carrierNumberId: held.carrierNumberId,
  connectionId: null,
  monthlyPrice: '1.00',
  updatedAt: QUIET,
};
const order: OwnOrder = {
  id: 'ord_1',
  teamId: 'team_1',
  phoneNumber: held.phoneNumber,
  phoneNumberId: 'pn_1',
  state: 'failed',
  createdAt: later(NOW, -OPEN_TOO_LONG_MS),
  updatedAt: QUIET,
  record: { status: 'error', givenBack: false, monthlyPrice: '1.00', updatedAt: QUIET },
};
const released = { status: 'released' as const, givenBack: true, monthlyPrice: '1.00', updatedAt: QUIET };

const verdict = (finding: { kind: string; fix: string } | null) =>
  finding && `${finding.kind} ${finding.fix}`;

describe('a number that the carrier holds', () => {
  it.each<[string, Partial<HeldNumber>, Partial<LiveRecord>, string | null]>([
    ['as its record says', {}, {}, null],
    ['on no connection, and the record names none', { connectionId: '5' }, {}, null],
    [
      'on another connection',
      { connectionId: '5' },
      { connectionId: '6' },
      'wrong_connection set_connection',
    ],
    ['on no connection', {}, { connectionId: '6' }, 'wrong_connection set_connection'],
    ['on the connection of its record', { connectionId: '6' }, { connectionId: '6' }, null],
    ['not usable', { state: 'pending' }, {}, 'state_different none'],
    ['not usable, suspended here', { state: 'pending' }, { status: 'suspended' }, 'state_different none'],
    ['not usable, on its way back', { state: 'pending' }, { status: 'releasing' }, null],
    ['elsewhere connected, on its way back', {}, { status: 'releasing', connectionId: '6' }, null],
    ['under another id', { carrierNumberId: '18' }, {}, 'state_different none'],
    [
      'under another id, on its way back',
      { carrierNumberId: '18' },
      { status: 'releasing' },
      'state_different none',
    ],
    ['being bought', {}, { status: 'purchasing', carrierNumberId: null }, null],
    ['changed a moment ago', { state: 'pending' }, { updatedAt: FRESH }, null],
    ['gone', { state: 'gone' }, { connectionId: '6' }, null],
  ])('with a live record: %s', (_what, number, record, wanted) => {
    const known = { live: { ...live, ...record }, order };
    expect(verdict(judgeHeld({ ...held, ...number }, known, NOW))).toBe(wanted);
  });

  it.each<[string, Partial<OwnOrder> | null, string | null]>([
    ['not under our reference', null, 'unknown_here none'],
    ['another number than the order was for', { phoneNumber: '+14155550102' }, 'unknown_here none'],
    ['of a failed order', {}, 'unknown_here give_back'],
    ['of a lost order', { state: 'lost' }, 'unknown_here give_back'],
    ['of a refused order without a record', { record: null }, 'unknown_here give_back'],
    ['of an order that failed a moment ago', { updatedAt: FRESH }, null],
    ['dismissed a moment ago', { record: { ...released, updatedAt: FRESH } }, null],
    ['released', { state: 'completed', record: released }, 'unknown_here give_back'],
    [
      'marked as gone here',
      { state: 'completed', record: { ...released, givenBack: false } },
      'unknown_here none',
    ],
    ['released a moment ago', { state: 'completed', record: { ...released, updatedAt: FRESH } }, null],
    ['of a completed order without a record', { state: 'completed', record: null }, 'unknown_here none'],
    ['of an order not yet sent', { state: 'reserved' }, null],
    ['of an order being sent', { state: 'ordering' }, null],
    ['of an order at work', { state: 'ordered' }, null],
    ['of an order just delivered', { state: 'fulfilled' }, null],
    ['being given back already', { state: 'unwanted' }, null],
    ['being given back just now', { state: 'returning' }, null],
  ])('without a live record: %s', (_what, change, wanted) => {
    const known = { live: undefined, order: change === null ? undefined : { ...order, ...change } };
    expect(verdict(judgeHeld(held, known, NOW))).toBe(wanted);
  });
});

describe('a number that the carrier does not hold', () => {
  it.each<[Partial<LiveRecord>, string | null]>([
    [{}, 'gone_there mark_gone'],
    [{ status: 'suspended' }, 'gone_there mark_gone'],
    [{ status: 'releasing' }, 'gone_there mark_gone'],
    [{ status: 'purchasing' }, null],
    [{ status: 'released' }, null],
    [{ status: 'error' }, null],
    [{ updatedAt: FRESH }, null],
  ])('with %j', (record, wanted) => {
    expect(verdict(judgeMissing({ ...live, ...record }, NOW))).toBe(wanted);
  });
});

describe('an open order', () => {
  it.each<[Partial<OwnOrder>, boolean]>([
    [{ state: 'reserved' }, true],
    [{ state: 'ordering' }, true],
    [{ state: 'ordered' }, true],
    [{ state: 'fulfilled' }, true],
    [{ state: 'unwanted' }, true],
    [{ state: 'returning' }, true],
    [{ state: 'lost' }, false],
    [{ state: 'completed' }, false],
    [{ state: 'failed' }, false],
    [{ state: 'ordered', createdAt: later(NOW, 1 - OPEN_TOO_LONG_MS) }, false],
    [{ state: 'ordered', updatedAt: FRESH }, false],
  ])('with %j', (change, wanted) => {
    expect(judgeOrder({ ...order, ...change }, NOW) !== null).toBe(wanted);
  });
});

it.each([
  [null, 7],
  [1, 7],
  [5, 7],
  [6, 8],
  [27, 29],
  [400, 30],
])('with the oldest order open for %s days the carrier’s orders of %s days are read', (oldest, days) => {
  const openedAt = oldest === null ? null : later(NOW, -oldest * DAY_MS);
  expect(ordersSince(NOW, openedAt)).toEqual(later(NOW, -days * DAY_MS));
});

it.each([
  [0, 0, false],
  [20, 20, false],
  [21, 21, true],
  [21, 210, false],
  [22, 210, true],
])('%s of %s missing numbers look like another account: %s', (missing, here, wanted) => {
  expect(looksLikeWrongAccount(missing, here)).toBe(wanted);
});

it.each([
  ['ord_01k1vb1pzgf5r8m3c3n0d4tq5x', true],
  ['ord_01k1vb1pzgf5r8m3c3n0d4tq5', false],
  ['pn_01k1vb1pzgf5r8m3c3n0d4tq5x', false],
  ['ord_01k1vb1pzgf5r8m3c3n0d4tq5\0', false],
  ['', false],
  [null, false],
])('%j may be an order id of ours: %s', (reference, wanted) => {
  expect(mayBeOrderId(reference)).toBe(wanted);
});

describe('the list of findings', () => {
  it('adds prices exactly, and only of what nobody here has', () => {
    const list = new FindingList();
    const unknown = judgeHeld(held, { live: undefined, order }, NOW);
    const missing = judgeMissing(live, NOW);
    if (!unknown || !missing) throw new Error('no findings');
    for (const monthly_price of ['0.1', '0.2', null]) list.add({ ...unknown, monthly_price });
    list.add({ ...missing, monthly_price: '5.00' });
    expect(list.counts()).toMatchObject({ findings: 4, unknown_monthly_cost: '0.30' });
  });
});
