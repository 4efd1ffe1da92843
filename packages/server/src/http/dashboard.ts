import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAGE_POLICY, policyText } from './browsers.ts';
import type { App } from './server.ts';

/** What stands in the built page wherever the nonce of an answer belongs; packages/dashboard/vite.config.ts has the same. */
const NONCE_PLACEHOLDER = '__NONCE__';

/** Addresses that are not the dashboard's, also where nothing answers there. */
const NOT_PAGES = /^\/(api|docs|assets|healthz|readyz|metrics|openapi\.json|llms\.txt)(?=\/|$)/;

/** Sends the dashboard's page, or says that this request is not for it. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => boolean;

/**
 * Serves the built dashboard: files under /assets, whose names change with what is in them, and the one page at
 * every other address that a person opens; what to show there the page decides.
 * @param directory the build, with an index.html
 */
export async function serveDashboard(app: App, directory: string): Promise<SendPage> {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: join(directory, 'assets'),
    serve: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  app.get<{ Params: { '*': string } }>(
    '/assets/*',
    { schema: { hide: true }, config: { access: 'public' } },
    (request, reply) => reply.sendFile(request.params['*']),
  );

  return (request, reply) => {
    if (!isNavigation(request)) return false;
    // Libraries add styles as elements; the nonce lets theirs in and nobody else's.
    const nonce = randomBytes(16).toString('base64');
    reply
      .code(200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header(
        'content-security-policy',
        policyText({ ...PAGE_POLICY, 'style-src': ["'self'", `'nonce-${nonce}'`] }),
      )
      .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
    return true;
  };
}

/** Whether a browser opens an address to show it. */
function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (!(headers.accept?.includes('text/html') ?? false)) return false;
  return !NOT_PAGES.test(url.split('?')[0] ?? '');
}
