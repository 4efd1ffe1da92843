import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { numberDays } from '../../src/db/schema.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { addAssistant, addCampaign, addNumber } from '../support/routing-records.ts';
import { call, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';
import { TestClock } from '../support/test-clock.ts';
import { expectInvalid } from './expectations.ts';

describe.each(DATABASE_KINDS)('the overview on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind, clock: new TestClock('2026-11-23T12:00:00Z') });
  });
  beforeEach(async () => {
    team = await newTeam(service);
  });
  afterAll(() => service.stop());

  const report = async (query = '', of = team) =>
    call(service, 'GET', `/api/reports/overview?teamId=${of.teamId}${query}`, { token: of.token });
  const at = (time: string) => new Date(time);
  let lastCarrierId = 0;
  const held = (row: Parameters<typeof addNumber>[2], of = team) => {
    lastCarrierId += 1;
    return addNumber(service, of.teamId, { carrierNumberId: `held-${lastCarrierId}`, ...row });
  };
  const called = (phoneNumberId: string, day: string, outboundCalls: number) =>
    service.app.context.db.insert(numberDays).values({ phoneNumberId, day, outboundCalls });

  it('counts at the end of each month what the carrier held then, and what it cost', async () => {
    await held({ createdAt: at('2026-09-30T23:59:59.999Z'), monthlyPrice: '1.00' });
    await held({ createdAt: at('2026-10-01T00:00:00Z'), monthlyPrice: '2.0525', status: 'suspended' });
    await held({
      createdAt: at('2026-08-15T00:00:00Z'),
      releasedAt: at('2026-10-31T23:00:00Z'),
      status: 'released',
      monthlyPrice: '4.00',
    });
    await held({ createdAt: at('2026-11-23T11:59:00Z'), status: 'releasing', monthlyPrice: null });
    // Not delivered, another mode, another team.
    const old = { createdAt: at('2026-01-01T00:00:00Z'), monthlyPrice: '9.00' };
    await addNumber(service, team.teamId, { ...old, status: 'purchasing' });
    await addNumber(service, team.teamId, {
      ...old,
      status: 'released',
      releasedAt: at('2026-11-20T00:00:00Z'),
    });
    await held({ ...old, mode: 'test' });
    await held(old, await newTeam(service));

    const { status, body } = await report('&months=4');
    expect(status).toBe(200);
    expect(body.months).toEqual([
      { month: '2026-08', numbers: 1, monthly_cost: '4.00' },
      { month: '2026-09', numbers: 2, monthly_cost: '5.00' },
      { month: '2026-10', numbers: 2, monthly_cost: '3.0525' },
      { month: '2026-11', numbers: 3, monthly_cost: '3.0525' },
    ]);
    expect((await report()).body.months).toHaveLength(12);
  });

  it('counts by country, also where countries share a code', async () => {
    const price = { monthlyPrice: '1.00' };
    await held({ ...price, phoneNumber: '+14155559101' });
    await held({ ...price, phoneNumber: '+12125559102', monthlyPrice: '2.50' });
    await held({ ...price, phoneNumber: '+14165559103' });
    await held({ ...price, phoneNumber: '+441481256789' });
    await held({ ...price, phoneNumber: '+442079460123' });
    await held({
      ...price,
      phoneNumber: '+12125559104',
      status: 'released',
      releasedAt: at('2026-11-01T00:00:00Z'),
    });
    await held({ ...price, phoneNumber: '+12125559105', mode: 'test' });
    const { countries } = (await report()).body;
    expect(countries[0]).toEqual({ country: 'US', numbers: 2, monthly_cost: '3.50' });
    expect(
      countries
        .slice(1)
        .map((each: { country: string }) => each.country)
        .sort(),
    ).toEqual(['CA', 'GB', 'GG']);
  });

  it('has the busiest numbers with each day, and the least cap of their running campaigns', async () => {
    const calm = await held({ phoneNumber: '+14155559201' });
    const busy = await held({ phoneNumber: '+14155559202', label: 'Sales' });
    await called(calm, '2026-11-23', 1);
    await called(busy, '2026-11-22', 2);
    await called(busy, '2026-11-20', 100);
    await called(await held({}), '2026-11-23', 0);
    await called(await held({ mode: 'test' }), '2026-11-23', 7);
    await called(await held({}, await newTeam(service)), '2026-11-23', 7);
    const assistant = await addAssistant(service, team.teamId);
    await addCampaign(service, team.teamId, assistant, [busy], { dailyCapPerNumber: 50 });
    await addCampaign(service, team.teamId, assistant, [busy], { dailyCapPerNumber: 40 });
    await addCampaign(service, team.teamId, assistant, [busy], { dailyCapPerNumber: 3, status: 'paused' });
    await addCampaign(service, team.teamId, assistant, [busy, calm]);

    expect((await report('&days=3')).body.calls).toEqual([
      {
        id: busy,
        phone_number: '+14155559202',
        label: 'Sales',
        daily_cap: 40,
        days: [
          { day: '2026-11-21', outbound_calls: 0 },
          { day: '2026-11-22', outbound_calls: 2 },
          { day: '2026-11-23', outbound_calls: 0 },
        ],
      },
      expect.objectContaining({ id: calm, daily_cap: null }),
    ]);
    expect((await report('&days=4')).body.calls[0].days[0]).toEqual({
      day: '2026-11-20',
      outbound_calls: 100,
    });
  });

  it('is empty where there is nothing', async () => {
    expect((await report('&months=1')).body).toEqual({
      success: true,
      months: [{ month: '2026-11', numbers: 0, monthly_cost: '0.00' }],
      countries: [],
      calls: [],
    });
  });

  it.each([
    ['months', '0', /36/],
    ['months', '37', /36/],
    ['days', '0', /92/],
    ['days', '93', /92/],
    ['days', 'x', /92/],
  ])('refuses %s=%s', async (field, value, message) => {
    expectInvalid(await report(`&${field}=${value}`), field, message);
  });

  it('comes with what each plan allows', async () => {
    const { body } = await call(service, 'GET', '/api/plans', { token: team.token });
    expect(body.plans[0]).toEqual({
      id: 'free',
      name: 'Free',
      max_numbers: 1,
      has_subscription: false,
      trial_days: 5,
    });
    expect(
      body.plans.map(({ id, max_numbers }: { id: string; max_numbers: number }) => [id, max_numbers]),
    ).toEqual([
      ['free', 1],
      ['starter', 3],
      ['growth', 10],
      ['business', 50],
      ['enterprise', 500],
    ]);
  });
});
