import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../../../server/test/support/service.ts';
import { startSubscriber } from '../../../server/test/support/subscriber.ts';
import { atHome, type Circumstances } from './support/talkturo.ts';

describe('the other commands', () => {
  let service: Service;
  let team: TeamWithKey;
  let env: Record<string, string>;
  const home = atHome();

  beforeAll(async () => {
    service = await startService({ kind: 'postgres', environment: { ALLOW_LOCAL_WEBHOOKS: 'true' } });
    team = await newTeam(service, { plan: 'business', mode: 'test' });
    env = {
      TALKTURO_BASE_URL: await service.app.server.listen({ port: 0, host: '127.0.0.1' }),
      TALKTURO_API_KEY: team.token,
      TALKTURO_OPERATOR_TOKEN: OPERATOR_TOKEN,
    };
    await talkturo('numbers buy --area-code 415 --quantity 2 --yes');
  });
  afterAll(async () => {
    home.remove();
    await service.stop();
  });

  const talkturo = (line: string | string[], more: Circumstances = {}) =>
    home.talkturo(typeof line === 'string' ? line.split(' ') : line, { env, ...more });
  const say = async (line: string | string[]) => {
    const said = await talkturo(line);
    expect(said).toMatchObject({ code: 0, stderr: '' });
    return said.json;
  };

  it('assistants, and the numbers that they have', async () => {
    const { id } = await say(
      'assistants create --name Sales --template outbound-setter --fallback +14155550100',
    );
    expect(await say('assistants list')).toMatchObject([{ id, fallback_number: '+14155550100' }]);
    const numbers = await say('numbers list');
    const [first, second] = numbers.map(({ phone_number }: { phone_number: string }) => phone_number);
    expect(await say(`numbers assign ${first} ${second} --assistant ${id}`)).toMatchObject({ count: 2 });
    expect(await say(`assistants numbers ${id} --set ${first}`)).toMatchObject([{ phone_number: first }]);
    expect(await say(`assistants update ${id} --inbound off --fallback none --name Support`)).toMatchObject({
      name: 'Support',
      inbound_enabled: false,
      outbound_enabled: true,
      fallback_number: null,
    });

    const other = await say('assistants create --name Other');
    expect(await talkturo(`numbers assign ${first} --assistant ${other.id}`)).toMatchObject({ code: 5 });
    await say(`numbers assign ${first} --assistant ${other.id} --reassign`);
    expect(await talkturo(`assistants delete ${other.id}`)).toMatchObject({ code: 2 });
    const inUse = await talkturo(`assistants delete ${other.id} --yes`);
    expect(JSON.parse(inUse.stderr)).toMatchObject({
      code: 'assistant_in_use',
      hint: expect.stringContaining('--force'),
    });
    await say(`assistants delete ${other.id} --yes --force`);
    expect(await talkturo(`assistants show ${other.id}`)).toMatchObject({ code: 4 });
    expect(await say(`assistants numbers ${id} --clear`)).toEqual([]);
  });

  it('campaigns, from draft to completed', async () => {
    const assistant = await say('assistants create --name Caller');
    const numbers = await say('numbers list');
    const [first, second] = numbers.map(({ phone_number }: { phone_number: string }) => phone_number);
    const made = await say(
      `campaigns create --name Spring --assistant ${assistant.id} --number ${first}=3 ${second} --daily-cap 100`,
    );
    expect(made).toMatchObject({ status: 'draft', daily_cap_per_number: 100 });
    const weights = made.from_numbers.map((each: object) => ('weight' in each ? each.weight : null));
    expect(weights.sort()).toEqual([1, 3]);
    expect(await say(`campaigns start ${made.id}`)).toMatchObject({ status: 'running' });
    expect(await talkturo(`campaigns delete ${made.id} --yes`)).toMatchObject({ code: 5 });
    expect(await say(`campaigns pause ${made.id}`)).toMatchObject({ status: 'paused' });
    expect(await say(`campaigns update ${made.id} --daily-cap none`)).toMatchObject({
      daily_cap_per_number: null,
    });
    expect((await talkturo(`campaigns show ${made.id}`, { terminal: true })).stdout).toContain(`${first}=3`);
    expect(await say(`campaigns complete ${made.id}`)).toMatchObject({ status: 'completed' });
    expect(await say('campaigns list')).toMatchObject([{ id: made.id }]);
    await say(`campaigns delete ${made.id} --yes`);
    expect(await talkturo('campaigns create --name X --number +1=a')).toMatchObject({ code: 2 });
  });

  it('keys', async () => {
    const { id, fullKey } = await say(
      'keys create --name CI --scopes numbers:read,events:* --expires 2099-01-31',
    );
    const narrow = { env: { ...env, TALKTURO_API_KEY: fullKey } };
    expect(await talkturo('numbers list', narrow)).toMatchObject({ code: 0 });
    expect(await talkturo('keys list', narrow)).toMatchObject({ code: 3 });
    expect(await say(['keys', 'rename', id, 'Build server'])).toMatchObject({ name: 'Build server' });
    expect(await say(`keys expire ${id} never`)).toMatchObject({ expires_at: null });
    expect(await talkturo(`keys expire ${id} soon`)).toMatchObject({ code: 2 });
    expect(await talkturo(`keys revoke ${id}`, { terminal: true, answers: [true] })).toMatchObject({
      code: 0,
    });
    expect(await talkturo('numbers list', narrow)).toMatchObject({ code: 3 });
    const list = await talkturo('keys list', { terminal: true });
    expect(list.stdout).toMatch(/Build server .* revoked /);
  });

  it('webhooks', async () => {
    const subscriber = await startSubscriber();
    try {
      const { id, secret } = await say(`webhooks create ${subscriber.url} --types phone_number.*`);
      expect(secret).toMatch(/^whsec_/);
      expect(await say('webhooks list')).toMatchObject([{ id, types: ['phone_number.*'] }]);
      expect(await say(`webhooks test ${id}`)).toMatchObject({ status: 'succeeded' });
      await say(`webhooks delete ${id} --yes`);
      expect(await say('webhooks list')).toEqual([]);
    } finally {
      await subscriber.close();
    }
  });

  it('the operator', async () => {
    expect(await say('operator teams')).toMatchObject([{ id: team.teamId, plan: 'business' }]);
    expect(await say('operator attention')).toEqual([]);
    expect(await say('operator reconcile')).toHaveLength(2);
    expect(await say('operator reconcile --last')).toHaveLength(2);
    expect(await talkturo('operator reconcile --apply')).toMatchObject({ code: 2 });
    expect((await talkturo('operator reconcile', { terminal: true })).stdout).toContain('Nothing differs.');
    expect(await talkturo(`operator plan ${team.teamId} growth`)).toMatchObject({ code: 2 });
    expect(await say(`operator plan ${team.teamId} growth --yes`)).toMatchObject({ plan: 'growth' });
    expect(await talkturo(`operator plan ${team.teamId} gold --yes`)).toMatchObject({ code: 2 });
    const none = await talkturo('operator teams', { env: { ...env, TALKTURO_OPERATOR_TOKEN: '' } });
    expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('TALKTURO_OPERATOR_TOKEN') });
  });
});
