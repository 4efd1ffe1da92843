import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from '@fastify/cors';
import helmet from 'helmet';
import type { App } from './server.ts';

export interface BrowserOptions {
  /** Where people reach this server. */
  publicUrl: string;
  /** Other origins whose pages may call it with a session. */
  allowedOrigins: readonly string[];
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** How long a browser may remember what it may send, seconds. */
const PREFLIGHT_SECONDS = 600;

/** A page of ours has all its code, styles and pictures here, in files; answers in JSON need none of it. */
export const PAGE_POLICY: Record<string, string[]> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** What browsers are told about what the pages and answers of this server may do, and who may read them. */
export async function instructBrowsers(app: App, options: BrowserOptions): Promise<void> {
  const headers = protectiveHeaders(options);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });

  const { allowedOrigins } = options;
  if (allowedOrigins.length === 0) return;
  await app.register(cors, {
    // A function, because for anybody else a list would still answer with some of the headers.
    origin: (origin, decide) =>
      decide(null, origin !== undefined && allowedOrigins.includes(origin) && origin),
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'x-team-id',
      'x-mode',
      'x-request-id',
    ],
    exposedHeaders: [
      'x-request-id',
      'x-api-version',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
    ],
    maxAge: PREFLIGHT_SECONDS,
  });
}

/** What helmet tells browsers. It is the same for every request, so it is asked once: it builds its texts anew each time. */
function protectiveHeaders({ publicUrl }: BrowserOptions): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const tell = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    // Only where TLS is in front. Other names under this one are not ours to decide on.
    strictTransportSecurity: publicUrl.startsWith('https:') && {
      maxAge: YEAR_SECONDS,
      includeSubDomains: false,
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // For browsers, and for plugins, that are no more.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
    xDnsPrefetchControl: false,
  });
  tell(response.req, response, (error) => {
    if (error) throw error;
  });
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}

/** A policy as it stands in the header. */
export function policyText(policy: Record<string, string[]>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join(';');
}
