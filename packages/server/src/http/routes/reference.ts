import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { PAGE_POLICY, policyText } from '../browsers.ts';
import { REFERENCE_PATH } from '../documentation/page-frame.ts';
import type { App } from '../server.ts';

const PAGE = `${REFERENCE_PATH}/`;
const SCRIPT = `${REFERENCE_PATH}/js/scalar.js`;

const options = { schema: { hide: true }, config: { access: 'public' } } as const;

/** What is sent of the API reference. */
interface Reference {
  page: string;
  policy: string;
  /** As text, every request would hold five megabytes of its own until the client has read them. */
  script: Buffer;
}

/** The API's description for programs, and as pages for people. Register it after all other routes. */
export function referenceRoutes(app: App): void {
  let made: Promise<Reference> | undefined;
  const reference = () => {
    made ??= makeReference().catch((error: unknown) => {
      // Whoever comes next tries again.
      made = undefined;
      throw error;
    });
    return made;
  };

  app.get('/openapi.json', options, async () => app.swagger());
  app.get(REFERENCE_PATH, options, (_request, reply) => reply.redirect(PAGE, 301));
  app.get(PAGE, options, async (_request, reply) => {
    const { page, policy } = await reference();
    reply.type('text/html; charset=utf-8').header('content-security-policy', policy);
    return page;
  });
  app.get(SCRIPT, options, async (_request, reply) => {
    const { script } = await reference();
    reply.type('application/javascript; charset=utf-8');
    return script;
  });
}

/** Asks the library's own pages. Only once somebody opens them: its script is in the library as text, twenty megabytes in memory. */
async function makeReference(): Promise<Reference> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const pages = Fastify();
  await pages.register(scalar, {
    routePrefix: REFERENCE_PATH,
    // Nothing is loaded from, and nothing is sent to, any other host.
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Talkturo Numbers: API reference',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  const page = await pages.inject(PAGE);
  const script = await pages.inject(SCRIPT);
  if (page.statusCode !== 200 || script.statusCode !== 200) throw new Error('the API reference was not made');
  return { page: page.payload, policy: policyOf(page.payload), script: script.rawPayload };
}

/** The page starts its script with a few lines of its own, which are named by their hash; the script makes its styles itself. */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)].map(
    ([, code = '']) => {
      return `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
    },
  );
  return policyText({
    ...PAGE_POLICY,
    'script-src': ["'self'", ...inline],
    'style-src': ["'self'", "'unsafe-inline'"],
  });
}
