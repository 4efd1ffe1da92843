import scalar from '@scalar/fastify-api-reference';
import type { App } from '../server.ts';

/** The API's description for programs, and as pages for people. Register it after all other routes. */
export async function referenceRoutes(app: App): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  );

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
