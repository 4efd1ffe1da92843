import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimReconciliation, dropClaim } from '../../src/db/reconciliation.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { buy, call, newTeam, OPERATOR_TOKEN, type Service, startService } from '../support/service.ts';

const URL = '/api/operator/reconciliation';

describe.each(DATABASE_KINDS)('the operator reconciles on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  const last = (token?: string) => call(service, 'GET', URL, { ...(token && { token }) });
  const run = (body: unknown, token?: string) =>
    call(service, 'POST', URL, { body, ...(token && { token }) });

  it('has no report before the first run', async () => {
    expect(await last(OPERATOR_TOKEN)).toMatchObject({ status: 200, body: { success: true, reports: [] } });
  });

  it('answers with a report per mode, and keeps it', async () => {
    await buy(service, await newTeam(service), '+14155553101');
    await service.sim.addOwnedNumbers({ count: 1 });
    const answer = await run({}, OPERATOR_TOKEN);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      reports: [
        {
          id: expect.stringMatching(/^rec_[0-9a-z]{26}$/),
          mode: 'live',
          started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          finished_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          applied: false,
          summary: {
            numbers_there: 2,
            numbers_here: 1,
            orders_compared: 1,
            findings: 1,
            by_kind: {
              unknown_here: 1,
              gone_there: 0,
              wrong_connection: 0,
              order_open_too_long: 0,
              state_different: 0,
            },
            by_fix: { give_back: 0, mark_gone: 0, set_connection: 0, settle: 0, none: 1 },
            unconfirmed: 0,
            fixed: 0,
            unknown_monthly_cost: '0.00',
            duration_ms: 0,
          },
          findings: [
            {
              kind: 'unknown_here',
              phone_number: expect.stringMatching(/^\+1\d{10}$/),
              carrier_number_id: expect.stringMatching(/^\d+$/),
              monthly_price: null,
              detail: 'Not bought by this service: it has no reference.',
              fix: 'none',
            },
          ],
        },
        expect.objectContaining({ mode: 'test', findings: [] }),
      ],
    });
    expect((await last(OPERATOR_TOKEN)).body).toEqual(answer.body);
  });

  it('says whether the run was to fix what it found', async () => {
    expect((await run({ apply: true }, OPERATOR_TOKEN)).body.reports[0].applied).toBe(true);
    expect((await run({ apply: false }, OPERATOR_TOKEN)).body.reports[0].applied).toBe(false);
  });

  it('refuses whoever is not the operator', async () => {
    const { token } = await newTeam(service);
    const before = await last(OPERATOR_TOKEN);
    for (const wrong of [undefined, token, 'tk_test_nonsense', `${OPERATOR_TOKEN}x`]) {
      for (const answer of [await last(wrong), await run({ apply: true }, wrong)])
        expect(answer).toMatchObject({ status: 401, body: { success: false, code: 'unauthorized' } });
    }
    expect(await last(OPERATOR_TOKEN)).toMatchObject({ body: before.body });
  });

  it.each([
    ['an unknown field', { apply: true, mode: 'live' }, 'mode'],
    ['apply as text', { apply: 'true' }, 'apply'],
    ['apply as a number', { apply: 1 }, 'apply'],
    ['apply as null', { apply: null }, 'apply'],
    ['a list', [], 'body'],
    ['no body', undefined, 'body'],
  ])('refuses %s', async (_what, body, path) => {
    const before = await last(OPERATOR_TOKEN);
    expect(await run(body, OPERATOR_TOKEN)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path }] },
    });
    expect((await last(OPERATOR_TOKEN)).body).toEqual(before.body);
  });

  it('answers 503 where the carrier does not list everything', async () => {
    const before = await last(OPERATOR_TOKEN);
    service.sim.faults.add({ kind: 'error_before', on: 'list_orders', times: 3 });
    const answer = await run({ apply: true }, OPERATOR_TOKEN);
    expect(answer).toMatchObject({ status: 503, body: { success: false, code: 'carrier_unavailable' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await last(OPERATOR_TOKEN)).body.reports[0]).toEqual(before.body.reports[0]);
  });

  it('answers 409 while another run is at work', async () => {
    const { db, clock } = service.app.context;
    const other = { mode: 'live', holder: 'rec_of_another_server' } as const;
    const expiresAt = new Date(clock.now().getTime() + 60_000);
    await claimReconciliation(db, { ...other, now: clock.now(), expiresAt });
    const before = await last(OPERATOR_TOKEN);
    const refused = await run({ apply: true }, OPERATOR_TOKEN);
    expect(refused).toMatchObject({ status: 409, body: { code: 'reconciliation_in_progress' } });
    expect(refused.headers['retry-after']).toBe('30');
    expect((await last(OPERATOR_TOKEN)).body).toEqual(before.body);
    await dropClaim(db, other);
    expect((await run({}, OPERATOR_TOKEN)).status).toBe(200);
  });
});
