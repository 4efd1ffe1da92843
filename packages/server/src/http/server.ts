import type { IncomingMessage, ServerResponse } from 'node:http';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify';
import type { Registry } from 'prom-client';
import type { ReadCarrierEvent } from '../carriers/carrier.ts';
import type { FindSession, People } from '../people/people.ts';
import type { Authenticate } from '../usecases/authenticate.ts';
import type { Context } from '../usecases/context.ts';
import type { ListNumbers } from '../usecases/list-numbers.ts';
import { guardRoutes } from './access.ts';
import { instructBrowsers } from './browsers.ts';
import { serveDashboard } from './dashboard.ts';
import { answerBrokenRequest, handleError, handleNotFound } from './errors.ts';
import { shedLoad } from './load.ts';
import { observeRequests } from './metrics.ts';
import { guardOrigins } from './origins.ts';
import { requestLimits } from './rate-limits.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { assistantNumberRoutes } from './routes/assistant-numbers.ts';
import { assistantRoutes } from './routes/assistants.ts';
import { callerIdRoute } from './routes/caller-id.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { carrierWebhookRoute } from './routes/carrier-webhook.ts';
import { demoSignInRoute } from './routes/demo-sign-in.ts';
import { documentationRoutes } from './routes/documentation.ts';
import { eligibilityRoute } from './routes/eligibility.ts';
import { eventRoutes } from './routes/events.ts';
import { idleNumbersRoute } from './routes/idle-numbers.ts';
import { inboundRoutingRoute } from './routes/inbound-routing.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { listNumbersRoute } from './routes/list-numbers.ts';
import { memberRoutes } from './routes/members.ts';
import { numberDetailsRoute } from './routes/number-details.ts';
import { numberHealthRoutes } from './routes/number-health.ts';
import { operatorApiKeyRoutes } from './routes/operator-api-keys.ts';
import { operatorAttentionRoute } from './routes/operator-attention.ts';
import { operatorReconciliationRoutes } from './routes/operator-reconciliation.ts';
import { operatorTeamRoutes } from './routes/operator-teams.ts';
import { overviewReportRoute } from './routes/overview-report.ts';
import { passwordRoutes } from './routes/password.ts';
import { phoneNumberRoutes } from './routes/phone-number.ts';
import { planRoutes } from './routes/plans.ts';
import { probeRoutes } from './routes/probes.ts';
import { purchaseNumberRoute } from './routes/purchase-number.ts';
import { purchaseNumbersRoute } from './routes/purchase-numbers.ts';
import { referenceRoutes } from './routes/reference.ts';
import { searchNearbyRoute } from './routes/search-nearby.ts';
import { searchNumbersRoute } from './routes/search-numbers.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { signUpRoutes } from './routes/sign-up.ts';
import { teamRoutes } from './routes/teams.ts';
import { testApiKeyRoute } from './routes/test-api-key.ts';
import { webhookDeliveryRoutes } from './routes/webhook-deliveries.ts';
import { webhookEndpointRoutes } from './routes/webhook-endpoints.ts';
import { validatorCompiler } from './validation.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes call. */
export interface RouteContext {
  context: Context;
  authenticate: Authenticate;
  findSession: FindSession;
  people: People;
  /** Whom the link that was printed at the start lets in. */
  demoDoor: { enter(token: string): string | null };
  /** Past it requests are refused, ms; 0: never. */
  maxEventLoopDelayMs: number;
  /** Where the built dashboard lies; null where this server has none. */
  dashboard: string | null;
  /** Whose pages may act for people who are signed in, besides this server's own. */
  trustedOrigins: readonly string[];
  listNumbers: ListNumbers;
  /** Null where this server has no key to check the carrier's signatures with. */
  readCarrierEvent: ReadCarrierEvent | null;
  operatorToken: string | null;
  /** Other origins whose pages may call this server from a browser. */
  allowedOrigins: readonly string[];
  /** How many proxies in front are the operators' own. */
  trustProxy: number;
  /** @throws Refusal `not_ready` */
  readiness: () => Promise<void>;
  metrics: Registry;
}

/** No request of this API needs more. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Longer than any id; what is longer still gets "not found" like any unknown id. */
const MAX_PATH_PART = 500;

/** The request line and all headers together; the address has to fit in too. Node.js's own figure, said here because a message names it. */
const MAX_HEADER_BYTES = 16 * 1024;

/** How long a client may take to send a request, and its headers alone, ms. Who sends a byte now and then holds a connection for no longer. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;

/** How often the two are looked at, ms: Node.js's own 30 s would double them. */
const CHECK_CONNECTIONS_MS = 5_000;

