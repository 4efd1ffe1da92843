import { Talkturo } from '@talkturo/client';
import { describe, expect, it } from 'vitest';
import { clientWith, ok } from './support/fake-server.ts';

describe('a request', () => {
  it('goes where the server is, with the key', async () => {
    const { client, sent } = clientWith([ok()], { baseUrl: 'https://example.com/numbers/' });
    await client.phoneNumbers.search({ countryCode: 'US', limit: 2 });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: 'https://example.com/numbers/api/phone-numbers/search',
        headers: {
          accept: 'application/json',
          authorization: 'Bearer tk_test_key',
          'content-type': 'application/json',
        },
        body: { filters: { countryCode: 'US', limit: 2 } },
      },
    ]);
  });

  it('names no content type without a body, and nothing that other than browsers refuse', async () => {
    const { client, sent } = clientWith([ok()]);
    await client.phoneNumbers.restore('pn_1');
    expect(sent[0]?.headers).toEqual({ accept: 'application/json', authorization: 'Bearer tk_test_key' });
    expect(sent[0]?.init.redirect).toBe('manual');
    expect(Object.keys(sent[0]?.init ?? {}).sort()).toEqual(['headers', 'method', 'redirect', 'signal']);
  });

  it('carries ids as one part of the path, and filters behind the question mark', async () => {
    const { client, sent } = clientWith([ok(), ok()]);
    await client.phoneNumbers.get('+1415/../x?y');
    await client.phoneNumbers.release('+14155550101', { immediately: true });
    expect(sent.map(({ url }) => new URL(url).pathname + new URL(url).search)).toEqual([
      '/api/phone-numbers/%2B1415%2F..%2Fx%3Fy',
      '/api/phone-numbers/%2B14155550101?immediately=true',
    ]);
  });

  it.each(['', '.', '..', undefined])('is not sent with the id %j', async (id) => {
    const { client, sent } = clientWith([]);
    await expect(client.phoneNumbers.get(id as string)).rejects.toThrow(/^id must be an id/);
    expect(sent).toEqual([]);
  });

  it('is not sent with a key that no header can hold, and not called a failure of the connection', async () => {
    const { client, sent } = clientWith([]);
    const purchase = { phoneNumber: '+14155550101', teamId: 'team_1' };
    await expect(client.phoneNumbers.purchase(purchase, { idempotencyKey: 'a\nb' })).rejects.toThrow(
      TypeError,
    );
    expect(sent).toEqual([]);
  });

  it('shows the operator token to the operator’s routes and nobody else, and the key to all others', async () => {
    const { client, sent } = clientWith([ok(), ok()], { operatorToken: 'operator-secret' });
    await client.operator.attention();
    await client.phoneNumbers.get('pn_1');
    expect(sent.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer operator-secret',
      'Bearer tk_test_key',
    ]);
  });

  it('without a key leaves it to the cookie, and names team and mode', async () => {
    const { client, sent } = clientWith([ok(), ok()], { apiKey: undefined, teamId: 'team_1', mode: 'live' });
    await client.phoneNumbers.get('pn_1');
    await client.auth.signIn({ email: 'ann@example.com', password: 'correct horse battery' });
    expect(sent[0]?.headers).toEqual({ accept: 'application/json', 'x-team-id': 'team_1', 'x-mode': 'live' });
    expect(sent[1]).toMatchObject({
      method: 'POST',
      url: 'https://numbers.example.com/api/auth/sign-in',
      body: { email: 'ann@example.com', password: 'correct horse battery' },
    });
  });

  it('means the client’s team where it names none', async () => {
    const { client, sent } = clientWith([ok(), ok(), ok({ numbers: [] })], { teamId: 'team_1' });
    await client.phoneNumbers.purchase({ phoneNumber: '+14155550101' });
    await client.phoneNumbers.purchase({ phoneNumber: '+14155550101', teamId: 'team_2' });
    await client.phoneNumbers.list().page();
    expect(sent.slice(0, 2).map(({ body }) => body.teamId)).toEqual(['team_1', 'team_2']);
    expect(new URL(sent[2]?.url ?? '').searchParams.get('teamId')).toBe('team_1');
  });
});

describe('a client', () => {
  it.each([
    [{ apiKey: '' }, 'apiKey must'],
    [{ apiKey: 'tk_test_key\n' }, 'apiKey must'],
    [{ operatorToken: ' ' }, 'operatorToken must'],
    [{ baseUrl: 'numbers.example.com' }, 'baseUrl must be an address like https'],
    [{ baseUrl: 'ftp://numbers.example.com' }, 'baseUrl must'],
    [{ baseUrl: 'https://numbers.example.com/?a=b' }, 'baseUrl must'],
    [{ timeoutMs: 0 }, 'timeoutMs must'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs must'],
    [{ maxRetries: -1 }, 'maxRetries must'],
  ])('is not made with %j', (options, message) => {
    expect(() => new Talkturo(options)).toThrow(TypeError);
    expect(() => new Talkturo(options)).toThrow(message);
  });

  it('does not tell a key that it refuses', () => {
    expect(() => new Talkturo({ apiKey: 'tk_live_secret\n' })).not.toThrow(/secret/);
  });

  it('in a page speaks to where the page came from, else to this machine', async () => {
    const urls: string[] = [];
    const fetch = async (url: string) => {
      urls.push(url);
      return ok();
    };
    await new Talkturo({ fetch }).teams
      .list()
      .page()
      .catch(() => {});
    Object.assign(globalThis, { location: { origin: 'https://app.example.com' } });
    try {
      await new Talkturo({ fetch }).teams.list().page();
    } finally {
      Reflect.deleteProperty(globalThis, 'location');
    }
    expect(urls).toEqual(['http://localhost:3000/api/teams', 'https://app.example.com/api/teams']);
  });
});
