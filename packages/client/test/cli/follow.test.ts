import { verifyWebhook } from '@talkturo/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../../../server/test/support/service.ts';
import { type Subscriber, startSubscriber } from '../../../server/test/support/subscriber.ts';
import { atHome, type Said } from './support/talkturo.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

describe('what follows events', () => {
  let service: Service;
  let subscriber: Subscriber;
  let team: TeamWithKey;
  let env: Record<string, string>;
  const home = atHome();
  let stop: () => void = () => {};

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
    subscriber = await startSubscriber();
    team = await newTeam(service, { plan: 'business', mode: 'test' });
    env = {
      TALKTURO_BASE_URL: await service.app.server.listen({ port: 0, host: '127.0.0.1' }),
      TALKTURO_API_KEY: team.token,
    };
    await say('numbers buy --area-code 415 --yes');
  });
  afterEach(() => stop());
  afterAll(async () => {
    home.remove();
    await subscriber.close();
    await service.stop();
  });

  const say = (line: string) => home.talkturo(line.split(' '), { env });
  /** Until it is stopped, or ends by itself. */
  const follow = (line: string) => {
    const ending = new AbortController();
    let text = '';
    const onOutput = (more: string) => {
      text += more;
    };
    const ended: Promise<Said> = home.talkturo(line.split(' '), { env, signal: ending.signal, onOutput });
    stop = () => ending.abort();
    const lines = () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((each) => JSON.parse(each));
    return { lines, stop, ended };
  };

  it('tells the last events, then each as it happens, once', async () => {
    const tail = follow('events tail --last 1 --interval 1 --type phone_number.*');
    await expect.poll(() => tail.lines().map(({ type }) => type)).toEqual(['phone_number.purchased']);
    const [{ phone_number }] = (await say('numbers list')).json;
    await say(`numbers release ${phone_number} --yes`);
    await say(`numbers restore ${phone_number}`);
    await expect
      .poll(() => tail.lines().map(({ type }) => type), { timeout: 10_000 })
      .toEqual(['phone_number.purchased', 'phone_number.release_started', 'phone_number.restored']);
    tail.stop();
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends after the last ones with --once, and sees only one record with --subject', async () => {
    const [{ id }] = (await say('numbers list')).json;
    const { code, stdout } = await say(`events tail --once --subject ${id} --last 2`);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).subject),
    ).toEqual([id, id]);
    expect((await say('events tail --once --subject pn_unknown')).stdout).toBe('');
  });

  it('brings events to a program on this machine, signed as webhooks are', async () => {
    const listening = follow(
      `webhooks listen --forward ${subscriber.url} --secret ${SECRET} --interval 1 --types phone_number.*`,
    );
    await expect.poll(() => listening.lines().length).toBe(1);
    // Who gave the secret need not be told it.
    expect(listening.lines()[0]).toEqual({ forward: subscriber.url });
    const { json } = await say('numbers buy --area-code 212 --yes');
    await expect.poll(() => subscriber.received.length, { timeout: 10_000 }).toBe(2);

    const events = await Promise.all(
      subscriber.received.map(({ text, headers }) => verifyWebhook(text, headers, SECRET)),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'phone_number.purchase_started',
      'phone_number.purchased',
    ]);
    expect(events.every(({ data }) => data.subject === json[0].id)).toBe(true);
    await expect.poll(() => listening.lines().length).toBe(3);
    expect(listening.lines()[2]).toMatchObject({ type: 'phone_number.purchased', outcome: '204' });
    listening.stop();
    expect(await listening.ended).toMatchObject({ code: 0 });
  });

  it('makes a secret, and tells where nobody listens', async () => {
    const listening = follow('webhooks listen --forward http://127.0.0.1:9/ --last 1 --interval 1');
    await expect.poll(() => listening.lines().length, { timeout: 10_000 }).toBe(2);
    expect(listening.lines()).toMatchObject([
      { secret: expect.stringMatching(/^whsec_/) },
      { outcome: expect.stringContaining('no answer') },
    ]);
    expect(await say('webhooks listen --forward localhost:4000')).toMatchObject({ code: 2 });
    expect(await say('webhooks listen --forward http://127.0.0.1:9 --secret abc')).toMatchObject({ code: 2 });
  });
});
