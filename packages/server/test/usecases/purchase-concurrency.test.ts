import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASE_KINDS } from '../support/databases.ts';
import { type Answer, buy, list, newTeam, type Service, startService } from '../support/service.ts';

const numbers = (areaCode: string, count: number) =>
  Array.from({ length: count }, (_, index) => `+1${areaCode}555${String(1000 + index)}`);

const ordersInLedger = async ({ sim }: Service) => {
  const { data } = await sim.ledger();
  return data.filter((entry) => entry.action.startsWith('order'));
};

describe.each(DATABASE_KINDS)('purchases at once on %s', (kind) => {
  let service: Service;
  /** A second server on the same database; the embedded one has room for one only. */
  let other: Service;

  beforeAll(async () => {
    service = await startService({ kind });
    const { clock, database, simulator } = service;
    other =
      kind === 'embedded' ? service : await startService({ clock, database, sharedSimulator: simulator });
  });
  afterAll(async () => {
    if (other !== service) await other.stop();
    await service.stop();
  });

  const everyOther = (index: number) => (index % 2 === 0 ? service : other);

  it('sell one slot once to fifty', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    const before = (await ordersInLedger(service)).length;
    const answers = await Promise.all(
      numbers('312', 50).map((number, index) => buy(everyOther(index), team, number)),
    );
    const [bought, refused] = [answers.filter(succeeded), answers.filter((answer) => !succeeded(answer))];
    expect(bought).toHaveLength(1);
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
      Array(49).fill('403 plan_limit_reached'),
    );
    expect((await ordersInLedger(service)).length - before).toBe(1);
    expect((await list(service, team)).body.count).toBe(1);
  });

  it('sell one slot once to fifty who each bring a key of their own', async () => {
    const team = await newTeam(service, { plan: 'enterprise', maxNumbers: 1 });
    const answers = await Promise.all(
      numbers('303', 50).map((number, index) =>
        buy(everyOther(index), team, number, { headers: { 'idempotency-key': `own-${index}` } }),
      ),
    );
    const codes = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).sort();
    expect(codes).toEqual(['200 ', ...Array(49).fill('403 plan_limit_reached')]);
  });

  it('sell a Free team one trial', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const answers = await Promise.all(
      numbers('313', 10).map((number, index) => buy(everyOther(index), team, number)),
    );
    expect(answers.filter(succeeded)).toHaveLength(1);
    // Until the first has its number, the trial is only taken; from then on it is used.
    const refused = answers.filter((answer) => !succeeded(answer)).map(({ body }) => body.code);
    expect(refused).toHaveLength(9);
    for (const code of refused) expect(['plan_limit_reached', 'trial_already_used']).toContain(code);
  });

  it('sell one number to one of two teams', async () => {
    const [one, two] = [await newTeam(service), await newTeam(service)];
    const answers = await Promise.all([buy(service, one, '+13145551000'), buy(other, two, '+13145551000')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('number_unavailable');
    const { data } = await service.sim.ledger({ phoneNumber: '+13145551000' });
    expect(data.map((entry) => entry.action)).toEqual(['order']);
  });

  it('order once for ten repetitions of one request, and answer them alike', async () => {
    const team = await newTeam(service);
    const headers = { 'idempotency-key': 'ten-at-once' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => buy(everyOther(index), team, '+13175551000', { headers })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(
      (await service.sim.ledger({ phoneNumber: '+13175551000' })).data.map(({ action }) => action),
    ).toEqual(['order']);
  });

  it('fill a plan to the brim and not beyond', async () => {
    const team = await newTeam(service, { plan: 'growth' });
    const answers = await Promise.all(
      numbers('316', 30).map((number, index) => buy(everyOther(index), team, number)),
    );
    expect(answers.filter(succeeded)).toHaveLength(10);
    expect((await list(service, team)).body.count).toBe(10);
  });
});

function succeeded({ status }: Answer): boolean {
  return status === 200;
}
