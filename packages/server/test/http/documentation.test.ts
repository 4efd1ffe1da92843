import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Service, startService } from '../support/service.ts';
import { expectRefusal } from './expectations.ts';

const ROOT = new URL('../../../../', import.meta.url);
const FILES = ['docs/', 'docs/adr/', 'docs/de/'].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name),
);
const ELSEWHERE: Record<string, string> = {
  'README.md': '/docs/readme',
  'CHANGELOG.md': '/docs/changelog',
  'packages/carrier-sim/README.md': '/docs/carrier-sim',
};
const PAGES = [
  ...FILES.map((file) => ({ file, path: `/${file.replace('.md', '')}` })),
  ...Object.entries(ELSEWHERE).map(([file, path]) => ({ file, path })),
];
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');

let service: Service;
beforeAll(async () => {
  service = await startService({ kind: 'postgres' });
});
afterAll(() => service.stop());

const get = (url: string, headers: Record<string, string> = {}) => call(service, 'GET', url, { headers });

describe('a page of the documentation', () => {
  it.each(PAGES)('is $file', async ({ file, path }) => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const [, title = ''] = /^# (.+)$/m.exec(read(file)) ?? [];
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(unescaped(/<h1[^>]*>(.*?)<\/h1>/.exec(body)?.[1])).toBe(title.replaceAll('`', ''));
    expect(body).toContain(path.startsWith('/docs/de/') ? '<html lang="de">' : '<html lang="en">');
    // Nothing that the policy of pages would stop, and nothing from elsewhere.
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<script|<style|<img|<[^>]+ (style|on\w+)=/);
    expect(body.match(/<link [^>]+>/g)).toEqual([
      '<link rel="icon" href="data:,">',
      '<link rel="stylesheet" href="/docs/style.css">',
    ]);
    expect(body).not.toContain('<!--');
  });

  it.each(PAGES)(
    'has links that lead somewhere, here and in the repository: $file',
    async ({ file, path }) => {
      for (const link of linksOf(read(file))) {
        const [target = '', part] = link.split('#');
        const written = target === '' ? file : posix.join(posix.dirname(file), target);
        expect(existsSync(new URL(written, ROOT)), `${file}: ${link}`).toBe(true);
        if (part !== undefined && written.endsWith('.md')) {
          const page = PAGES.find((each) => each.file === written);
          if (page) expect(idsOf((await get(page.path)).body), `${file}: ${link}`).toContain(part);
        }
      }
      const { body } = await get(path);
      for (const [, href = ''] of body.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        const [target = '', part] = unescaped(href).split('#');
        if (target.startsWith('http')) continue;
        const answer = target === '' ? { status: 200, body } : await get(target);
        expect(answer.status, href).toBeLessThan(400);
        if (part !== undefined) expect(idsOf(answer.body), href).toContain(part);
      }
    },
  );

  it('is there as it was written, too', async () => {
    const { headers, body } = await get('/docs/adr/0019-no-cache-for-routing.md');
    expect(headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(body).toBe(read('docs/adr/0019-no-cache-for-routing.md'));
  });

  it('is sent again only where it has changed', async () => {
    for (const url of ['/docs', '/docs/api', '/docs/style.css', '/llms.txt', '/llms-full.txt']) {
      const { headers } = await get(url);
      expect(headers['cache-control']).toBe('no-cache');
      const etag = String(headers.etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await get(url, { 'if-none-match': known });
        expect(again).toMatchObject({ status: 304, body: '', headers: { etag } });
      }
      expect((await get(url, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it.each([
    '/docs/nope',
    '/docs/../package.json',
    '/docs/..%2f..%2fpackage.json',
    '/docs/adr',
    '/docs/__proto__',
  ])('is none: %s', async (url) => expectRefusal(await get(url), 404, 'not_found'));

  it('has a style that is here, light and dark', async () => {
    const { headers, body } = await get('/docs/style.css');
    expect(headers['content-type']).toBe('text/css; charset=utf-8');
    expect(body).toContain('color-scheme: light dark');
    expect(body).not.toMatch(/url\(|@import/);
  });
});

describe('what there is', () => {
  it('stands on the first page, each with a sentence', async () => {
    const { body } = await get('/docs');
    expect((await get('/docs/')).body).toBe(body);
    const listed = [...body.matchAll(/<li><a href="([^"]+)">(.+?)<\/a><br>(.+?)<\/li>/g)];
    expect(listed.map(([, path]) => unescaped(path)).sort()).toEqual(PAGES.map(({ path }) => path).sort());
    for (const [, path, , summary] of listed) {
      expect(unescaped(summary), path).toMatch(/^\S.{10,}[.:]$/);
    }
  });

  it('is told to language models, in short and as a whole', async () => {
    const { body: short } = await get('/llms.txt');
    const { body: whole } = await get('/llms-full.txt');
    for (const { file, path } of PAGES) {
      expect(short).toMatch(new RegExp(`^- \\[.+\\]\\(${path}\\.md\\): \\S.+[.:]$`, 'm'));
      expect(whole).toContain(`<!-- ${file} -->\n\n${read(file).trim()}`);
    }
  });
});

/** What a page of Markdown links to in the repository. Code is no link. */
function linksOf(markdown: string): string[] {
  const text = markdown.replace(/^ *```.*?^ *```$/gms, '').replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, href = '']) => href)
    .filter((href) => !/^[a-z]+:/.test(href));
}

function idsOf(page: string): string[] {
  return [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => unescaped(id));
}

function unescaped(text = ''): string {
  return text
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
