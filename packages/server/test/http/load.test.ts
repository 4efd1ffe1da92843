import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPostgres, POOL_SIZE } from '../../src/db/database.ts';
import { MOST_AT_ONCE } from '../../src/http/load.ts';
import { addNumber } from '../support/routing-records.ts';
import {
  type Answer,
  call,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectRefusal } from './expectations.ts';

describe('more than a server can do', () => {
  let service: Service;
  let team: TeamWithKey;
  /** Somebody else in the database, who holds what requests need. */
  let other: pg.Client;

  beforeEach(async () => {
    service = await startService({ kind: 'postgres' });
    team = await newTeam(service, { plan: 'business' });
    other = new pg.Client({ connectionString: service.database.environment.DATABASE_URL });
    await other.connect();
    await other.query('begin');
  });
  afterEach(async () => {
    await other.end();
    await service.stop();
  });

  const check = (of: TeamWithKey) => call(service, 'GET', '/api/test-api-key', { token: of.token });
  const buy = (of: TeamWithKey, phoneNumber: string) =>
    call(service, 'POST', '/api/phone-numbers/purchase', {
      token: of.token,
      body: { teamId: of.teamId, phoneNumber },
    });

  it('is refused at once, and what was accepted is answered', async () => {
    await other.query('lock table api_keys in access exclusive mode');
    const refused: Answer[] = [];
    const answers = Array.from({ length: MOST_AT_ONCE + 10 }, async () => {
      const answer = await check(team);
      if (answer.status === 503) refused.push(answer);
      return answer;
    });
    await expect.poll(() => refused.length).toBe(10);
    for (const answer of refused) {
      expectRefusal(answer, 503, 'not_ready');
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.headers['x-request-id']).toMatch(/^req_/);
    }
    for (const probe of ['/healthz', '/readyz', '/metrics'])
      expect((await service.app.server.inject(probe)).statusCode, probe).toBe(200);
    await other.query('commit');
    expect((await Promise.all(answers)).filter(({ status }) => status === 200)).toHaveLength(MOST_AT_ONCE);
    expect((await check(team)).status).toBe(200);
  });

  it('leaves the purchases of one team waiting, and those of others as they were', async () => {
    const quiet = await newTeam(service, { plan: 'business' });
    await other.query('select 1 from teams where id = $1 for update', [team.teamId]);
    const storm = Array.from({ length: 40 }, (_, index) => buy(team, `+1415555${2001 + index}`));
    expect((await buy(quiet, '+14155552100')).status).toBe(200);
    await other.query('commit');
    const statuses = (await Promise.all(storm)).map(({ status }) => status);
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 500)).toEqual([]);
  });

  it('leaves calls as they were while every other connection is busy, however their number is written', async () => {
    const { db } = service.app.context;
    await addNumber(service, team.teamId, { phoneNumber: '+14155550101' });
    await other.query('select 1 from teams where id = $1 for update', [team.teamId]);
    let free = 0;
    const busy = Array.from({ length: POOL_SIZE }, async () => {
      await db.execute(sql`select 1 from teams where id = ${team.teamId} for update`);
      free += 1;
    });
    for (const to of [
      '%2B14155550101',
      '+14155550101',
      'sip:%2B14155550101@example.com',
      '(415)%20555-0101',
    ]) {
      const answer = await call(service, 'GET', `/api/routing/inbound?to=${to}`, { token: team.token });
      expect(answer.body, to).toMatchObject({ reason: 'unassigned' });
    }
    expect(free).toBe(0);
    await other.query('commit');
    await Promise.all(busy);
  });

  it('is over where a connection that was silent is given up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const { lookUps, close } = await openPostgres(
      service.database.environment.DATABASE_URL ?? '',
      () => undefined,
    );
    try {
      const ask = lookUps.prepare('wait', `select 'done' as answer, pg_sleep($1)`);
      expect(await ask(0)).toMatchObject([{ answer: 'done' }]);
      const silent = ask(600).catch((error: Error) => error.message);
      // It gets its connection in the turn after.
      await turn();
      vi.advanceTimersByTime(5_000);
      expect(await ask(0)).toMatchObject([{ answer: 'done' }]);
      vi.advanceTimersByTime(1_000);
      expect(await silent).toMatch('Connection terminated');
      expect(await ask(0)).toMatchObject([{ answer: 'done' }]);
    } finally {
      vi.useRealTimers();
      await close();
    }
  });
});
