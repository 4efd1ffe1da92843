import underPressure from '@fastify/under-pressure';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal.ts';
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
  let underWay = 0;
  let purchases = 0;

  await app.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: (request: FastifyRequest) => {
      if (!isProbe(request)) throw tooBusy();
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return;
    if (request.routeOptions.config.limit === 'purchase') {
      if (purchases >= MOST_PURCHASES_AT_ONCE) throw tooBusy();
      purchases += 1;
      whenOver(reply, () => {
        purchases -= 1;
      });
      return;
    }
    const most = request.routeOptions.config.limit === 'none' ? MOST_AT_ONCE * 1.5 : MOST_AT_ONCE;
    if (underWay >= most) throw tooBusy();
    underWay += 1;
    whenOver(reply, () => {
      underWay -= 1;
    });
  });
}

function isProbe({ routeOptions }: FastifyRequest): boolean {
  return PROBES.includes(routeOptions.url ?? '');
}

/** Also where the client has gone before its answer was ready. */
function whenOver(reply: FastifyReply, over: () => void): void {
  reply.raw.once('close', over);
}

function tooBusy(): Refusal {
  return new Refusal(
    'not_ready',
    'The server has more requests than it can answer just now; nothing of this one was done. Send it again in a moment.',
    { retryAfterSeconds: RETRY_SECONDS },
  );
}
