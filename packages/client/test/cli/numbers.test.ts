import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../../../server/test/support/service.ts';
import { atHome, type Circumstances } from './support/talkturo.ts';

describe('numbers on the command line', () => {
  let service: Service;
  let baseUrl: string;
  let team: TeamWithKey;
  const home = atHome();

  beforeAll(async () => {
    service = await startService({ kind: 'embedded', environment: { PURCHASE_WAIT_MS: '300' } });
    baseUrl = await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    team = await newTeam(service, { plan: 'business', mode: 'live' });
  });
  afterAll(async () => {
    home.remove();
    await service.stop();
  });

  const as = ({ token }: TeamWithKey) => ({ TALKTURO_BASE_URL: baseUrl, TALKTURO_API_KEY: token });
  const talkturo = (line: string, more: Circumstances = {}) =>
    home.talkturo(line.split(' '), { ...more, env: { ...as(team), ...more.env } });
  const orders = async (phoneNumber: string) => (await service.sim.ledger({ phoneNumber })).totals.orders;

  it('searches: a table for people, an array for programs', async () => {
    const piped = await talkturo('numbers search --area-code 415 --limit 2');
    expect(piped).toMatchObject({ code: 0, stderr: '' });
    expect(piped.json).toMatchObject([
      { phoneNumber: '+14155550101', monthlyPrice: '1.00' },
      { phoneNumber: '+14155550102' },
    ]);
    const seen = await talkturo('numbers search --area-code 415 --limit 2', { terminal: true });
    expect(seen.stdout.split('\n').slice(0, 2)).toEqual([
      'number        USD a month  USD once  features',
      '+14155550101  1.00         1.00      voice, sms',
    ]);
    expect(seen.stderr).toContain('Buy one: talkturo numbers buy +14155550101');
    expect(
      JSON.parse((await talkturo('numbers search -a 415 -l 1 --json', { terminal: true })).stdout),
    ).toHaveLength(1);
  });

  it('names the area codes near one that has none', async () => {
    const { stdout } = await talkturo('numbers search --area-code 628', { terminal: true });
    expect(stdout).toContain('talkturo numbers search --area-code 628 --nearby');
    expect((await talkturo('numbers search --area-code 628 --nearby')).json[0].area_code).toBe('415');
    expect((await talkturo('numbers search --nearby')).code).toBe(2);
  });

  it('shows the price, asks, and buys at that price', async () => {
    const phoneNumber = '+14155550111';
    const no = await talkturo(`numbers buy ${phoneNumber}`, { terminal: true, answers: [false] });
    expect(no).toMatchObject({ code: 2, asked: ['Buy 1 number? 1.00 USD a month, and 1.00 USD once.'] });
    expect(await orders(phoneNumber)).toBe(0);

    const yes = await talkturo(`numbers buy ${phoneNumber}`, { terminal: true, answers: [true] });
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining(`${phoneNumber} is yours (pn_`) });
    expect(await orders(phoneNumber)).toBe(1);
  });

  it('buys nothing where nobody says yes, and nothing with --dry-run', async () => {
    const phoneNumber = '+14155550112';
    const { code, stdout, stderr } = await talkturo(`numbers buy ${phoneNumber}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(2);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'usage',
      exit_code: 2,
      hint: expect.stringContaining('--yes'),
    });

    const dry = await talkturo(`numbers buy ${phoneNumber} --dry-run --yes`);
    expect(dry).toMatchObject({
      code: 0,
      json: { dry_run: true, monthly_cost: '1.00', offers: [{ phoneNumber }] },
    });
    expect(await orders(phoneNumber)).toBe(0);
  });

  it('buys with --yes, and once for one key', async () => {
    const phoneNumber = '+14155550113';
    const line = `numbers buy ${phoneNumber} --yes --idempotency-key first`;
    const { code, json } = await talkturo(line);
    expect({ code, json }).toMatchObject({ code: 0, json: { phone_number: phoneNumber, status: 'active' } });
    expect((await talkturo(line)).json).toEqual(json);
    expect(await orders(phoneNumber)).toBe(1);
    expect(await talkturo(`numbers buy ${phoneNumber} --yes`)).toMatchObject({ code: 5 });
    expect(await talkturo('numbers buy +14155550114 --yes --max-price 0.50')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('price_exceeded'),
    });
  });

  it('buys several, by name or by what fits, and says of each what became of it', async () => {
    const several = await talkturo('numbers buy --area-code 212 --quantity 2', {
      terminal: true,
      answers: [true],
    });
    expect(several.asked).toEqual(['Buy 2 numbers? 2.00 USD a month, and 2.00 USD once.']);
    expect(several.stdout.match(/active/g)).toHaveLength(2);

    await talkturo('numbers buy +13105550101 --yes');
    const mixed = await talkturo('numbers buy +13105550101 +13105550102 --yes');
    expect(mixed.code).toBe(5);
    expect(mixed.json).toMatchObject([
      { status: 'error', code: 'number_already_owned' },
      { status: 'active' },
    ]);
    expect(JSON.parse(mixed.stderr)).toMatchObject({ code: 'not_all_bought' });
  });

  it('says before it asks what would be refused', async () => {
    const full = await newTeam(service, { plan: 'enterprise', maxNumbers: 1, mode: 'test' });
    await talkturo('numbers buy +16465550101 --yes', { env: as(full) });
    const refused = await talkturo('numbers buy +16465550102', { env: as(full), terminal: true });
    expect(refused).toMatchObject({ code: 5, asked: [], stderr: expect.stringContaining('allows 1 number') });
  });

  it('has no way to buy by accident', async () => {
    for (const line of ['numbers buy', 'numbers buy --yes', 'numbers buy +14155550115 --quantity 2 --yes']) {
      expect(await talkturo(line)).toMatchObject({ code: 2 });
    }
  });

  it('goes on at the server where it is interrupted, and says how to look', async () => {
    const phoneNumber = '+14155550903';
    await talkturo('numbers search --starts-with 4155550903');
    const ending = new AbortController();
    const buying = talkturo(`numbers buy ${phoneNumber} --yes`, { signal: ending.signal });
    await expect.poll(() => orders(phoneNumber)).toBe(1);
    ending.abort();
    const { code, stderr } = await buying;
    expect({ code, ...JSON.parse(stderr) }).toMatchObject({
      code: 'interrupted',
      exit_code: 130,
      error: expect.stringContaining('goes on'),
      hint: `See what becomes of it: talkturo numbers watch ${phoneNumber}`,
    });
    expect((await talkturo('numbers list --status purchasing')).json).toMatchObject([
      { phone_number: phoneNumber },
    ]);

    const late = await talkturo(`numbers buy ${phoneNumber} --yes --wait 1 --idempotency-key late`);
    expect(late.code).toBe(5);
  });

  it('ends with 7 where the purchase takes longer than it waits', async () => {
    await talkturo('numbers search --starts-with 2125550903');
    const { code, stderr } = await talkturo('numbers buy +12125550903 --yes --wait 1');
    expect({ code, ...JSON.parse(stderr) }).toMatchObject({
      exit_code: 7,
      code: 'purchase_pending',
      hint: 'talkturo numbers watch +12125550903',
      idempotency_key: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('lists, shows, releases, restores and watches', async () => {
    const own = await newTeam(service, { plan: 'business', mode: 'test' });
    const asOwn = (line: string, more: Circumstances = {}) => talkturo(line, { ...more, env: as(own) });
    expect((await asOwn('numbers list', { terminal: true })).stdout).toContain('talkturo numbers search');
    const { id } = (await asOwn('numbers buy +17135550101 --yes')).json;

    expect((await asOwn('numbers list')).json).toMatchObject([{ id, status: 'active' }]);
    expect((await home.talkturo(['numbers', 'show', '+1 (713) 555-0101'], { env: as(own) })).json.id).toBe(
      id,
    );
    expect((await asOwn(`numbers show ${id}`, { terminal: true })).stdout).toMatch(
      /^phone number +\+17135550101$/m,
    );
    expect(await asOwn('numbers show pn_unknown')).toMatchObject({ code: 4, stdout: '' });

    expect(await asOwn(`numbers release ${id}`)).toMatchObject({ code: 2 });
    expect((await asOwn(`numbers release ${id} --yes`)).json.status).toBe('releasing');
    expect((await asOwn(`numbers restore ${id}`)).json.status).toBe('active');
    const watched = await asOwn(`numbers watch ${id}`);
    expect(watched).toMatchObject({ code: 0, json: { id, status: 'active' } });
    const released = await asOwn(`numbers release ${id} --immediately`, { terminal: true, answers: [true] });
    expect(released).toMatchObject({ code: 0, stdout: expect.stringContaining('is released') });
    expect(await asOwn(`numbers restore ${id}`)).toMatchObject({ code: 5 });
  });
});
