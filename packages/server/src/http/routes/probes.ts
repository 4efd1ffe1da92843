import { Type } from 'typebox';
import { Failure } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const Alive = Type.Object({ success: Type.Literal(true), status: Type.String() });

const alive = {
  summary: 'Whether the process lives',
  tags: ['Probes'],
  security: [],
  response: { 200: Alive },
};

const ready = {
  summary: 'Whether the database and the job queue answer',
  tags: ['Probes'],
  security: [],
  response: { 200: Alive, 503: Failure },
};

export function probeRoutes(app: App, { readiness, metrics }: RouteContext): void {
  app.get('/healthz', { schema: alive, config: { access: 'public' } }, async () => ({
    success: true as const,
    status: 'alive',
  }));

  app.get('/readyz', { schema: ready, config: { access: 'public' } }, async () => {
    await readiness();
    return { success: true as const, status: 'ready' };
  });

  app.get('/metrics', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) => {
    reply.type(metrics.contentType);
    return metrics.metrics();
  });
}
