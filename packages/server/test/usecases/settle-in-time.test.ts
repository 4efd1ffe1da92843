import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { settleAllInTime } from '../../src/usecases/settle-in-time.ts';
import { startPurchase } from '../../src/usecases/start-purchase.ts';
import { asCaller, newTeam, type Service, startService } from '../support/service.ts';

describe('settling several orders of one request', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(() => service.stop());

  it('tells what became of the others where one cannot be looked up', async () => {
    const { context } = service.app;
    const team = await newTeam(service);
    const orderIds: string[] = [];
    for (const phoneNumber of ['+12125550121', '+12125550122']) {
      const start = await startPurchase(context, asCaller(team), { phoneNumber });
      if (start.kind !== 'started') throw new Error(start.kind);
      orderIds.push(start.order.id);
    }
    vi.spyOn(context.db, 'select').mockImplementationOnce(() => {
      throw new Error('no connection');
    });
    const orders = await settleAllInTime(context, orderIds, { isFirst: true });
    expect(orders.map(({ id, state }) => [id, state])).toEqual([
      [orderIds[0], 'reserved'],
      [orderIds[1], 'completed'],
    ]);
  });
});
