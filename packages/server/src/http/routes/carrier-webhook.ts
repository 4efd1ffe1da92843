import { Type } from 'typebox';
import { receiveCarrierEvent } from '../../usecases/receive-carrier-event.ts';
import { failures } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const schema = {
  summary: 'What the carrier tells us',
  description:
    'For the carrier only: Ed25519-signed events. A number order that has completed or failed is settled at once instead of at the next look; everything else is answered and left.',
  tags: ['Carrier'],
  security: [],
  response: { 200: Type.Object({ success: Type.Literal(true) }), ...failures(400, 503) },
};

/** An order of many numbers is announced with all of them. */
const BODY_LIMIT_BYTES = 256 * 1024;

export function carrierWebhookRoute(app: App, { context, readCarrierEvent }: RouteContext): void {
  app.register(async (scope) => {
    // The signature is over the bytes as they came, so nothing may parse them first.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
    scope.post(
      '/api/phone-numbers/telnyx-webhook',
      {
        schema, // The carrier may tell of a thousand orders at once, and its signature is what opens this.
        config: { access: 'public', limit: 'none' },
        bodyLimit: BODY_LIMIT_BYTES,
      },
      async ({ body, headers }) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
        await receiveCarrierEvent(context, readCarrierEvent, { body: bytes, headers });
        return { success: true as const };
      },
    );
  });
}
