import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createPostgresDatabase } from '../support/databases.ts';
import { buy, call, list, newTeam, OPERATOR_TOKEN, type Service, startService } from '../support/service.ts';
import { TestClock } from '../support/test-clock.ts';
import { expectRefusal } from './expectations.ts';
import { routesOf } from './routes.ts';

let service: Service;

beforeAll(async () => {
  service = await startService({ kind: 'postgres' });
});
afterAll(() => service.stop());

const get = (url: string, headers: Record<string, string> = {}) => call(service, 'GET', url, { headers });

describe('the probes', () => {
  it('say that the process lives and that it is ready', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { success: true, status: 'alive' } });
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { success: true, status: 'ready' } });
  });

  it('tell Prometheus of every request by its route', async () => {
    const team = await newTeam(service);
    await list(service, team);
    await list(service, { ...team, teamId: 'somebody' });
    await get('/nope/at/all');
    const { status, headers, body } = await get('/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    const counted = (route: string, code: number) =>
      body.includes(
        `http_request_duration_seconds_count{method="GET",route="${route}",status="${code}"} 1\n`,
      );
    expect(counted('/api/phone-numbers/purchase', 200)).toBe(true);
    expect(counted('/api/phone-numbers/purchase', 403)).toBe(true);
    expect(counted('none', 404)).toBe(true);
    expect(body).toContain('process_cpu_seconds_total');
    // Neither what was asked for nor by whom.
    expect(body).not.toMatch(/team_|tk_|nope/);
  });
});

describe('a server whose database is gone', () => {
  it('lives, is not ready and tells nobody why', async () => {
    const broken = await startService({ kind: 'postgres' });
    const team = await newTeam(broken);
    // Dropping the database ends its connections.
    await broken.database.remove();
    try {
      const ready = await call(broken, 'GET', '/readyz');
      expectRefusal(ready, 503, 'not_ready');
      expect(ready.headers['retry-after']).toBe('5');
      expect((await call(broken, 'GET', '/healthz')).status).toBe(200);
      const failed = await list(broken, team);
      expectRefusal(failed, 500, 'internal');
      expect(failed.body.error).toContain(failed.body.request_id);
    } finally {
      await broken.stop();
    }
  });
});

describe('request ids', () => {
  it.each(['abcdefgh', 'A-Z_a-z_0-9', 'x'.repeat(64), '01234567'])('come back: %s', async (id) => {
    expect((await get('/healthz', { 'x-request-id': id })).headers['x-request-id']).toBe(id);
    const failed = await get('/api/test-api-key', { 'x-request-id': id });
    expect(failed.headers['x-request-id']).toBe(id);
    expect(failed.body.request_id).toBe(id);
  });

  it.each([
    '',
    'short',
    'x'.repeat(65),
    'with space',
    'a\tbcdefgh',
    '<script>alert(1)',
    'abcdefgh;',
    'äöüäöüäö',
    '../../../etc',
  ])('are ours instead of %j', async (id) => {
    const answer = await get('/api/test-api-key', { 'x-request-id': id });
    expect(answer.headers['x-request-id']).toMatch(/^req_[0-9a-z]{26}$/);
    expect(answer.body.request_id).toBe(answer.headers['x-request-id']);
  });

  it('are different for every request', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await get('/healthz')).headers['x-request-id']),
    );
    expect(new Set(ids).size).toBe(20);
  });
});

describe('/llms.txt', () => {
  it('names every endpoint of the description', async () => {
    const { statusCode, headers, body } = await service.app.server.inject('/llms.txt');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/markdown');
    expect(body).toMatch(/^# Talkturo Numbers\n\n> /);
    const { paths } = (await service.app.server.inject('/openapi.json')).json();
    for (const path of Object.keys(paths)) expect(body).toContain(` ${path}\``);
  });
});

describe('/openapi.json', () => {
  interface Operation {
    responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
    parameters?: { name: string; in: string; required?: boolean; schema: object }[];
    security?: Record<string, string[]>[];
    tags: string[];
    summary: string;
  }

  async function description() {
    const { status, body } = await get('/openapi.json');
    expect(status).toBe(200);
    return body;
  }

  async function operations(): Promise<[name: string, path: string, operation: Operation][]> {
    const { paths } = await description();
    return Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method} ${path}`, path, operation] as [string, string, Operation],
      ),
    );
  }

  it('is OpenAPI 3.1', async () => {
    const { openapi, info, paths, components, security } = await description();
    expect(openapi).toMatch(/^3\.1\.\d+$/);
    expect(info).toMatchObject({
      title: 'Talkturo Numbers',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(Object.keys(paths).every((path) => path.startsWith('/'))).toBe(true);
    for (const scheme of security.flatMap(Object.keys))
      expect(components.securitySchemes).toHaveProperty(scheme);
  });

  it('names every route but those that serve it', async () => {
    const hidden = /^\/(openapi\.json|llms(-full)?\.txt|metrics|docs(\/.*)?)$/;
    const wanted = routesOf(service.app.server)
      .filter(({ method, url }) => method !== 'HEAD' && !hidden.test(url))
      .map(({ method, url }) => `${method.toLowerCase()} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect((await operations()).map(([name]) => name).sort()).toEqual(wanted.sort());
  });

  it('says of each what it is, takes and answers', async () => {
    for (const [name, path, operation] of await operations()) {
      expect(operation.summary, name).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.tags, name).toHaveLength(1);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(
        inPath.map((parameter) => `{${parameter.name}}`),
        name,
      ).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const parameter of inPath) expect(parameter.required, name).toBe(true);
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => /^2\d\d$/.test(status)),
        name,
      ).toBe(true);
      // No token opens what the carrier signs, and none is needed to become somebody.
      const forStrangers = /^\/api\/auth\/(sign|verify|resend|forgot|reset)-/.test(path);
      const wantsToken =
        path.startsWith('/api/') && !forStrangers && name !== 'post /api/phone-numbers/telnyx-webhook';
      expect(statuses.includes('401'), name).toBe(wantsToken || name === 'post /api/auth/sign-in');
      expect(operation.security, name).toEqual(wantsToken ? undefined : []);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(response.description, name).toEqual(expect.any(String));
        expect(response.content?.['application/json']?.schema, `${name} ${status}`).toBeTypeOf('object');
      }
    }
  });

  it('refers to nothing that it does not have', async () => {
    const whole = await description();
    const references = JSON.stringify(whole).match(/"\$ref":"[^"]+"/g) ?? [];
    for (const reference of references) {
      const [, ...keys] = reference.slice('"$ref":"'.length, -1).split('/');
      expect(
        keys.reduce((node, key) => node?.[key], whole),
        reference,
      ).toBeDefined();
    }
  });

  it('holds no secret and no address of this machine', async () => {
    expect(JSON.stringify(await description())).not.toMatch(/127\.0\.0\.1|localhost|KEY_test|operator-token/);
  });
});

