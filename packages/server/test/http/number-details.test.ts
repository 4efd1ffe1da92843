import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASE_KINDS } from '../support/databases.ts';
import { buy, call, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

describe.each(DATABASE_KINDS)('the list with everything on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  const list = ({ teamId, token }: TeamWithKey, query = '') =>
    call(service, 'GET', `/api/phone-numbers?teamId=${teamId}${query}`, { token });

  it('has the record of each, as one alone has it, and what all cost', async () => {
    const team = await newTeam(service);
    for (const number of ['+14155550101', '+14155550915']) await buy(service, team, number);
    const { body } = await list(team);
    expect(body).toMatchObject({ count: 2, limit: 100, next_cursor: null, monthly_cost: '26.00' });
    const alone = await call(service, 'GET', '/api/phone-numbers/+14155550915', { token: team.token });
    expect(body.numbers[0]).toEqual(alone.body.phoneNumber);
  });

  it('counts the cost of what the carrier holds: of released numbers until they are given back', async () => {
    const team = await newTeam(service);
    await buy(service, team, '+12125550102');
    await buy(service, team, '+12125550103');
    const release = (number: string, query = '') =>
      call(service, 'DELETE', `/api/phone-numbers/${number}${query}`, { token: team.token });
    await release('+12125550102');
    expect((await list(team)).body).toMatchObject({ count: 2, monthly_cost: '2.00' });
    await release('+12125550102', '?immediately=true');
    expect((await list(team)).body).toMatchObject({ count: 1, monthly_cost: '1.00' });
  });

  it('goes through pages, each number once, the sum of all on each', async () => {
    const team = await newTeam(service);
    for (const line of ['0101', '0102', '0103']) await buy(service, team, `+1503555${line}`);
    const first = (await list(team, '&limit=2')).body;
    const second = (await list(team, `&limit=2&cursor=${first.next_cursor}`)).body;
    const numbers = [...first.numbers, ...second.numbers].map(({ phone_number }) => phone_number);
    expect(numbers).toEqual(['+15035550103', '+15035550102', '+15035550101']);
    expect([first.monthly_cost, second.monthly_cost, second.next_cursor]).toEqual(['3.00', '3.00', null]);
  });

  it('has nothing of other teams and of the other mode', async () => {
    const team = await newTeam(service);
    const other = await newTeam(service);
    const test = await newTeam(service, { mode: 'test' });
    await buy(service, other, '+16175550101');
    expect((await list(team)).body).toMatchObject({ numbers: [], count: 0, monthly_cost: '0.00' });
    expect((await list(test)).body).toMatchObject({ numbers: [], count: 0 });
    expect((await list({ ...team, teamId: other.teamId })).status).toBe(403);
  });
});
