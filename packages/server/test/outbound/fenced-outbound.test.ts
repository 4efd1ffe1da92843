import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fencedOutbound, type OutboundOptions } from '../../src/outbound/fenced-outbound.ts';
import { answerWith, type Subscriber, startSubscriber } from '../support/subscriber.ts';

let subscriber: Subscriber;
const opened: { close(): Promise<void> }[] = [];

const outbound = (options: Partial<OutboundOptions> = {}) => {
  const made = fencedOutbound({ local: true, ...options });
  opened.push(made);
  return made;
};

const post = (url = subscriber.url, options: Partial<OutboundOptions> = {}) =>
  outbound(options).post(url, { 'content-type': 'application/json', 'user-agent': 'test' }, '{"a":1}');

beforeEach(async () => {
  subscriber = await startSubscriber();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await subscriber.close();
});

describe('a request to the outside', () => {
  it('brings back status, body and time', async () => {
    subscriber.answer = answerWith(202, 'thanks');
    expect(await post()).toEqual({ status: 202, body: 'thanks', durationMs: expect.any(Number) });
    const [received] = subscriber.received;
    expect(received).toMatchObject({
      text: '{"a":1}',
      headers: { connection: 'close', 'user-agent': 'test' },
    });
  });

  it('ignores the proxies of the environment', async () => {
    process.env.HTTP_PROXY = 'http://127.0.0.1:1';
    process.env.http_proxy = 'http://127.0.0.1:1';
    try {
      expect(await post()).toMatchObject({ status: 204 });
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
  });

  it.each([301, 302, 307, 308])('does not follow a %i', async (status) => {
    const elsewhere = await startSubscriber();
    subscriber.answer = answerWith(status, '', { location: elsewhere.url });
    expect(await post()).toMatchObject({ status });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it('does not wait longer than its time, for an answer or for the rest of one', async () => {
    subscriber.answer = () => undefined;
    expect(await post(subscriber.url, { timeoutMs: 50 })).toMatchObject({ error: 'no answer within 50 ms' });
    subscriber.answer = (response) => response.writeHead(200).write('beginning');
    expect(await post(subscriber.url, { timeoutMs: 50 })).toMatchObject({ error: 'no answer within 50 ms' });
  });

  it('waits no longer for a name either', async () => {
    const answer = await post('https://slow.example/', {
      timeoutMs: 50,
      resolve: () => new Promise(() => undefined),
    });
    expect(answer).toMatchObject({ error: 'no answer within 50 ms' });
  });

  it('reads 64 KiB of an answer and keeps 2', async () => {
    let sent = 0;
    let broken = false;
    subscriber.answer = (response) => {
      response.writeHead(200);
      response.on('close', () => {
        broken = true;
      });
      const write = () => {
        while (!broken && sent < 64 * 1024 * 1024) {
          sent += 1024;
          if (!response.write('x'.repeat(1024))) return response.once('drain', write);
        }
        return response.end();
      };
      write();
    };
    const answer = await post();
    expect(answer).toMatchObject({ status: 200, body: 'x'.repeat(2048) });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it.each([
    ['zero characters', Buffer.from('a\0b'), 'a\uFFFDb'],
    ['a character cut in two', Buffer.from(`${'x'.repeat(2047)}é`), `${'x'.repeat(2047)}`],
    ['bytes that are no text', Buffer.alloc(3000, 0xff), '\uFFFD'.repeat(682)],
  ])('keeps text of %s', async (_what, bytes, wanted) => {
    subscriber.answer = (response) => response.writeHead(200).end(bytes);
    const answer = await post();
    if (!('body' in answer)) throw new Error(answer.error);
    expect(Buffer.byteLength(answer.body)).toBeLessThanOrEqual(2048);
    expect(answer.body).toBe(wanted);
  });

  it('says why there was no answer', async () => {
    const { url } = subscriber;
    await subscriber.close();
    expect(await post(url)).toMatchObject({ error: 'the connection was refused' });
    subscriber = await startSubscriber();
    subscriber.answer = (response) => response.destroy();
    expect(await post()).toMatchObject({ error: 'the connection broke' });
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    expect(await post('https://nowhere.example/', { resolve })).toMatchObject({
      error: 'the name does not resolve',
    });
    expect(await post('https://nowhere.example/', { resolve: async () => [] })).toMatchObject({
      error: 'the name does not resolve',
    });
  });
});

describe('the fence', () => {
  it('does not let a name lead to this machine, whatever else it leads to', async () => {
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.216.34', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['10.1.2.3'],
    ]) {
      const answer = await post(`https://evil.example:${subscriber.port}/`, {
        resolve: async () => addresses,
      });
      expect(answer).toMatchObject({ error: 'evil.example leads into a private or reserved network' });
    }
    expect(subscriber.received).toEqual([]);
  });

  it('looks at what a name means at each connection', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const sending = outbound({ resolve: async () => answers.shift() ?? [] });
    const url = `https://rebinding.example:${subscriber.port}/`;
    expect(await sending.objection(url)).toBeNull();
    expect(await sending.post(url, {}, '{}')).toMatchObject({
      error: 'rebinding.example leads into a private or reserved network',
    });
    expect(subscriber.received).toEqual([]);
  });

  it('lets nothing through to addresses that the rules refuse, however they came to be stored', async () => {
    const { port } = subscriber;
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `https://127.0.0.1:${port}/`,
    ])
      expect(await post(url, { local: false })).toMatchObject({
        error: expect.stringMatching(/^the address must/),
      });
    for (const url of [`http://[::1]:${port}/`, 'file:///etc/passwd', 'http://169.254.169.254/'])
      expect(await post(url)).toMatchObject({ error: expect.stringMatching(/^the address must/) });
    expect(subscriber.received).toEqual([]);
  });

  it('objects to names that lead inside, and not to names that are not there', async () => {
    const objection = (addresses: string[]) =>
      outbound({ resolve: async () => addresses }).objection('https://name.example/');
    expect(await objection(['93.184.216.34', '2606:4700::1111'])).toBeNull();
    expect(await objection([])).toBeNull();
    for (const inside of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:192.168.0.1'])
      expect(await objection(['93.184.216.34', inside])).toMatch(
        /private or reserved network, as name.example/,
      );
    const lost = outbound({ resolve: () => Promise.reject(new Error('no such name')) });
    expect(await lost.objection('https://name.example/')).toBeNull();
  });
});
