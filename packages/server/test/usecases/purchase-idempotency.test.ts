import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetIdempotencyKeys } from '../../src/usecases/forget-idempotency-keys.ts';
import { startPurchase } from '../../src/usecases/start-purchase.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { asCaller, buy, newTeam, type Service, startService } from '../support/service.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const withKey = (key: string, body: object = {}) => ({ headers: { 'idempotency-key': key }, body });

describe.each(DATABASE_KINDS)('Idempotency-Key on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  it('gives the same answer again, also when the state has moved on', async () => {
    const team = await newTeam(service);
    const first = await buy(service, team, '+14155551001', withKey('again'));
    await buy(service, team, '+14155551002');
    const again = await buy(service, team, '+14155551001', withKey('again'));
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect((await service.sim.ledger({ phoneNumber: '+14155551001' })).totals.orders).toBe(1);
  });

  it('refuses the key with another body', async () => {
    const team = await newTeam(service);
    await buy(service, team, '+14155551003', withKey('reused'));
    const other = await buy(service, team, '+14155551004', withKey('reused'));
    expect(other).toMatchObject({ status: 422, body: { success: false, code: 'idempotency_key_reused' } });
    const priced = await buy(service, team, '+14155551003', withKey('reused', { maxMonthlyPrice: '9.00' }));
    expect(priced.status).toBe(422);
    expect((await buy(service, team, '+14155551003', withKey('reused'))).status).toBe(200);
  });

  it('keeps a refusal too', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    await buy(service, team, '+14155551005');
    const refused = await buy(service, team, '+14155551006', withKey('refused'));
    const again = await buy(service, team, '+14155551006', withKey('refused'));
    expect(again.status).toBe(403);
    expect(again.body).toEqual({ ...refused.body, request_id: again.body.request_id });
  });

  it('is free again after a failure of the carrier', async () => {
    const team = await newTeam(service);
    const fault = { kind: 'error_before', on: 'search', status: 503, times: null } as const;
    service.sim.faults.add(fault);
    const down = await buy(service, team, '+14155551007', withKey('retry', { maxMonthlyPrice: '2.00' }));
    expect(down).toMatchObject({ status: 503, body: { code: 'carrier_unavailable' } });
    service.sim.faults.clear();
    const retry = await buy(service, team, '+14155551007', withKey('retry', { maxMonthlyPrice: '2.00' }));
    expect(retry.status).toBe(200);
  });

  it('is another key for another team, and in the other mode', async () => {
    const [one, two] = [await newTeam(service), await newTeam(service)];
    expect((await buy(service, one, '+14155551008', withKey('shared'))).status).toBe(200);
    expect((await buy(service, two, '+14155551009', withKey('shared'))).status).toBe(200);
  });

  it('is forgotten after 24 hours', async () => {
    const team = await newTeam(service);
    await buy(service, team, '+14155551010', withKey('old'));
    service.clock.advance(DAY_MS - 1000);
    expect((await buy(service, team, '+14155551010', withKey('old'))).status).toBe(200);
    service.clock.advance(2000);
    const late = await buy(service, team, '+14155551010', withKey('old'));
    expect(late).toMatchObject({ status: 409, body: { code: 'number_already_owned' } });
    service.clock.advance(DAY_MS + 1000);
    await forgetIdempotencyKeys(service.app.context);
    expect((await buy(service, team, '+14155551011', withKey('old'))).status).toBe(200);
  });

  it.each(['', 'a b', 'ü', 'a'.repeat(256), 'a,b'])('refuses the key %j', async (key) => {
    const team = await newTeam(service);
    const refused = await buy(service, team, '+14155551012', { headers: { 'idempotency-key': key } });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: 'Idempotency-Key' }] },
    });
  });

  it('says that the first request still runs, where it runs for longer than one may wait', async () => {
    const slow = await startService({ kind, environment: { PURCHASE_WAIT_MS: '300' } });
    try {
      const team = await newTeam(slow);
      const key = withKey('slow');
      slow.sim.faults.add({ kind: 'pending', ms: null, times: null });
      // The first request has written its purchase down, and has no answer yet.
      const caller = asCaller(team);
      const first = { phoneNumber: '+14155551013', idempotencyKey: 'slow' };
      await startPurchase(slow.app.context, caller, first);
      const second = await buy(slow, team, '+14155551013', key);
      expect(second).toMatchObject({ status: 409, body: { code: 'idempotency_in_progress' } });
      expect(second.headers['retry-after']).toBe('1');
      // By now its server must have died: whoever asks gets the answer that it would have given.
      slow.clock.advance(60_000);
      const third = await buy(slow, team, '+14155551013', key);
      expect(third).toMatchObject({ status: 202, body: { phoneNumber: { status: 'purchasing' } } });
      slow.clock.advance(60_000);
      expect((await buy(slow, team, '+14155551013', key)).body).toEqual(third.body);
      await Promise.all(slow.app.context.background);
      const { totals } = await slow.sim.ledger({ phoneNumber: '+14155551013' });
      expect(totals.most_orders_of_one_reference).toBeLessThanOrEqual(1);
    } finally {
      await slow.stop();
    }
  });
});
