import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hashToken } from '../domain/api-token.ts';
import { Refusal } from '../domain/refusal.ts';
import { covers, type Scope } from '../domain/scopes.ts';
import type { Authenticate } from '../usecases/authenticate.ts';
import type { Caller, Context } from '../usecases/context.ts';

/** Who may call a route: anybody, the operator, any valid API key, or a key with the scope. */
export type Access = 'public' | 'operator' | 'any-key' | Scope;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export interface AccessOptions {
  context: Context;
  authenticate: Authenticate;
  operatorToken: string | null;
}

/**
 * Authorisation in one place. Every route states in its config who may call it; one that does not is refused at
 * start. The check runs before the body is read, so that strangers cost little.
 */
export function guardRoutes(
  app: FastifyInstance,
  { context, authenticate, operatorToken }: AccessOptions,
): void {
  app.decorateRequest('caller', null);

  app.addHook('onRoute', (route) => {
    // The pages of the API reference come with a plugin, whose routes cannot say it themselves.
    if (route.url === '/docs' || route.url.startsWith('/docs/'))
      route.config = { ...route.config, access: 'public' };
    if (route.config?.access === undefined) {
      throw new Error(`route ${route.method} ${route.url} does not say who may call it`);
    }
  });

  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // Requests without a route go on to "not found".
    if (access === undefined || access === 'public') return;
    if (access === 'operator') return requireOperator(request, operatorToken);
    const caller = await authenticate(context, bearerToken(request));
    if (access !== 'any-key' && !covers(caller.scopes, access)) {
      throw new Refusal('forbidden', `This API key lacks the scope ${access}. Use a key that has it.`);
    }
    request.caller = caller;
  });
}

/** The caller of a route that only API keys reach. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`route ${request.routeOptions.url} is reached without an API key`);
  return request.caller;
}

/**
 * The caller, where the team that the request names is theirs.
 * @throws Refusal `forbidden`, the same for teams that exist and teams that do not
 */
export function callerOfTeam(request: FastifyRequest, teamId: string): Caller {
  const caller = callerOf(request);
  if (caller.teamId !== teamId) {
    throw new Refusal(
      'forbidden',
      'This API key is not one of that team. Check teamId, or use a key of the team.',
    );
  }
  return caller;
}

function requireOperator(request: FastifyRequest, operatorToken: string | null): void {
  if (operatorToken === null) {
    throw new Refusal(
      'unauthorized',
      'The operator API is off: start the server with OPERATOR_TOKEN to turn it on.',
    );
  }
  const token = bearerToken(request);
  if (token === undefined || !sameSecret(token, operatorToken)) {
    throw new Refusal('unauthorized', 'This needs the operator token, as "Authorization: Bearer …".');
  }
}

function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Equal lengths for the comparison in constant time, whatever is sent. */
function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(wanted)));
}
