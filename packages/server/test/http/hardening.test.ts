import { createHash } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, newTeam, type Service, startService } from '../support/service.ts';
import { expectRefusal } from './expectations.ts';

const OURS = 'https://app.example.com';
const STRANGERS = 'https://evil.example.com';

let service: Service;
let open: Service;

beforeAll(async () => {
  service = await startService({
    kind: 'postgres',
    environment: { PUBLIC_URL: 'https://numbers.example.com' },
  });
  open = await startService({
    database: service.database,
    sharedSimulator: service.simulator,
    clock: service.clock,
    environment: { ALLOWED_ORIGINS: `${OURS},http://localhost:5173`, PURCHASE_WAIT_MS: '20000' },
  });
});
afterAll(async () => {
  await open.stop();
  await service.stop();
});

/** The directives of a policy. */
function policyOf(header: unknown): Record<string, string> {
  const directives = String(header).split(';');
  return Object.fromEntries(
    directives.map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

describe('the headers for browsers', () => {
  const urls = [
    '/healthz',
    '/api/test-api-key',
    '/nope',
    '/docs',
    '/docs/api-reference/',
    '/docs/api-reference/js/scalar.js',
    '/openapi.json',
  ];

  it.each(urls)('are on every answer: %s', async (url) => {
    const { headers } = await call(service, 'GET', url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
    });
    expect(policyOf(headers['content-security-policy'])).toMatchObject({
      'default-src': "'none'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it('want TLS only where it is', async () => {
    const { headers } = await call(open, 'GET', '/healthz');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('let pages run scripts and styles from files of this server alone', async () => {
    const policy = policyOf((await call(service, 'GET', '/')).headers['content-security-policy']);
    expect(policy['script-src']).toBe("'self'");
    expect(policy['style-src']).toBe("'self'");
  });

  it('let the API reference start with the lines that it has, and with no others', async () => {
    const { headers, body } = await call(service, 'GET', '/docs/api-reference/');
    const scripts = [...String(body).matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    const inline = scripts.filter(([, attributes]) => !attributes?.includes('src='));
    expect(inline).toHaveLength(1);
    const hash = createHash('sha256')
      .update(inline[0]?.[2] ?? '')
      .digest('base64');
    const policy = policyOf(headers['content-security-policy']);
    expect(policy['script-src']).toBe(`'self' 'sha256-${hash}'`);
    expect(policy['style-src']).toBe("'self' 'unsafe-inline'");
    // What the page itself names comes from here.
    expect(String(body)).not.toMatch(/ on\w+=|<link|<style/);
  });
});

describe('other origins', () => {
  const preflight = (of: Service, origin: string, path = '/api/phone-numbers/search') =>
    of.app.server.inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization, idempotency-key',
      },
    });
  const corsHeaders = (headers: object) =>
    Object.keys(headers).filter((name) => name.startsWith('access-control'));

  it.each([OURS, 'http://localhost:5173'])(
    'may call with a session where they are allowed: %s',
    async (origin) => {
      const { statusCode, headers } = await preflight(open, origin);
      expect(statusCode).toBe(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers':
          'authorization, content-type, idempotency-key, x-team-id, x-mode, x-request-id',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
      const answer = await call(open, 'GET', '/api/test-api-key', { headers: { origin } });
      expectRefusal(answer, 401, 'unauthorized');
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers':
          'x-request-id, x-api-version, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after',
        vary: 'Origin',
      });
    },
  );

  it.each([
    STRANGERS,
    'null',
    'https://app.example.com.evil.example',
    'http://app.example.com',
    `${OURS}:8443`,
    'https://APP.example.com',
    '*',
  ])('are told nothing else: %s', async (origin) => {
    const asked = await preflight(open, origin);
    expect(asked.statusCode).toBe(404);
    expect(corsHeaders(asked.headers)).toEqual([]);
    const answer = await call(open, 'GET', '/healthz', { headers: { origin } });
    expect(answer.status).toBe(200);
    expect(corsHeaders(answer.headers)).toEqual([]);
    // What a cache keeps for one origin is not for another.
    expect(answer.headers.vary).toBe('Origin');
  });

  it('are none where nothing is set', async () => {
    const asked = await preflight(service, OURS);
    expect(asked.statusCode).toBe(404);
    expect(asked.json().code).toBe('not_found');
    expect(corsHeaders(asked.headers)).toEqual([]);
    expect(
      corsHeaders((await call(service, 'GET', '/healthz', { headers: { origin: OURS } })).headers),
    ).toEqual([]);
  });

  it('get no answer from OPTIONS but to a preflight', async () => {
    const response = await open.app.server.inject({ method: 'OPTIONS', url: '/nope' });
    expect(response.statusCode).toBe(404);
    expect(response.json().code).toBe('not_found');
  });
});

describe('what is too much', () => {
  it('of a query is refused in few words', async () => {
    const { token } = await newTeam(service);
    const query = Array.from({ length: 1_500 }, (_, index) => `f${index}=1`).join('&');
    const answer = await call(service, 'GET', `/api/phone-numbers/purchase?${query}`, { token });
    expect(answer.status).toBe(400);
    expect(answer.body.issues).toHaveLength(20);
  });

  /** What the server says to bytes on a connection of their own, until it closes it. */
  async function say(bytes: string): Promise<string> {
    if (!service.app.server.server.listening) await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    const { port } = service.app.server.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      let said = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        said += chunk.toString();
      });
      socket.on('close', () => resolve(said));
      socket.on('error', reject);
    });
  }

  it.each([
    ['headers', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`],
    ['an address', `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ])('of %s ends the connection with a refusal', async (_what, bytes) => {
    const said = await say(bytes);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain('"code":"invalid_request"');
    expect(said).toContain('16 KiB');
  });

  it('of time is cut off', async () => {
    const { server } = service.app.server;
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.keepAliveTimeout).toBe(72_000);
    // Longer than any purchase waits.
    expect(open.app.server.server.timeout).toBe(320_000);
    expect(server.maxRequestsPerSocket).toBe(0);
  });

  it('of time is told so', async () => {
    const { server } = service.app.server;
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    server.once('connection', (socket) => server.emit('clientError', error, socket));
    const said = await say('GET /healthz HTTP/1.1\r\n');
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain('did not come to its end in time');
  });
});

describe('the API reference', () => {
  it.each(['[', 'a b', '%zz', ':'])('does not fail over a host that is none: %s', async (host) => {
    const moved = await call(service, 'GET', '/docs/api-reference', { headers: { host } });
    expect(moved).toMatchObject({ status: 301, headers: { location: '/docs/api-reference/' } });
    expect((await call(service, 'GET', '/docs/api-reference/', { headers: { host } })).status).toBe(200);
  });

  it('is sent from memory that all requests share', async () => {
    const sizes = [];
    for (let request = 0; request < 2; request += 1) {
      const { rawPayload, headers } = await service.app.server.inject('/docs/api-reference/js/scalar.js');
      expect(headers['content-length']).toBe(String(rawPayload.length));
      sizes.push(rawPayload.length);
    }
    expect(sizes[0]).toBe(sizes[1]);
    expect(sizes[0]).toBeGreaterThan(1_000_000);
  });
});
