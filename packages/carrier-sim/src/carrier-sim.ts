import type { KeyObject } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { numbersSearched, searchAvailableNumbers } from './available-numbers.ts';
import { registerControl, resetState } from './control.ts';
import { CarrierError, LostAnswer } from './errors.ts';
import { serve } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createLedger, type LedgerFilter, type LedgerReport } from './ledger.ts';
import { memoryStore } from './memory-store.ts';
import {
  createNumberOrder,
  customerReferenceOfBody,
  listNumberOrders,
  phoneNumbersOfBody,
  resumeWebhooks,
  retrieveNumberOrder,
  webhookPayload,
} from './number-orders.ts';
import { addOwnedNumbers, type OwnedNumbersRequest } from './owned-numbers.ts';
import {
  findNumber,
  ledgerFields,
  listPhoneNumbers,
  type NumberRecord,
  releasePhoneNumber,
  retrievePhoneNumber,
  updatePhoneNumber,
} from './phone-numbers.ts';
import type { Query } from './query-parameters.ts';
import type { SimContext } from './sim-context.ts';
import { type SimStore, withBulkMethods } from './store.ts';
import { createWaits } from './waits.ts';
import { createWebhooks, toPrivateKey } from './webhooks.ts';

export interface CarrierSimOptions {
  /** Where all state is kept. Default: this process's memory. */
  store?: SimStore;
  /** Default: the system clock. */
  now?: () => Date;
  /** Milliseconds that an order stays pending; at 0 (default) the POST already answers its outcome. */
  pendingMs?: number;
  /** Milliseconds by which every answer under /v2 is delayed. Default 0. */
  latencyMs?: number;
  /** The only key that is accepted. Without it any non-empty bearer token is. */
  apiKey?: string;
  /** For faults with a probability. Default 1. */
  seed?: number;
  /** Whether a number can be ordered only if a search answered it in the last 30 minutes. Default true. */
  requireSearch?: boolean;
  /** Whether the endpoints under /_sim answer, which ask for no key. Default true. */
  control?: boolean;
  webhook?: {
    /** Where number_order.complete goes; without it nothing is sent until one is set at run time. */
    url?: string;
    /** Ed25519: a KeyObject, PEM, or base64 of the 32 raw bytes. Default: a new key. */
    privateKey?: KeyObject | string;
    /** Milliseconds before each further attempt after one that was not answered 2xx within 2 s. */
    retryDelaysMs?: readonly number[];
  };
}

export interface CarrierSim {
  /** Starts to listen (default 127.0.0.1, any free port); answers the base address, which ends in /v2. */
  listen(options?: { port?: number; host?: string }): Promise<string>;
  /** Stops, breaking connections whose answers are being held back. */
  close(): Promise<void>;
  /** For webhooks: base64 of the 32 raw bytes of the Ed25519 key. */
  readonly publicKey: string;
  /** The faults of this process. */
  readonly faults: Faults;
  ledger(filter?: LedgerFilter): Promise<LedgerReport>;
  /** Puts numbers into the account without an order. */
  addOwnedNumbers(request: OwnedNumbersRequest): Promise<{ count: number }>;
  /** Where webhooks go from now on; undefined for nowhere. */
  setWebhookUrl(url: string | undefined): void;
  /** Sends every webhook that is due by the simulator's clock, and waits until each is answered or given up. */
  flushWebhooks(): Promise<void>;
  /** Forgets all state and all faults. */
  reset(): Promise<void>;
}

const RETRY_DELAYS_MS = [500, 2_000, 8_000, 30_000];

/** A simulated carrier with its own HTTP server. Nothing runs before `listen`. */
export function createCarrierSim(options: CarrierSimOptions = {}): CarrierSim {
  const ctx = createContext(options);
  const app = createApp(ctx, options);
  return {
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      const address = await app.listen({ port, host });
      await resumeWebhooks(ctx);
      return `${address}/v2`;
    },
    async close() {
      ctx.waits.close();
      await app.close();
    },
    publicKey: ctx.webhooks.publicKey,
    faults: ctx.faults,
    ledger: (filter) => ctx.ledger.report(filter),
    addOwnedNumbers: (request) => addOwnedNumbers(ctx, request),
    setWebhookUrl: (url) => ctx.webhooks.setUrl(url),
    flushWebhooks: () => ctx.webhooks.flush(),
    reset: () => resetState(ctx),
  };
}

function createContext(options: CarrierSimOptions): SimContext {
  const { now = () => new Date(), webhook = {} } = options;
  const store = withBulkMethods(options.store ?? memoryStore());
  const faults = createFaults(options.seed ?? 1);
  const waits = createWaits();
  const webhooks = createWebhooks({
    url: webhook.url,
    privateKey: toPrivateKey(webhook.privateKey),
    retryDelaysMs: webhook.retryDelaysMs ?? RETRY_DELAYS_MS,
    now,
    faults,
    waits,
    payloadOf: (orderId) => webhookPayload({ store }, orderId),
    claim: (eventId) => store.insert('webhook_events', eventId, { at: now().toISOString() }),
  });
  const { pendingMs = 0, requireSearch = true } = options;
  return { store, now, pendingMs, requireSearch, faults, ledger: createLedger(store, now), webhooks, waits };
}

