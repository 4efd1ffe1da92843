import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { hashToken } from '../domain/api-token.ts';
import { MODES, type Mode } from '../domain/mode.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import { isAtLeast, type Role } from '../domain/roles.ts';
import { covers, LIVE_KEYS_ONLY, ROLE_FOR_SCOPE, type Scope } from '../domain/scopes.ts';
import type { FindSession } from '../people/people.ts';
import type { Authenticate } from '../usecases/authenticate.ts';
import type { Caller, Context, Person } from '../usecases/context.ts';
import { identifyPerson } from '../usecases/identify-person.ts';
import { recordRefusedAccess } from '../usecases/record-refused-access.ts';
import type { RequestLimits } from './rate-limits.ts';

/**
 * Who may call a route: anybody; the operator; a signed-in person; any valid key or signed-in person; or, with a
 * scope, a key that was given it, and a person whose role in the team allows it ({@link ROLE_FOR_SCOPE}).
 */
export type Access = 'public' | 'operator' | 'person' | 'anyone' | Scope;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The number that a request is about, E.164, where that is read with the key; null where it does not say. */
    about?: (request: FastifyRequest) => string | null;
  }
  interface FastifyRequest {
    caller: Caller | null;
    person: Person | null;
  }
}

export interface AccessOptions {
  context: Context;
  authenticate: Authenticate;
  findSession: FindSession;
  operatorToken: string | null;
  limits: RequestLimits;
}

/** Methods that change nothing. */
const READING = ['GET', 'HEAD'];

/**
 * Authorisation in one place. Every route states in its config who may call it; one that does not is refused at
 * start. The check runs before the body is read, so that strangers cost little.
 */
export function guardRoutes(app: FastifyInstance, options: AccessOptions): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('person', null);

  app.addHook('onRoute', (route) => {
    // The answer to preflights comes with a plugin, whose route cannot say it.
    if (isPreflight(route)) route.config = { ...route.config, access: 'public' };
    if (route.config?.access === undefined) {
      throw new Error(`route ${route.method} ${route.url} does not say who may call it`);
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    // Requests without a route go on to "not found".
    if (access === undefined) return;
    await options.limits.admit(request, reply);
    if (access === 'public') return;
    try {
      await identify(access, options, request, reply);
    } catch (error) {
      if (isStranger(error)) await options.limits.countStranger(request, reply);
      throw error;
    }
    await options.limits.countCaller(request, reply);
    await authorise(access, options, request);
  });

  // A person in several teams may name the team in the body alone.
  app.addHook('preValidation', async (request) => {
    const access = request.routeOptions.config.access;
    if (!isScope(access) || request.caller !== null) return;
    request.caller = personAsCaller(request, teamNamedInBody(request));
    if (request.caller === null) {
      throw invalidRequest([
        {
          path: 'x-team-id',
          message: 'is required of people in several teams: the id of the team that this is about',
        },
      ]);
    }
    await requireScope(options, request, request.caller, access);
  });
}

/** Finds out who asks. */
async function identify(
  access: Access,
  options: AccessOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (access === 'operator') return requireOperator(request, options.operatorToken);
  if (request.headers.authorization === undefined) request.person = await findPerson(options, request, reply);
  if (request.person === null) {
    const { about } = request.routeOptions.config;
    request.caller = await options.authenticate(bearerToken(request), about?.(request) ?? null);
  }
}

/** Whether they may. What a person's body has to say first waits until it is read. */
async function authorise(access: Access, options: AccessOptions, request: FastifyRequest): Promise<void> {
  if (access === 'person' && request.person === null) {
    throw new Refusal('forbidden', 'This is for people, not for API keys. Sign in, and ask again.');
  }
  if (request.person && isScope(access)) request.caller = personAsCaller(request, teamNamedOutside(request));
  if (request.caller && isScope(access)) await requireScope(options, request, request.caller, access);
}

function isStranger(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'unauthorized';
}

function isPreflight({ method, url }: RouteOptions): boolean {
  return method === 'OPTIONS' && url === '*';
}

/** The caller of a route that wants a scope. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`route ${request.routeOptions.url} is reached without a caller`);
  return request.caller;
}

/** The person behind a request to a route that is for people. */
export function personOf(request: FastifyRequest): Person {
  if (!request.person) throw new Error(`route ${request.routeOptions.url} is reached without a person`);
  return request.person;
}

/**
 * The caller, where the team that the request names is theirs.
 * @throws Refusal `forbidden`, the same for teams that exist and teams that do not; `invalid_request` where a person
 *   names one of their teams in the header and another one in the body
 */
export function callerOfTeam(request: FastifyRequest, teamId: string): Caller {
  const caller = callerOf(request);
  if (caller.teamId === teamId) return caller;
  if (request.person?.memberships.some((each) => each.teamId === teamId)) {
    throw invalidRequest([
      { path: 'x-team-id', message: 'must be the team that the body names; send the same, or leave it out' },
    ]);
  }
  throw notTheirTeam(caller.actor.type);
}

