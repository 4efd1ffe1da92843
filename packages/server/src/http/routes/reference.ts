import scalar from '@scalar/fastify-api-reference';
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

  await app.register(scalar, {
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
