import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAGIC_BEHAVIOURS } from '../../../carrier-sim/src/magic-numbers.ts';
import { resumePurchases } from '../../src/usecases/resume-purchases.ts';
import { buy, call, newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

const page = readFileSync(new URL('../../../../docs/test-mode.md', import.meta.url), 'utf8');

const rows = [
  ...page.matchAll(/^\| `(\+1415555(09\d\d))` \| (\d{3}) `(\w+)` +\| (?:`(\w+)`|(no record)) +\|/gm),
].map(([, phoneNumber = '', , status, answer, state, none]) => {
  return { phoneNumber, status: Number(status), answer, end: state ?? none };
});

describe('the table of magic numbers', () => {
  let service: Service;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind: 'postgres', environment: { PURCHASE_WAIT_MS: '1000' } });
    team = await newTeam(service, { mode: 'test', plan: 'business' });
  });
  afterAll(() => service.stop());

  it('has each that there is', () => {
    const there = Object.keys(MAGIC_BEHAVIOURS).map((line) => `+141555509${line}`);
    expect(rows.map(({ phoneNumber }) => phoneNumber)).toEqual(there.sort());
  });

  it.each(rows)('says what becomes of $phoneNumber', async ({ phoneNumber, status, answer, end }) => {
    const first = await buy(service, team, phoneNumber);
    expect([first.status, first.body.code ?? first.body.phoneNumber.status]).toEqual([status, answer]);
    for (const ms of [60_000, 180_000, 600_000]) {
      service.clock.advance(ms);
      await resumePurchases(service.app.context);
    }
    const { body } = await call(service, 'GET', `/api/phone-numbers/${phoneNumber}`, { token: team.token });
    expect(body.success ? body.phoneNumber.status : 'no record').toBe(end);
  });
});
