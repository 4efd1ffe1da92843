import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAGIC_BEHAVIOURS } from '../../../carrier-sim/src/magic-numbers.ts';
import { resumePurchases } from '../../src/usecases/resume-purchases.ts';
import {
  type Answer,
  buy,
  call,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';

const page = readFileSync(new URL('../../../../docs/test-mode.md', import.meta.url), 'utf8');

const rows = [
  ...page.matchAll(/^\| `(\+1415555(09\d\d))` \| (\d{3}) `(\w+)` +\| (?:`(\w+)`|(no record)) +\|/gm),
].map(([, phoneNumber = '', , status, answer, state, none]) => {
  return { phoneNumber, status: Number(status), answer, end: state ?? none };
});

const SILENT = ['+14155550916', '+14155550917'];

describe('the table of magic numbers', () => {
  let service: Service;
  let team: TeamWithKey;
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    // Long enough for a busy machine; only those wait for it that the carrier keeps silent about, and they beside the others.
    service = await startService({ kind: 'postgres', environment: { PURCHASE_WAIT_MS: '5000' } });
    team = await newTeam(service, { mode: 'test', plan: 'business' });
    const purchase = async (phoneNumber: string) =>
      answers.set(phoneNumber, await buy(service, team, phoneNumber));
    const silent = SILENT.map(purchase);
    for (const { phoneNumber } of rows) if (!SILENT.includes(phoneNumber)) await purchase(phoneNumber);
    await Promise.all(silent);
    for (const ms of [60_000, 180_000, 600_000]) {
      service.clock.advance(ms);
      await resumePurchases(service.app.context);
    }
  });
  afterAll(() => service.stop());

  it('has each that there is', () => {
    const there = Object.keys(MAGIC_BEHAVIOURS).map((line) => `+141555509${line}`);
    expect(rows.map(({ phoneNumber }) => phoneNumber)).toEqual(there.sort());
  });

  it.each(rows)('says what becomes of $phoneNumber', async ({ phoneNumber, status, answer, end }) => {
    const first = answers.get(phoneNumber);
    expect([first?.status, first?.body.code ?? first?.body.phoneNumber.status]).toEqual([status, answer]);
    const { body } = await call(service, 'GET', `/api/phone-numbers/${phoneNumber}`, { token: team.token });
    expect(body.success ? body.phoneNumber.status : 'no record').toBe(end);
  });
});
