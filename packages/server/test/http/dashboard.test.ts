import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMembers } from '../../src/db/members.ts';
import { newTeam, type Service, startService } from '../support/service.ts';

const PAGE =
  '<!doctype html><meta property="csp-nonce" nonce="__NONCE__"><script src="/assets/app-abc.js" nonce="__NONCE__"></script>';

let build: string;
let service: Service;

beforeAll(async () => {
  build = mkdtempSync(join(tmpdir(), 'talkturo-dashboard-'));
  mkdirSync(join(build, 'assets'));
  writeFileSync(join(build, 'index.html'), PAGE);
  writeFileSync(join(build, '.sources'), 'secret');
  writeFileSync(join(build, 'assets', 'app-abc.js'), 'start();');
  writeFileSync(join(build, 'assets', 'app-abc.js.br'), 'compressed');
  service = await startService({ dashboard: build });
});
afterAll(async () => {
  await service.stop();
  rmSync(build, { recursive: true });
});

const get = (url: string, accept: string, more: Record<string, string> = {}) =>
  service.app.server.inject({ method: 'GET', url, headers: { accept, ...more } });

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';

describe('the dashboard', () => {
  it.each(['/', '/numbers', '/numbers/pn_1?tab=x', '/reset-password?token=abc', '/apiary', '/docsy'])(
    'is the page at %s, never kept without asking',
    async (url) => {
      const answer = await get(url, HTML);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-cache');
    },
  );

  it('allows styles by a nonce of this answer, and nothing inline', async () => {
    const nonces = await Promise.all(
      ['/', '/'].map(async (url) => {
        const { body, headers } = await get(url, HTML);
        const policy = String(headers['content-security-policy']);
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
        expect(policy).not.toContain('unsafe');
        expect(policy).toContain("script-src 'self';");
        expect(body).toBe(PAGE.replaceAll('__NONCE__', nonce ?? ''));
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it.each([
    ['/api/nothing', HTML],
    ['/api', HTML],
    ['/assets/gone-abc.js', HTML],
    ['/assets/..%2f.sources', HTML],
    ['/numbers', 'application/json'],
    ['/favicon.ico', 'image/avif,image/webp,*/*;q=0.8'],
  ])('is not at %s for %s', async (url, accept) => {
    const answer = await get(url, accept);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.json()).toMatchObject({ success: false });
  });

  it('is for looking only', async () => {
    const answer = await service.app.server.inject({ method: 'POST', url: '/', headers: { accept: HTML } });
    expect(answer.statusCode).toBe(404);
  });

  it('keeps its files for ever, compressed where the browser can read it', async () => {
    const plain = await get('/assets/app-abc.js', '*/*');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.body).toBe('start();');
    const compressed = await get('/assets/app-abc.js', '*/*', { 'accept-encoding': 'gzip, br' });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(compressed.headers.vary).toContain('accept-encoding');
  });
});

describe('the link into the demo', () => {
  const open = (token: string) => get(`/demo-sign-in?token=${token}`, HTML);

  const newOwner = async () => {
    const team = await newTeam(service);
    const [owner] = await listMembers(service.app.context.db, team.teamId);
    return owner?.userId ?? '';
  };

  it('signs in, once', async () => {
    const userId = await newOwner();
    const token = service.app.demoDoor.open(userId);
    const answer = await open(token);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/']);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect(String(answer.headers['set-cookie'])).toContain('HttpOnly');
    const session = await get('/api/auth/session', '*/*', { cookie });
    expect(session.json().user.id).toBe(userId);
    const again = await open(token);
    expect(again.headers).toMatchObject({ location: '/sign-in?problem=demo_link' });
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('is shut with another token, an older one, and after a day', async () => {
    const userId = await newOwner();
    const older = service.app.demoDoor.open(userId);
    const newest = service.app.demoDoor.open(userId);
    for (const token of ['guess', older]) expect((await open(token)).headers['set-cookie']).toBeUndefined();
    service.clock.advance(24 * 60 * 60_000);
    expect((await open(newest)).headers['set-cookie']).toBeUndefined();
  });

  it('is not opened by a HEAD, which mail and chat programs send to look at links', async () => {
    const token = service.app.demoDoor.open(await newOwner());
    await service.app.server.inject({ method: 'HEAD', url: `/demo-sign-in?token=${token}` });
    expect((await open(token)).headers.location).toBe('/');
  });
});
