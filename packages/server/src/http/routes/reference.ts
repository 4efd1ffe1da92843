import { createHash } from 'node:crypto';
import scalar from '@scalar/fastify-api-reference';
import { invalidRequest } from '../../domain/refusal.ts';
import { PAGE_POLICY, policyText } from '../browsers.ts';
import { REFERENCE_PATH } from '../documentation/page-frame.ts';
import type { App } from '../server.ts';

/** The API's description for programs, and as pages for people. Register it after all other routes. */
export async function referenceRoutes(app: App): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  );

  await app.register(async (pages) => {
    let script: Buffer | undefined;
    pages.addHook('onRequest', async ({ hostname }) => {
      // The pages' plugin builds an address of it.
      if (!URL.canParse(`http://${hostname}`))
        throw invalidRequest([{ path: 'host', message: 'must be a host name' }]);
    });
    pages.addHook('onSend', async (_request, reply, payload) => {
      if (typeof payload !== 'string') return payload;
      const type = String(reply.getHeader('content-type'));
      if (type.startsWith('text/html')) reply.header('content-security-policy', policyOf(payload));
      if (!type.startsWith('application/javascript')) return payload;
      // As text, every request would hold five megabytes of its own until the client has read them.
      script ??= Buffer.from(payload);
      return script;
    });
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
  });
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