/** How long a connection is kept for the next request, ms: longer than load balancers do (60 s), so that never both at once use and close it. */
const KEEP_ALIVE_MS = 72_000;

/** How long a connection may be silent in both directions while an answer is made or read, ms, besides the time that a purchase may wait. */
const SILENCE_MS = 5 * 60_000;

/** A request id that a caller may bring along, to find the request in both logs. */
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Of the API, by Semantic Versioning: the second part goes up with what clients may come to rely on. On every answer, so that a client can tell that it is older or newer. */
const API_VERSION = '0.1.0';

/** The HTTP server with all its routes, not yet listening. */
export async function createServer(routes: RouteContext, logger: FastifyBaseLogger): Promise<App> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: routes.context.settings.purchaseWaitMs + SILENCE_MS,
    // Without an end: behind a load balancer a connection is everybody's, and its age says nothing of who asks.
    maxRequestsPerSocket: 0,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    // A function: Fastify trusts no proxy at all where it is given the number.
    trustProxy: (_address, hop) => hop < routes.trustProxy,
    // Who still has a connection while the server stops gets an answer, not a framework's error page.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: MAX_PATH_PART },
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      handleError(error, request, reply);
    },
    genReqId: (request) => {
      const brought = request.headers['x-request-id'];
      return typeof brought === 'string' && REQUEST_ID.test(brought) ? brought : routes.context.newId('req');
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(handleError);
  app.removeContentTypeParser(['text/plain', 'application/json']);
  parseJson(app);

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-api-version', API_VERSION);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const line = {
      method,
      route: routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    // A line per read would cost more than the read; what changes something or fails is worth one.
    request.log[method === 'GET' && reply.statusCode < 400 ? 'debug' : 'info'](line, 'request');
  });
  closeConnectionsOnStop(app);
  observeRequests(app, routes.metrics);
  await instructBrowsers(app, {
    publicUrl: routes.context.settings.publicUrl,
    allowedOrigins: routes.allowedOrigins,
  });
  await shedLoad(app, routes.maxEventLoopDelayMs);
  guardOrigins(app, routes.trustedOrigins);
  guardRoutes(app, { ...routes, limits: requestLimits(routes.context) });
  await app.register(swagger, OPENAPI);

  searchNumbersRoute(app, routes);
  searchNearbyRoute(app, routes);
  purchaseNumberRoute(app, routes);
  purchaseNumbersRoute(app, routes);
  listNumbersRoute(app, routes);
  numberDetailsRoute(app, routes);
  phoneNumberRoutes(app, routes);
  numberHealthRoutes(app, routes);
  eligibilityRoute(app, routes);
  eventRoutes(app, routes);
  webhookEndpointRoutes(app, routes);
  webhookDeliveryRoutes(app, routes);
  inboundRoutingRoute(app, routes);
  callerIdRoute(app, routes);
  idleNumbersRoute(app, routes);
  overviewReportRoute(app, routes);
  assistantRoutes(app, routes);
  assistantNumberRoutes(app, routes);
  campaignRoutes(app, routes);
  testApiKeyRoute(app);
  signUpRoutes(app, routes);
  signInRoutes(app, routes);
  passwordRoutes(app, routes);
  teamRoutes(app, routes);
  planRoutes(app);
  memberRoutes(app, routes);
  invitationRoutes(app, routes);
  apiKeyRoutes(app, routes);
  carrierWebhookRoute(app, routes);
  operatorTeamRoutes(app, routes);
  operatorApiKeyRoutes(app, routes);
  operatorAttentionRoute(app, routes);
  operatorReconciliationRoutes(app, routes);
  probeRoutes(app, routes);
  referenceRoutes(app);
  documentationRoutes(app);

  const sendPage = routes.dashboard === null ? null : await serveDashboard(app, routes.dashboard);
  if (sendPage) demoSignInRoute(app, routes);
  app.setNotFoundHandler((request, reply) => {
    if (!sendPage?.(request, reply)) handleNotFound(request, reply);
  });
  return app;
}

/** Clients name the JSON content type on requests without a body too; where one is wanted, the schema says so. */
function parseJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

/** A connection that is kept alive would keep a stopping server alive too: it ends with the answer under way. */
function closeConnectionsOnStop(app: App): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onResponse', async (request) => {
    if (stopping) request.raw.socket.destroySoon();
  });
}

const OPENAPI = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Talkturo Numbers',
      version: API_VERSION,
      description: 'Search, buy, list and release phone numbers for AI voice assistants.',
    },
    components: {
      securitySchemes: {
        apiKey: { type: 'http' as const, scheme: 'bearer' },
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: 'talkturo.session_token' },
      },
    },
    security: [{ apiKey: [] }, { session: [] }],
  },
};
