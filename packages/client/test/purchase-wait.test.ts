import { PurchaseFailedError, PurchasePendingError } from '@talkturo/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientWith, connectionRefused, htmlPage, ok, refused } from './support/fake-server.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const BUY = { phoneNumber: '+14155550101', teamId: 'team_1' };
const look = (status: string) => ok({ phoneNumber: { id: 'pn_1', phone_number: '+14155550101', status } });

/** Lets all waits pass. */
async function outcome(work: Promise<unknown>) {
  const start = Date.now();
  const settled = work.then(
    (value) => ({ value, error: undefined, ms: Date.now() - start }),
    (error) => ({ value: undefined, error, ms: Date.now() - start }),
  );
  await vi.runAllTimersAsync();
  return settled;
}

describe('buying and waiting', () => {
  it('looks until the number is active', async () => {
    const replies = [look('purchasing'), look('purchasing'), look('purchasing'), look('active')];
    const { client, sent } = clientWith(replies);
    const { value, ms } = await outcome(client.phoneNumbers.purchaseAndWait(BUY));
    expect(value).toMatchObject({ phoneNumber: { id: 'pn_1', status: 'active' } });
    expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /api/phone-numbers/purchase',
      ...Array(3).fill('GET /api/phone-numbers/pn_1'),
    ]);
    expect(ms).toBe(4_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says that nothing was bought, with the key that it asked with', async () => {
    const { client, sent } = clientWith([look('purchasing'), look('error')]);
    const { error } = await outcome(client.phoneNumbers.purchaseAndWait(BUY));
    expect(error).toBeInstanceOf(PurchaseFailedError);
    expect(error).toMatchObject({
      message: '+14155550101 was not bought: it is "error". Its events say why; choose another number.',
      phoneNumber: { id: 'pn_1', status: 'error' },
      idempotencyKey: sent[0]?.headers['idempotency-key'],
    });
  });

  it('has an end, and says that the purchase goes on', async () => {
    const replies = Array.from({ length: 9 }, () => look('purchasing'));
    const { client, sent } = clientWith(replies);
    const { error, ms } = await outcome(
      client.phoneNumbers.purchaseAndWait(BUY, { waitMs: 3_500, pollMs: 1_000, idempotencyKey: 'mine' }),
    );
    expect(error).toBeInstanceOf(PurchasePendingError);
    expect(error).toMatchObject({
      message:
        "+14155550101 is still being bought after 3500 ms, and that goes on: look later with phoneNumbers.get('pn_1').",
      phoneNumber: { id: 'pn_1' },
      idempotencyKey: 'mine',
    });
    expect(ms).toBe(3_500);
    expect(sent).toHaveLength(5);
  });

  it('goes on when a look fails by the way, and stops when looking is refused', async () => {
    const passing = clientWith(
      [look('purchasing'), connectionRefused(), htmlPage(502), refused(500, 'internal'), look('active')],
      { maxRetries: 0 },
    );
    expect((await outcome(passing.client.phoneNumbers.purchaseAndWait(BUY))).value).toBeDefined();

    const lasting = clientWith([look('purchasing'), refused(403, 'forbidden')]);
    expect((await outcome(lasting.client.phoneNumbers.purchaseAndWait(BUY))).error).toMatchObject({
      code: 'forbidden',
    });
  });

  it('does not wait for what was refused', async () => {
    const { client, sent } = clientWith([refused(403, 'plan_limit_reached')]);
    expect((await outcome(client.phoneNumbers.purchaseAndWait(BUY))).error).toMatchObject({
      code: 'plan_limit_reached',
    });
    expect(sent).toHaveLength(1);
  });

  it('ends with the signal', async () => {
    const controller = new AbortController();
    const reason = new Error('left');
    const { client } = clientWith([look('purchasing'), look('purchasing')]);
    const work = client.phoneNumbers.purchaseAndWait(BUY, { signal: controller.signal });
    const ended = expect(work).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort(reason);
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});
