import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal.ts';

/** They change nothing. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Against other people's pages that send requests in the name of whoever looks at them: what a browser says about
 * the page that sends has to be right wherever cookies speak for somebody, or where it is about signing in.
 * Programs say nothing about a page, and are let through.
 * @param trusted origins besides the one that the request itself was sent to
 */
export function guardOrigins(app: FastifyInstance, trusted: readonly string[]): void {
  app.addHook('onRequest', async (request) => {
    if (SAFE_METHODS.includes(request.method) || !isExposed(request) || isFromOurPages(request, trusted))
      return;
    throw new Refusal(
      'forbidden_origin',
      'This request comes from a page of another site, which may not act for the people who are signed in here. Send it from a page of this server, or ask the operator to add the origin to ALLOWED_ORIGINS.',
    );
  });
}

/** A key is in no browser's cookies, so what comes with one was meant. */
function isExposed({ headers, routeOptions }: FastifyRequest): boolean {
  if (routeOptions.url?.startsWith('/api/auth/')) return true;
  return headers.cookie !== undefined && headers.authorization === undefined;
}

function isFromOurPages({ headers, host }: FastifyRequest, trusted: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return trusted.includes(origin) || URL.parse(origin)?.host === host;
  return site === undefined || site === 'same-origin' || site === 'none';
}