function createApp(
  ctx: SimContext,
  { latencyMs = 0, apiKey, control = true }: CarrierSimOptions,
): FastifyInstance {
  // Held answers must not keep close() waiting.
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  // Clients send the JSON content type on a DELETE without a body too.
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => {
      try {
        return body === '' ? undefined : JSON.parse(body);
      } catch {
        throw new CarrierError('10015', { detail: 'The body is not valid JSON.', pointer: '/' });
      }
    },
  );
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => answerError(new CarrierError('10005'), _request, reply));
  if (control) registerControl(app, ctx);
  app.register(
    async (v2) => {
      v2.addHook('onRequest', async (request) => {
        if (latencyMs > 0) await ctx.waits.pause(latencyMs);
        authenticate(request, apiKey);
      });
      registerCarrier(v2, ctx);
    },
    { prefix: '/v2' },
  );
  return app;
}

function authenticate(request: FastifyRequest, apiKey: string | undefined): void {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined || (apiKey !== undefined && token !== apiKey)) throw new CarrierError('10009');
}

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof LostAnswer) {
    reply.hijack();
    reply.raw.destroy();
    return;
  }
  const answer = error instanceof CarrierError ? error : foreignError(error);
  reply.code(answer.status).headers(answer.headers).send(answer.toBody());
}

/** Fastify's own errors have a status; anything else is a defect of ours and says nothing about itself. */
function foreignError(error: unknown): CarrierError {
  const { statusCode: status = 500, message } = error as { statusCode?: number; message?: string };
  if (status === 415) return new CarrierError('10014');
  if (status >= 400 && status < 500)
    return new CarrierError('10015', { status, detail: message ?? 'Bad request.' });
  return new CarrierError('10007');
}

type IdParams = { Params: { id: string } };

function registerCarrier(app: FastifyInstance, ctx: SimContext): void {
  app.get('/available_phone_numbers', async ({ query }, reply) =>
    serve(ctx, {
      endpoint: 'search',
      phoneNumbers: numbersSearched(query as Query),
      reply,
      run: () => searchAvailableNumbers(ctx, query as Query),
    }),
  );
  app.post('/number_orders', async ({ body }, reply) => serveOrder(ctx, body, reply));
  app.get('/number_orders', async ({ query }, reply) =>
    serve(ctx, {
      endpoint: 'list_orders',
      phoneNumbers: [],
      reply,
      run: () => listNumberOrders(ctx, query as Query),
    }),
  );
  app.get<IdParams>('/number_orders/:id', async ({ params }, reply) =>
    serve(ctx, {
      endpoint: 'get_order',
      phoneNumbers: [],
      reply,
      run: () => retrieveNumberOrder(ctx, params.id),
    }),
  );
  registerPhoneNumbers(app, ctx);
}

function registerPhoneNumbers(app: FastifyInstance, ctx: SimContext): void {
  app.get('/phone_numbers', async ({ query }, reply) =>
    serve(ctx, {
      endpoint: 'list_numbers',
      phoneNumbers: [],
      reply,
      run: () => listPhoneNumbers(ctx, query as Query),
    }),
  );
  app.get<IdParams>('/phone_numbers/:id', async ({ params }, reply) =>
    serve(ctx, {
      endpoint: 'get_number',
      phoneNumbers: numbersOf(await findNumber(ctx, params.id)),
      reply,
      run: () => retrievePhoneNumber(ctx, params.id),
    }),
  );
  app.patch<IdParams>('/phone_numbers/:id', async ({ params, body }, reply) => {
    const record = await findNumber(ctx, params.id);
    return serve(ctx, {
      endpoint: 'update_number',
      phoneNumbers: numbersOf(record),
      reply,
      run: () => updatePhoneNumber(ctx, params.id, body),
      refused: (outcome) =>
        ctx.ledger.append({
          ...ledgerFields(record),
          number_id: params.id,
          action: 'update_refused',
          outcome,
        }),
    });
  });
  app.delete<IdParams>('/phone_numbers/:id', async ({ params }, reply) => {
    const record = await findNumber(ctx, params.id);
    return serve(ctx, {
      endpoint: 'delete_number',
      phoneNumbers: numbersOf(record),
      reply,
      run: () => releasePhoneNumber(ctx, params.id),
      refused: (outcome) =>
        ctx.ledger.append({
          ...ledgerFields(record),
          number_id: params.id,
          action: 'release_refused',
          outcome,
        }),
    });
  });
}

function numbersOf(record: NumberRecord | undefined): string[] {
  return record ? [record.phone_number] : [];
}

function serveOrder(ctx: SimContext, body: unknown, reply: FastifyReply) {
  const phoneNumbers = phoneNumbersOfBody(body);
  return serve(ctx, {
    endpoint: 'create_order',
    phoneNumbers,
    reply,
    run: () => createNumberOrder(ctx, body),
    refused: async (outcome) => {
      const reference = { customer_reference: customerReferenceOfBody(body) };
      for (const phone_number of phoneNumbers.length > 0 ? phoneNumbers : [null]) {
        await ctx.ledger.append({ action: 'order_refused', outcome, phone_number, ...reference });
      }
    },
  });
}