describe('/docs/api-reference', () => {
  it('loads nothing from any other host', async () => {
    const moved = await get('/docs/api-reference');
    expect(moved).toMatchObject({ status: 301, headers: { location: '/docs/api-reference/' } });
    const { status, headers, body } = await get('/docs/api-reference/');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    const addresses: string[] = body.match(/(https?:)?\/\/[\w.-]+\.\w+[^"'\s]*/g) ?? [];
    expect(addresses.filter((address) => !address.includes('//www.w3.org/'))).toEqual([]);
    // What the page's script would fetch by itself.
    expect(body).toMatch(/"withDefaultFonts": false/);
    expect(body).toMatch(/"telemetry": false/);
    expect(body).toMatch(/"url": "\/openapi\.json"/);
  });

  it('has its script here', async () => {
    const { status, headers, body } = await get('/docs/api-reference/js/scalar.js');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/javascript/);
    expect(body.length).toBeGreaterThan(100_000);
  });
});

describe('a mistake of ours', () => {
  it('is a 500 that shows nothing, and the log has all but the secrets', async () => {
    const database = await createPostgresDatabase();
    const lines: string[] = [];
    const config = readConfig({ ...database.environment, OPERATOR_TOKEN, LOG_LEVEL: 'trace' });
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const app = await createApp(config, log, { clock: new TestClock(), workers: false });
    try {
      const team = await newTeam({ ...service, app }, { mode: 'test' });
      expect((await list({ app }, team)).status).toBe(200);
      expect((await buy({ app }, team, '+14155550101')).status).toBe(200);
      const made = await call({ app }, 'POST', `/api/operator/teams/${team.teamId}/api-keys`, {
        token: OPERATOR_TOKEN,
        body: { mode: 'live', name: 'K' },
      });
      const fullKey: string = made.body.apiKey.fullKey;

      await app.context.db.execute(sql`alter table phone_numbers rename to elsewhere`);
      for (const answer of [await list({ app }, team), await buy({ app }, team, '+14155550102')]) {
        expectRefusal(answer, 500, 'internal');
        expect(answer.body.error).toBe(
          `Something went wrong on our side. Try again; if it happens again, tell the operators this id: ${answer.body.request_id}`,
        );
        const line = lines.find((each) => each.includes(answer.body.request_id) && each.includes('"err"'));
        expect(JSON.parse(line ?? '{}')).toMatchObject({
          level: 50,
          reqId: answer.body.request_id,
          err: { stack: expect.stringContaining('phone_numbers') },
        });
      }

      await app.context.db.execute(sql`alter table api_keys rename to elsewhere_too`);
      expectRefusal(await list({ app }, team), 500, 'internal');
      const wanted = { mode: 'live', name: 'K' };
      const keys = `/api/operator/teams/${team.teamId}/api-keys`;
      expectRefusal(
        await call({ app }, 'POST', keys, { token: OPERATOR_TOKEN, body: wanted }),
        500,
        'internal',
      );

      const whole = lines.join('');
      expect(lines.length).toBeGreaterThan(5);
      expect(whole).not.toMatch(/tk_(live|test)_[0-9A-Za-z]{5,}/);
      for (const secret of [team.token.slice(12), fullKey.slice(12), OPERATOR_TOKEN, 'Bearer'])
        expect(whole).not.toContain(secret);
    } finally {
      await app.stop();
      await database.remove();
    }
  });
});
