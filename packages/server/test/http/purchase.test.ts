import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CarrierError } from '../../src/carriers/carrier.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { eventsOf, recordOf } from '../support/numbers.ts';
import { buy, call, list, newKey, newTeam, type Service, startService } from '../support/service.ts';

describe.each(DATABASE_KINDS)('buying a number on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  it('answers exactly as the contract says', async () => {
    const team = await newTeam(service);
    const answer = await buy(service, team, '+14155550101');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      phoneNumber: {
        id: expect.stringMatching(/^pn_[0-9a-z]{26}$/),
        phone_number: '+14155550101',
        provider_number_id: expect.stringMatching(/^telnyx_\d+$/),
        status: 'active',
        is_trial: false,
        trial_expires_at: null,
        message: 'Phone number purchased successfully',
      },
      eligibility: { currentCount: 1, maxAllowed: 10, hasSubscription: true, planName: 'Growth' },
    });
    expect(answer.headers['x-request-id']).toMatch(/^req_/);
  });

  it('orders once, and pays for nothing else', async () => {
    const team = await newTeam(service);
    await buy(service, team, '+14155550102');
    const ledger = await service.sim.ledger({ phoneNumber: '+14155550102' });
    expect(ledger.data.filter((entry) => entry.action === 'order')).toHaveLength(1);
  });

  it('gives a Free team one trial number for five days', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const first = await buy(service, team, '+14155550103');
    expect(first.status).toBe(200);
    expect(first.body.phoneNumber).toMatchObject({
      is_trial: true,
      trial_expires_at: '2026-01-20T12:00:00Z',
    });
    expect(first.body.eligibility).toEqual({
      currentCount: 1,
      maxAllowed: 1,
      hasSubscription: false,
      planName: 'Free',
    });

    const second = await buy(service, team, '+14155550104');
    expect(second.status).toBe(403);
    expect(second.body).toMatchObject({
      success: false,
      code: 'trial_already_used',
      eligibility: first.body.eligibility,
    });
  });

  it('refuses past the plan', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    expect((await buy(service, team, '+12125550101')).status).toBe(200);
    const refused = await buy(service, team, '+12125550102');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      code: 'plan_limit_reached',
      eligibility: { currentCount: 1, maxAllowed: 1, hasSubscription: true, planName: 'Enterprise' },
    });
  });

  it('tells the owner that the number is theirs, and nobody else whose it is', async () => {
    const [owner, other] = [await newTeam(service), await newTeam(service)];
    await buy(service, owner, '+12125550103');
    expect(await buy(service, owner, '+12125550103')).toMatchObject({
      status: 409,
      body: { code: 'number_already_owned' },
    });
    expect(await buy(service, other, '+12125550103')).toMatchObject({
      status: 409,
      body: { code: 'number_unavailable' },
    });
  });

  it('keeps live and test mode apart', async () => {
    const live = await newTeam(service);
    const test = { ...live, ...(await newKey(service, live.teamId, { mode: 'test' })) };
    expect((await buy(service, live, '+12125550104')).status).toBe(200);
    const inTest = await buy(service, test, '+12125550104');
    expect(inTest).toMatchObject({ status: 200, body: { eligibility: { currentCount: 1 } } });
    expect((await list(service, test)).body.numbers).toHaveLength(1);
    expect(
      (await service.sim.ledger({ phoneNumber: '+12125550104' })).data.filter((e) => e.action === 'order'),
    ).toHaveLength(1);
  });

  it('reports a refusal of the carrier, and leaves nothing behind', async () => {
    const team = await newTeam(service);
    const refused = await buy(service, team, '+14155550901');
    expect(refused).toMatchObject({ status: 409, body: { success: false, code: 'number_unavailable' } });
    expect((await list(service, team)).body).toMatchObject({ numbers: [], count: 0 });
  });

  it('activates a number whose connection the carrier will not set', async () => {
    const team = await newTeam(service);
    // The order takes the connection, and the number comes without it.
    const { live } = service.app.context.carriers;
    if (!live) throw new Error('live mode is off');
    service.app.context.carriers.live = {
      ...live,
      order: (request) => live.order({ ...request, connectionId: null }),
      setConnection: () => Promise.reject(new CarrierError('invalid_connection', 'no such connection')),
    };
    try {
      const answer = await buy(service, team, '+12125550120', {
        body: { connectionId: '1293384261075731499' },
      });
      expect(answer).toMatchObject({ status: 200, body: { phoneNumber: { status: 'active' } } });
      const { id } = answer.body.phoneNumber;
      expect(await recordOf(service, id)).toMatchObject({ routingStatus: 'failed' });
      expect((await eventsOf(service, id)).map(({ type }) => type)).toEqual([
        'phone_number.purchase_started',
        'phone_number.purchased',
        'phone_number.routing_failed',
      ]);
    } finally {
      service.app.context.carriers.live = live;
    }
  });

  it('refuses a connection that the carrier does not know', async () => {
    const team = await newTeam(service);
    const refused = await buy(service, team, '+12125550105', {
      body: { connectionId: 'unknown-connection' },
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_connection' } });
    expect((await list(service, team)).body.count).toBe(0);
    expect(
      (await buy(service, team, '+12125550105', { body: { connectionId: '1293384261075731499' } })).status,
    ).toBe(200);
  });

  it('holds the buyer to maxMonthlyPrice', async () => {
    const team = await newTeam(service);
    const refused = await buy(service, team, '+12125550106', { body: { maxMonthlyPrice: '0.99' } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'price_exceeded' } });
    expect((await service.sim.ledger({ phoneNumber: '+12125550106' })).data).toEqual([]);
    expect((await buy(service, team, '+12125550106', { body: { maxMonthlyPrice: '1.0' } })).status).toBe(200);
  });

  it('says that live mode is off where there is no carrier key', async () => {
    const offline = await startService({ kind, environment: { TELNYX_API_KEY: '' } });
    try {
      const team = await newTeam(offline);
      const refused = await buy(offline, team, '+12125550107');
      expect(refused).toMatchObject({ status: 503, body: { code: 'carrier_unavailable' } });
      expect(refused.body.error).toContain('tk_test_');
      const search = { token: team.token, body: { filters: { countryCode: 'US' } } };
      expect((await call(offline, 'POST', '/api/phone-numbers/search', search)).status).toBe(503);
      expect((await list(offline, team)).status).toBe(200);
    } finally {
      await offline.stop();
    }
  });
});
