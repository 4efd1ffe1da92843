import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../../../server/test/support/service.ts';
import { atHome } from './support/talkturo.ts';

describe('signing in, and what is wrong', () => {
  let service: Service;
  let baseUrl: string;
  let team: TeamWithKey;
  let home: ReturnType<typeof atHome>;
  const others: Server[] = [];

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
    baseUrl = await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    team = await newTeam(service, { mode: 'test' });
  });
  afterAll(async () => {
    for (const server of others) server.close();
    await service.stop();
  });
  beforeEach(() => {
    home = atHome();
  });
  afterEach(() => home.remove());

  const talkturo = (line: string, more?: Parameters<typeof home.talkturo>[1]) =>
    home.talkturo(line.split(' '), more);
  /** Something else that answers, in the place of the server. */
  const elsewhere = async (headers: Record<string, string>, status: number, body: string) => {
    const server = createServer((_, response) => response.writeHead(status, headers).end(body)).listen(
      0,
      '127.0.0.1',
    );
    others.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('asks, checks, and keeps it where nobody else reads', async () => {
    const { code, asked, stdout } = await talkturo('login', {
      terminal: true,
      answers: [baseUrl, team.token],
    });
    expect({ code, asked }).toEqual({
      code: 0,
      asked: ['Where is the server?', 'API key (tk_test_… or tk_live_…)'],
    });
    expect(stdout).not.toContain(team.token);
    expect(statSync(home.file).mode & 0o777).toBe(0o600);
    expect(await talkturo('numbers list')).toMatchObject({ code: 0, json: [] });
    expect(await talkturo('logout')).toMatchObject({ code: 0, json: { forgotten: true } });
    expect(await talkturo('numbers list')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('talkturo login'),
    });
  });

  it('keeps nothing that does not work', async () => {
    const answers = [baseUrl, 'tk_test_wrong'];
    expect(await talkturo('login', { terminal: true, answers })).toMatchObject({ code: 3 });
    expect(await talkturo(`login --base-url ${baseUrl}`)).toMatchObject({ code: 2 });
    expect(existsSync(home.file)).toBe(false);
  });

  it('keeps several, by name; the environment comes before them and flags before that', async () => {
    const other = await newTeam(service, { mode: 'test' });
    await talkturo(`login --base-url ${baseUrl} --api-key ${team.token}`);
    await talkturo(`login --base-url ${baseUrl} --profile other`, { env: { TALKTURO_API_KEY: other.token } });
    expect(Object.keys(JSON.parse(readFileSync(home.file, 'utf8')).profiles)).toEqual(['default', 'other']);
    const teamOf = async (line: string, env = {}) => {
      const checks: { what: string; detail: string }[] = (await talkturo(`${line}doctor`, { env })).json;
      return checks.find(({ what }) => what === 'API key')?.detail;
    };
    expect(await teamOf('')).toContain('profile default');
    expect(await teamOf('--profile other ')).toContain('profile other');
    expect(await teamOf('', { TALKTURO_PROFILE: 'other' })).toContain('profile other');
    expect(await teamOf('', { TALKTURO_API_KEY: other.token })).toContain('TALKTURO_API_KEY');
    expect(await teamOf(`--api-key ${team.token} `, { TALKTURO_API_KEY: other.token })).toContain(
      '--api-key',
    );
    // The team of the profile's key is not asked for with another key.
    expect(await talkturo('numbers list', { env: { TALKTURO_API_KEY: other.token } })).toMatchObject({
      code: 0,
    });
    await talkturo('logout --profile other');
    expect(await talkturo('numbers list --profile other')).toMatchObject({ code: 3 });
  });

  it('signs the operator in without a key', async () => {
    const login = `login --base-url ${baseUrl} --operator-token`;
    expect(await talkturo(`${login} nonsense`)).toMatchObject({ code: 3 });
    expect(await talkturo(`${login} ${OPERATOR_TOKEN}`)).toMatchObject({ code: 0 });
    expect(await talkturo('operator teams')).toMatchObject({ code: 0 });
  });

  describe('doctor', () => {
    const doctor = async (line: string, env = {}) => {
      const said = await talkturo(`${line}doctor`, { env });
      const checks: { what: string; status: string; detail: string; fix: string }[] = said.json;
      return { code: said.code, of: (what: string) => checks.find((check) => check.what === what) };
    };

    it('is content where all is well', async () => {
      await talkturo(`login --base-url ${baseUrl} --api-key ${team.token}`);
      const { code, of } = await doctor('');
      expect(code).toBe(0);
      for (const what of ['profile default', 'server', 'version', 'API key', 'plan']) {
        expect(of(what)).toMatchObject({ status: 'ok' });
      }
    });

    it('names what mends each fault', async () => {
      await talkturo(`login --base-url ${baseUrl} --api-key ${team.token}`);
      chmodSync(home.file, 0o644);
      expect((await doctor('')).of('profile default')).toMatchObject({
        status: 'warning',
        fix: `chmod 600 ${home.file}`,
      });
      const badKey = await doctor('', { TALKTURO_API_KEY: 'tk_test_wrong' });
      expect(badKey.code).toBe(3);
      expect(badKey.of('API key')).toMatchObject({ status: 'wrong', fix: 'talkturo login' });
      const nobody = await doctor('--base-url http://127.0.0.1:9 ');
      expect(nobody.code).toBe(6);
      expect(nobody.of('server')).toMatchObject({
        status: 'wrong',
        detail: expect.stringContaining('--base-url'),
      });
      expect((await doctor(`--base-url ${baseUrl}/elsewhere `)).of('server')).toMatchObject({
        status: 'wrong',
      });
      expect((await doctor('', { TALKTURO_OPERATOR_TOKEN: 'wrong' })).of('operator')).toMatchObject({
        status: 'wrong',
      });
    });

    it('sees that one of the two is too old', async () => {
      const refusal = JSON.stringify({
        success: false,
        error: 'No.',
        code: 'unauthorized',
        request_id: 'req_1',
      });
      const newer = await elsewhere({ 'x-api-version': '9.1.0' }, 401, refusal);
      expect((await doctor(`--base-url ${newer} `)).of('version')).toMatchObject({
        status: 'warning',
        fix: expect.stringContaining('npm install'),
      });
      const older = await elsewhere({ 'x-api-version': '0.0.9' }, 401, refusal);
      expect((await doctor(`--base-url ${older} `)).of('version')?.fix).toContain('server up to date');
    });
  });

  it('says what else answers there, and what cannot be an address', async () => {
    const env = { TALKTURO_API_KEY: 'tk_test_key' };
    const page = await elsewhere({ 'content-type': 'text/html' }, 200, '<!doctype html>');
    const html = await talkturo(`numbers list --base-url ${page}`, { env, terminal: true });
    expect(html).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/an HTML page.*Check the base URL/),
    });
    const refusal = JSON.stringify({
      success: false,
      error: 'No route.',
      code: 'not_found',
      request_id: 'req_1',
    });
    const newer = await elsewhere({ 'x-api-version': '9.1.0' }, 404, refusal);
    const old = await talkturo(`numbers list --base-url ${newer}`, { env });
    expect(old).toMatchObject({ code: 4, stderr: expect.stringContaining('version 9.1.0') });
    const wrong = await talkturo('numbers list --base-url nonsense', { env });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('The base URL must be') });
  });

  it('shows what the server says as text, whatever it is', async () => {
    const nasty = 'a\u001b]0;title\u0007\u001b[31mred\u001b[0m\r\n\u009b2J\u202egnp';
    const body = JSON.stringify({ success: false, error: nasty, code: 'internal', request_id: nasty });
    const url = await elsewhere({ 'content-type': 'application/json' }, 500, body);
    const env = { TALKTURO_API_KEY: 'tk_test_key' };
    const seen = await talkturo(`numbers show +14155550101 --base-url ${url}`, { env, terminal: true });
    expect(seen.stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(seen.stderr).toContain('red');
    const asJson = await talkturo(`numbers show +14155550101 --json --base-url ${url}`, {
      env,
      terminal: true,
    });
    expect(asJson.stderr.trim()).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(JSON.parse(asJson.stderr).error).toBe(nasty);
  });

  it.each([
    ['numbers', 'talkturo numbers --help'],
    ['numbers lst', 'list'],
    ['numbers buy --bogus', 'talkturo numbers buy --help'],
    ['numbers search --limit many', 'talkturo numbers search --help'],
  ])('says in one line of JSON what is wrong with "%s"', async (line, hint) => {
    const { code, stdout, stderr } = await talkturo(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ exit_code: 2, hint: expect.stringContaining(hint) });
  });

  it('shows people what there is', async () => {
    expect(await talkturo('--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('carrier-sim'),
    });
    const { code, stderr } = await talkturo('numbers', { terminal: true });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('search') });
  });
});
