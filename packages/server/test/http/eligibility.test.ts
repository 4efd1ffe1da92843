import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buy, call, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

describe('the eligibility preflight', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });
  afterEach(() => service.sim.faults.clear());
  afterAll(() => service.stop());

  const ask = ({ teamId, token }: TeamWithKey, phoneNumber?: string) =>
    call(service, 'POST', '/api/phone-numbers/eligibility', {
      token,
      body: { teamId, ...(phoneNumber !== undefined && { phoneNumber }) },
    });

  it('says yes, with the plan and the price, and buys nothing', async () => {
    const team = await newTeam(service);
    expect(await ask(team, '+14155555001')).toMatchObject({
      status: 200,
      body: {
        success: true,
        eligible: true,
        mode: 'live',
        asTrial: false,
        eligibility: { currentCount: 0, maxAllowed: 10, hasSubscription: true, planName: 'Growth' },
        offer: { phoneNumber: '+14155555001', monthlyPrice: '1.00', setupPrice: '1.00' },
        refusals: [],
      },
    });
    expect((await service.sim.ledger({ phoneNumber: '+14155555001' })).data).toEqual([]);
  });

  it('looks at the plan alone where no number is named', async () => {
    const team = await newTeam(service, { plan: 'free' });
    expect((await ask(team)).body).toMatchObject({
      eligible: true,
      asTrial: true,
      offer: null,
      refusals: [],
    });
  });

  it('names every obstacle with its code and the next step', async () => {
    const team = await newTeam(service, { plan: 'free' });
    await buy(service, team, '+14155555002');
    const { body } = await ask(team, '+14155555002');
    expect(body.eligible).toBe(false);
    expect(body.refusals.map(({ code }: { code: string }) => code)).toEqual([
      'trial_already_used',
      'number_already_owned',
    ]);
    for (const { error } of body.refusals) expect(error).toMatch(/\S\. [A-Z].+\.$/);
    const other = await newTeam(service);
    expect((await ask(other, '+14155555002')).body.refusals).toMatchObject([{ code: 'number_unavailable' }]);
  });

  it('says that the carrier does not answer', async () => {
    const team = await newTeam(service);
    service.sim.faults.add({ kind: 'error_before', on: 'search', status: 503, times: null });
    expect((await ask(team, '+14155555003')).body).toMatchObject({
      eligible: false,
      refusals: [{ code: 'carrier_unavailable' }],
    });
  });

  it('refuses a number that is none, and another team', async () => {
    const [team, other] = [await newTeam(service), await newTeam(service)];
    expect(await ask(team, '4155555001')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'phoneNumber' }] },
    });
    expect((await ask({ ...team, teamId: other.teamId })).status).toBe(403);
  });
});
