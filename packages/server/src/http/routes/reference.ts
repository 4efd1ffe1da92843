import { createHash } from 'node:crypto';
import scalar from '@scalar/fastify-api-reference';
import { invalidRequest } from '../../domain/refusal.ts';
import { PAGE_POLICY, policyText } from '../browsers.ts';
import type { App } from '../server.ts';

/** The API's description for programs, for language models, and as pages for people. Register it after all other routes. */
export async function referenceRoutes(app: App): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  );

  app.get('/llms.txt', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) => {
    reply.type('text/markdown; charset=utf-8');
    return summaryOf(app.swagger() as ApiDescription);
  });

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
      routePrefix: '/docs',
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

/** As much of an OpenAPI document as the summary is made of. */
interface ApiDescription {
  info: { title: string; description?: string };
  paths?: Record<string, Record<string, { summary?: string; description?: string }>>;
}

/** The llms.txt form (llmstxt.org): a title, a sentence, and what there is, with links to the whole. */
function summaryOf({ info, paths = {} }: ApiDescription): string {
  const endpoints = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary = '', description = '' }]) =>
      `- \`${method.toUpperCase()} ${path}\`: ${summary}. ${description}`.trim(),
    ),
  );
  return [
    `# ${info.title}`,
    `> ${info.description}`,
    'Requests carry `Authorization: Bearer tk_live_…` or `tk_test_…`; those under `/api/operator` the operator token, and the probes nothing. Answers are JSON with `success`; a failure has `error`, `code` and `request_id`.',
    `## Endpoints\n\n${endpoints.join('\n')}`,
    '## More\n\n- [OpenAPI description](/openapi.json): every field of every request and answer\n- [API reference](/docs): the same as pages',
  ].join('\n\n');
}
