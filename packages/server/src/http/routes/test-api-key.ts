import { Type } from 'typebox';
import { failures } from '../schemas.ts';
import type { App } from '../server.ts';

const schema = {
  summary: 'Check an API key',
  tags: ['API keys'],
  response: { 200: Type.Object({ success: Type.Literal(true), message: Type.String() }), ...failures(401) },
};

export function testApiKeyRoute(app: App): void {
  app.get('/api/test-api-key', { schema, config: { access: 'anyone' } }, async () => ({
    success: true as const,
    message: 'Authentication succeeded',
  }));
}
