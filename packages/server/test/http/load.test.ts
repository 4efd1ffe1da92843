import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOOK_UP_TIMEOUT_MS } from '../../src/db/database.ts';
import { MOST_AT_ONCE } from '../../src/http/load.ts';
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

  it('is said where the database stands still, and over once there is another connection', async () => {
    expect((await check(team)).status).toBe(200);
    const { rows } = await other.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query like '%join api_keys%' and pid <> pg_backend_pid()`,
    );
    expect(rows).toHaveLength(1);
    const signal = (name: NodeJS.Signals) => {
      for (const { pid } of rows) process.kill(pid, name);
    };
    signal('SIGSTOP');
    try {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const answer = check(team);
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
      await vi.advanceTimersByTimeAsync(LOOK_UP_TIMEOUT_MS);
      expectRefusal(await answer, 503, 'not_ready');
    } finally {
      vi.useRealTimers();
      signal('SIGCONT');
    }
    expect((await check(team)).status).toBe(200);
  });
});