/** Like {@link callerOfTeam}, for requests that may name the team in several places, or in none. */
export function callerOfTeams(request: FastifyRequest, ...teamIds: (string | undefined)[]): Caller {
  for (const teamId of teamIds) if (teamId !== undefined) callerOfTeam(request, teamId);
  return callerOf(request);
}

function notTheirTeam(who: Caller['actor']['type']): Refusal {
  return new Refusal(
    'forbidden',
    who === 'key'
      ? 'This API key is not one of that team. Check teamId, or use a key of the team.'
      : 'You are not in that team. Check the team id, or ask an owner of the team for an invitation.',
  );
}

function isScope(access: Access | undefined): access is Scope {
  return access !== undefined && access in ROLE_FOR_SCOPE;
}

/** @throws Refusal `forbidden`; where a role is too low for a change, the team learns of the try */
async function requireScope(
  { context }: AccessOptions,
  request: FastifyRequest,
  caller: Caller,
  scope: Scope,
): Promise<void> {
  if (!covers(caller.scopes, scope)) {
    throw new Refusal('forbidden', `This API key lacks the scope ${scope}. Use a key that has it.`);
  }
  if (caller.actor.type === 'key' && caller.mode === 'test' && LIVE_KEYS_ONLY.includes(scope)) {
    throw new Refusal(
      'forbidden',
      'A test key cannot manage the team, which is the same one in live mode. Use a live key, or sign in.',
    );
  }
  const role = ROLE_FOR_SCOPE[scope];
  if (isAtLeast(caller.role, role)) return;
  if (!READING.includes(request.method)) await tellTeam(context, request, caller, role);
  const whose = caller.actor.type === 'key' ? 'whoever made this API key' : 'you';
  throw new Refusal(
    'forbidden',
    `This needs the role ${role} in the team, and ${whose} ${whose === 'you' ? 'are' : 'is'} ${caller.role}. Ask an owner or admin of the team.`,
  );
}

/**
 * Does what a request asks for, where that also depends on whom it is done to. Where the caller's role is too low for
 * it, the team learns of the try, as it does where it is too low for the route.
 */
export async function tellingOfTries<Answer>(
  context: Context,
  request: FastifyRequest,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const neededRole = error instanceof Refusal ? error.details.neededRole : undefined;
    if (neededRole) await tellTeam(context, request, callerOf(request), neededRole);
    throw error;
  }
}

async function tellTeam(
  context: Context,
  { method, routeOptions }: FastifyRequest,
  caller: Caller,
  neededRole: Role,
): Promise<void> {
  await recordRefusedAccess(context, caller, { route: `${method} ${routeOptions.url}`, neededRole });
}

async function findPerson(
  { context, findSession }: AccessOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Person | null> {
  if (request.headers.cookie === undefined) return null;
  const session = await findSession(request.headers);
  if (!session) return null;
  if (session.setCookie.length > 0) reply.header('set-cookie', session.setCookie);
  return (await identifyPerson(context, session.userId)) ?? null;
}

/**
 * The person as a member of the team that the request names, or of the only team that they are in.
 * @returns null where that leaves several
 * @throws Refusal `forbidden` for a team that they are not in
 */
function personAsCaller(request: FastifyRequest, teamId: string | undefined): Caller | null {
  const { memberships, userId } = personOf(request);
  const [only, another] = memberships;
  if (teamId === undefined && !only) {
    throw new Refusal(
      'forbidden',
      'You are in no team yet. Make one with POST /api/teams, or accept an invitation.',
    );
  }
  if (teamId === undefined && another) return null;
  const membership = teamId === undefined ? only : memberships.find((each) => each.teamId === teamId);
  if (!membership) throw notTheirTeam('person');
  return {
    teamId: membership.teamId,
    mode: modeOf(request),
    userId,
    role: membership.role,
    scopes: ['*'],
    actor: { type: 'person', id: userId },
    rateLimitPerHour: null,
    number: null,
  };
}

/** The team in the path, the query or the header: known before the body is read. */
function teamNamedOutside({ params, query, headers }: FastifyRequest): string | undefined {
  const named = [params, query].map((part) => (part as { teamId?: unknown } | null)?.teamId);
  return [...named, headers['x-team-id']].find((value) => typeof value === 'string');
}

function teamNamedInBody({ body }: FastifyRequest): string | undefined {
  const teamId = (body as { teamId?: unknown } | null | undefined)?.teamId;
  return typeof teamId === 'string' ? teamId : undefined;
}

/** A key has its mode in its name; a person says it in a header, and without one nothing costs money. */
function modeOf({ headers }: FastifyRequest): Mode {
  const wanted = headers['x-mode'] ?? 'test';
  const mode = MODES.find((each) => each === wanted);
  if (mode) return mode;
  throw invalidRequest([{ path: 'x-mode', message: `must be ${MODES.join(' or ')}` }]);
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
