import {
  ConnectionError,
  NumberUnavailableError,
  type RefusalDetails,
  type Talkturo,
  UnauthorizedError,
} from '@talkturo/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Buyer,
  dismissPurchase,
  purchasesOf,
  repeatPurchase,
  startPurchase,
} from '../src/pages/numbers/purchases.ts';

const OFFER = { phoneNumber: '+14155550101', monthlyPrice: '1.00', setupPrice: '1.00' };

const details = (code: string): RefusalDetails => ({ status: 409, code, requestId: 'req_1', body: {} });

let teams = 0;

/** A buyer of a team of its own, whose requests end one after the other as is said here; then they hang. */
function buyerWith(...ends: (Error | 'active')[]) {
  teams += 1;
  const sent: { body: unknown; key: string | undefined }[] = [];
  const phoneNumbers: Pick<Talkturo['phoneNumbers'], 'purchaseAndWait' | 'get'> = {
    purchaseAndWait: async (body, options = {}) => {
      sent.push({ body, key: options.idempotencyKey });
      const end = ends.shift();
      if (end instanceof Error) throw end;
      if (end === undefined) return new Promise(() => {});
      return { phoneNumber: { id: 'pn_1', status: 'active' } } as never;
    },
    get: () => new Promise(() => {}),
  };
  const buyer: Buyer = { client: { phoneNumbers } as unknown as Talkturo, scope: [`team_${teams}`, 'test'] };
  const step = () => purchasesOf(buyer.scope).map((purchase) => purchase.step);
  return { buyer, sent, step };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const soon = () => vi.advanceTimersByTimeAsync(10);

describe('a purchase', () => {
  it('is one however often it is started, and pays no more than was shown', async () => {
    const { buyer, sent, step } = buyerWith();
    startPurchase(buyer, OFFER);
    startPurchase(buyer, OFFER);
    await soon();
    expect(sent.map(({ body }) => body)).toEqual([{ phoneNumber: '+14155550101', maxMonthlyPrice: '1.00' }]);
    expect(step()).toEqual(['ordering']);
  });

  it('is asked after with the same key until there is an answer', async () => {
    const lost = new ConnectionError('gone');
    const { buyer, sent, step } = buyerWith(lost, lost, 'active');
    startPurchase(buyer, OFFER);
    await soon();
    expect(purchasesOf(buyer.scope)[0]).toMatchObject({ step: 'ordering', isWaiting: true });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(step()).toEqual(['active']);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  });

  it('waits for a word where the session has ended, and goes on with the same key', async () => {
    const { buyer, sent, step } = buyerWith(
      new UnauthorizedError('Sign in.', details('unauthorized')),
      'active',
    );
    startPurchase(buyer, OFFER);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(step()).toEqual(['asking']);
    expect(sent).toHaveLength(1);
    repeatPurchase(buyer, sent[0]?.key ?? '');
    await soon();
    expect(step()).toEqual(['active']);
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it('that was refused is over; the number can be bought anew, with another key', async () => {
    const { buyer, sent, step } = buyerWith(
      new NumberUnavailableError('Gone.', details('number_unavailable')),
      'active',
    );
    startPurchase(buyer, OFFER);
    await soon();
    expect(step()).toEqual(['failed']);
    startPurchase(buyer, OFFER);
    await soon();
    expect(step()).toEqual(['active']);
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
    dismissPurchase(buyer.scope, sent[1]?.key ?? '');
    expect(step()).toEqual([]);
  });
});
