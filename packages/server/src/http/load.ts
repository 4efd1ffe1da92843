import underPressure from '@fastify/under-pressure';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal.ts';
import type { RouteLimit } from './rate-limits.ts';
import type { App } from './server.ts';

/** So many requests are worked on at once; 300 by 14 connections is about a tenth of a second for look-ups. */
export const MOST_AT_ONCE = 300;

/** Purchases wait for the carrier, for seconds, without a connection. */
export const MOST_PURCHASES_AT_ONCE = 1_000;

/** A server whose turns of the event loop are this late, ms, has more than it can do. */
export const MOST_EVENT_LOOP_DELAY_MS = 500;

/** When to come again, seconds. */
const RETRY_SECONDS = 1;

/** Asked by who watches the server, most of all when it is busy. */
const PROBES = ['/healthz', '/readyz', '/metrics'];

/**
 * Past what a server can do, requests are refused at once with 503 and Retry-After, before anything is looked up: so
 * that what it accepts does not wait behind what it cannot. Purchases, which wait for the carrier, are counted apart: a
 * slow carrier leaves lists and routing as they were. Look-ups of calls may be half more than everything else.
 * @param maxEventLoopDelay ms; 0: whatever it is
 */
export async function shedLoad(app: App, maxEventLoopDelay: number): Promise<void> {
  const underWay = { purchases: 0, others: 0 };

  await app.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: (request: FastifyRequest) => {
      if (!isProbe(request)) throw tooBusy();
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return;
    const { limit } = request.routeOptions.config;
    const kind = limit === 'purchase' ? 'purchases' : 'others';
    if (underWay[kind] >= mostOf(limit)) throw tooBusy();
    underWay[kind] += 1;
    // Also where the client has gone before its answer was ready.
    reply.raw.once('close', () => {
      underWay[kind] -= 1;
    });
  });
}

function mostOf(limit: RouteLimit | undefined): number {
  if (limit === 'purchase') return MOST_PURCHASES_AT_ONCE;
  return limit === 'none' ? MOST_AT_ONCE * 1.5 : MOST_AT_ONCE;
}

function isProbe({ routeOptions }: FastifyRequest): boolean {
  return PROBES.includes(routeOptions.url ?? '');
}

function tooBusy(): Refusal {
  return new Refusal(
    'not_ready',
    'The server has more requests than it can answer just now; nothing of this one was done. Send it again in a moment.',
    { retryAfterSeconds: RETRY_SECONDS },
  );
}
