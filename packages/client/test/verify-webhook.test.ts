import { verifyWebhook, WebhookVerificationError } from '@talkturo/client';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, signedHeaders } from '../../server/src/domain/webhook-signature.ts';

const secret = newWebhookSecret();
const other = newWebhookSecret();
const body =
  '{"type": "phone_number.purchased", "timestamp": "2026-11-23T06:58:56Z", "data": {"id": "evt_1", "text": "žluťoučký"}}';
const at = new Date('2026-11-23T06:58:56Z');
const now = { now: at };

const signed = (secrets = [secret], sentAt = at) => signedHeaders(secrets, { id: 'evt_1', at: sentAt, body });
const later = (seconds: number) => ({ now: new Date(at.getTime() + seconds * 1000) });

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => expect.fail('was believed'),
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(WebhookVerificationError);
  return error.reason;
}

describe('a webhook', () => {
  it('of the server is believed, as text and as bytes', async () => {
    const event = { type: 'phone_number.purchased', data: { id: 'evt_1', text: 'žluťoučký' } };
    expect(await verifyWebhook(body, signed(), secret, now)).toMatchObject(event);
    expect(await verifyWebhook(new TextEncoder().encode(body), signed(), secret, now)).toMatchObject(event);
    expect(await verifyWebhook(Buffer.from(body), signed(), secret, now)).toMatchObject(event);
  });

  it('is believed exactly where the library of Standard Webhooks believes it', async () => {
    const sentAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    const webhook = new Webhook(secret);
    const theirs = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(sentAt.getTime() / 1000),
      'webhook-signature': webhook.sign('msg_1', sentAt, body),
    };
    const bad = [
      { ...theirs, 'webhook-id': 'msg_2' },
      { ...theirs, 'webhook-timestamp': String(sentAt.getTime() / 1000 - 1) },
      { ...theirs, 'webhook-timestamp': 'soon' },
      { ...theirs, 'webhook-signature': theirs['webhook-signature'].replace('v1,', 'v2,') },
      { ...theirs, 'webhook-signature': `${theirs['webhook-signature'].slice(0, -4)}AAA=` },
      { ...theirs, 'webhook-signature': 'v1,%%%' },
      { ...theirs, 'webhook-signature': 'v1' },
      { ...theirs, 'webhook-signature': '' },
    ];
    for (const headers of [
      theirs,
      { ...theirs, 'webhook-signature': `v1a,x v1,AAAA ${theirs['webhook-signature']}` },
    ]) {
      expect(await verifyWebhook(body, headers, secret)).toEqual(webhook.verify(body, headers));
    }
    for (const headers of bad) {
      expect(() => webhook.verify(body, headers)).toThrow();
      await reasonOf(verifyWebhook(body, headers, secret));
    }
  });

  it.each([
    ['a Headers', (headers: Record<string, string>) => new Headers(headers)],
    [
      'capitals',
      (headers: Record<string, string>) =>
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])),
    ],
    [
      'lists',
      (headers: Record<string, string>) =>
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    ],
  ])('may come with %s', async (_name, made) => {
    await expect(verifyWebhook(body, made(signed()), secret, now)).resolves.toBeDefined();
  });

  it('is believed with either secret while one is being changed', async () => {
    await expect(verifyWebhook(body, signed([other, secret]), secret, now)).resolves.toBeDefined();
    await expect(verifyWebhook(body, signed([secret]), [other, secret], now)).resolves.toBeDefined();
    await expect(verifyWebhook(body, signed(), secret.replace('whsec_', ''), now)).resolves.toBeDefined();
  });

  it('that was parsed and made into text again is not, and is told so', async () => {
    const again = JSON.stringify(JSON.parse(body));
    expect(again).not.toBe(body);
    await expect(verifyWebhook(again, signed(), secret, now)).rejects.toThrow(
      'One that was parsed and made into text again does not verify.',
    );
    expect(await reasonOf(verifyWebhook(again, signed(), secret, now))).toBe('no_match');
    await expect(verifyWebhook(JSON.parse(body), signed(), secret, now)).rejects.toThrow(
      'body must be the text or the bytes of the request as they came',
    );
  });

  it.each([
    ['of another secret', () => verifyWebhook(body, signed([other]), secret, now), 'no_match'],
    ['with another body', () => verifyWebhook(`${body} `, signed(), secret, now), 'no_match'],
    ['of more than five minutes ago', () => verifyWebhook(body, signed(), secret, later(301)), 'too_old'],
    [
      'of more than five minutes to come',
      () => verifyWebhook(body, signed(), secret, later(-301)),
      'too_new',
    ],
    [
      'older than may be',
      () => verifyWebhook(body, signed(), secret, { ...later(11), toleranceSeconds: 10 }),
      'too_old',
    ],
    [
      'with a time that is none',
      () => verifyWebhook(body, { ...signed(), 'webhook-timestamp': '1e3' }, secret, now),
      'malformed_timestamp',
    ],
    ['without headers', () => verifyWebhook(body, {}, secret, now), 'missing_headers'],
    [
      'without a signature',
      () => verifyWebhook(body, { ...signed(), 'webhook-signature': undefined }, secret, now),
      'missing_headers',
    ],
  ])('%s is not believed', async (_name, verify, reason) => {
    expect(await reasonOf(verify())).toBe(reason);
  });

  it.each([300, -300])('is believed when it is %s seconds off', async (seconds) => {
    await expect(verifyWebhook(body, signed(), secret, later(seconds))).resolves.toBeDefined();
  });

  it.each(['not JSON', 'null', '[]', '{"type":1}'])(
    'that is signed and no event is refused: %s',
    async (text) => {
      const headers = signedHeaders([secret], { id: 'evt_1', at, body: text });
      expect(await reasonOf(verifyWebhook(text, headers, secret, now))).toBe('not_an_event');
    },
  );

  it.each([
    ['', 'the secret must be one like whsec_'],
    ['whsec_%%%', 'the secret must be one like whsec_'],
    [[], 'needs a secret'],
    [undefined, 'the secret must be one like whsec_'],
  ])('is not checked with the secret %j', async (bad, message) => {
    await expect(verifyWebhook(body, signed(), bad as string, now)).rejects.toThrow(message);
  });
});
