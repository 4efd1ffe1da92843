import { generateKeyPairSync } from 'node:crypto';
import { desc, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '../../src/db/schema.ts';
import type { Role } from '../../src/domain/roles.ts';
import {
  type GrantedScope,
  LIVE_KEYS_ONLY,
  ROLE_FOR_SCOPE,
  SCOPES as SCOPE_NAMES,
  type Scope,
} from '../../src/domain/scopes.ts';
import { revokeApiKey } from '../../src/usecases/revoke-api-key.ts';
import { join, signUp } from '../support/people.ts';
import {
  type Answer,
  buy,
  newKey,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
} from '../support/service.ts';
import { anonymous, expectInvalid, expectRefusal } from './expectations.ts';
import { nameOf, type Route, routesOf } from './routes.ts';

/*
 * What holds for every route, over the routes that the server says it has: a new one is in here without being
 * named. Only what nobody can guess stands in the tables below, and a route that is missing there fails.
 */

const service = await startService({ kind: 'postgres' });
const routes = routesOf(service.app.server);
const openapi = (await service.app.server.inject('/openapi.json')).json();

const PUBLIC = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/llms.txt',
  '/llms-full.txt',
  '/docs',
  '/docs/*',
  '/docs/api-reference',
  '/docs/api-reference/',
  '/docs/api-reference/js/scalar.js',
];

/** No token opens these: whoever sends signs. telnyx-webhook.test.ts has all about the signature itself. */
const SIGNED = ['POST /api/phone-numbers/telnyx-webhook'];

/** Strangers may ask these, because it is how they stop being strangers: what is right to send, and what comes of it here. */
const OPEN_TO_STRANGERS: Record<string, { query?: string; body?: object; status: number }> = {
  'POST /api/auth/sign-up': {
    body: { email: 'new@example.com', name: 'New', password: 'correct horse battery' },
    status: 201,
  },
  'GET /api/auth/verify-email': { query: '?token=unknown', status: 400 },
  'POST /api/auth/verify-email': { body: { token: 'unknown' }, status: 400 },
  'POST /api/auth/resend-verification': { body: { email: 'nobody@example.com' }, status: 200 },
  'POST /api/auth/sign-in': { body: { email: 'nobody@example.com', password: 'wrong' }, status: 401 },
  'POST /api/auth/sign-out': { status: 200 },
  'POST /api/auth/forgot-password': { body: { email: 'nobody@example.com' }, status: 200 },
  'POST /api/auth/reset-password': {
    body: { token: 'unknown', newPassword: 'correct horse battery' },
    status: 400,
  },
};

/** For people alone: no key opens these, whatever it is allowed. */
const FOR_PEOPLE = [
  'GET /api/auth/session',
  'HEAD /api/auth/session',
  'PATCH /api/auth/user',
  'POST /api/auth/change-password',
  'POST /api/teams',
  'POST /api/teams/:teamId/leave',
  'POST /api/invitations/accept',
];

/** What a key has to be allowed; null where any key will do. */
const SCOPES: Record<string, Scope | null> = {
  'POST /api/phone-numbers/search': 'numbers:read',
  'POST /api/phone-numbers/search/nearby': 'numbers:read',
  'GET /api/phone-numbers/purchase': 'numbers:read',
  'HEAD /api/phone-numbers/purchase': 'numbers:read',
  'GET /api/phone-numbers': 'numbers:read',
  'HEAD /api/phone-numbers': 'numbers:read',
  'POST /api/phone-numbers/purchase': 'numbers:write',
  'POST /api/phone-numbers/purchase/bulk': 'numbers:write',
  'POST /api/phone-numbers/eligibility': 'numbers:read',
  'GET /api/phone-numbers/:id': 'numbers:read',
  'HEAD /api/phone-numbers/:id': 'numbers:read',
  'PATCH /api/phone-numbers/:id': 'numbers:write',
  'DELETE /api/phone-numbers/:id': 'numbers:write',
  'POST /api/phone-numbers/:id/restore': 'numbers:write',
  'GET /api/phone-numbers/:id/events': 'events:read',
  'HEAD /api/phone-numbers/:id/events': 'events:read',
  'GET /api/events': 'events:read',
  'HEAD /api/events': 'events:read',
  'GET /api/webhook-endpoints': 'webhooks:read',
  'HEAD /api/webhook-endpoints': 'webhooks:read',
  'POST /api/webhook-endpoints': 'webhooks:write',
  'GET /api/webhook-endpoints/:endpointId': 'webhooks:read',
  'HEAD /api/webhook-endpoints/:endpointId': 'webhooks:read',
  'PATCH /api/webhook-endpoints/:endpointId': 'webhooks:write',
  'DELETE /api/webhook-endpoints/:endpointId': 'webhooks:write',
  'POST /api/webhook-endpoints/:endpointId/rotate-secret': 'webhooks:write',
  'POST /api/webhook-endpoints/:endpointId/test': 'webhooks:write',
  'GET /api/webhook-endpoints/:endpointId/deliveries': 'webhooks:read',
  'HEAD /api/webhook-endpoints/:endpointId/deliveries': 'webhooks:read',
  'GET /api/webhook-endpoints/:endpointId/deliveries/:deliveryId': 'webhooks:read',
  'HEAD /api/webhook-endpoints/:endpointId/deliveries/:deliveryId': 'webhooks:read',
  'POST /api/webhook-endpoints/:endpointId/deliveries/:deliveryId/redeliver': 'webhooks:write',
  'POST /api/phone-numbers/:id/health': 'routing:write',
  'GET /api/phone-numbers/:id/calls': 'numbers:read',
  'HEAD /api/phone-numbers/:id/calls': 'numbers:read',
  'GET /api/routing/inbound': 'routing:read',
  'HEAD /api/routing/inbound': 'routing:read',
  'POST /api/routing/caller-id': 'routing:write',
  'GET /api/reports/idle-numbers': 'numbers:read',
  'HEAD /api/reports/idle-numbers': 'numbers:read',
  'GET /api/reports/overview': 'numbers:read',
  'HEAD /api/reports/overview': 'numbers:read',
  'GET /api/assistants': 'assistants:read',
  'HEAD /api/assistants': 'assistants:read',
  'POST /api/assistants': 'assistants:write',
  'GET /api/assistants/:assistantId': 'assistants:read',
  'HEAD /api/assistants/:assistantId': 'assistants:read',
  'PATCH /api/assistants/:assistantId': 'assistants:write',
  'DELETE /api/assistants/:assistantId': 'assistants:write',
  'POST /api/assistants/:assistantId/telephony/assign-phone-numbers': 'assistants:write',
  'GET /api/assistants/:assistantId/telephony/phone-numbers': 'assistants:read',
  'HEAD /api/assistants/:assistantId/telephony/phone-numbers': 'assistants:read',
  'PATCH /api/assistants/:assistantId/telephony/phone-numbers': 'assistants:write',
  'GET /api/assistant-phone-numbers': 'assistants:read',
  'HEAD /api/assistant-phone-numbers': 'assistants:read',
  'GET /api/crm/campaigns': 'campaigns:read',
  'HEAD /api/crm/campaigns': 'campaigns:read',
  'POST /api/crm/campaigns': 'campaigns:write',
  'GET /api/crm/campaigns/:campaignId': 'campaigns:read',
  'HEAD /api/crm/campaigns/:campaignId': 'campaigns:read',
  'PATCH /api/crm/campaigns/:campaignId': 'campaigns:write',
  'DELETE /api/crm/campaigns/:campaignId': 'campaigns:write',
  'GET /api/test-api-key': null,
  'HEAD /api/test-api-key': null,
  'GET /api/plans': null,
  'HEAD /api/plans': null,
  'GET /api/teams': null,
  'HEAD /api/teams': null,
  'GET /api/teams/:teamId': 'team:read',
  'HEAD /api/teams/:teamId': 'team:read',
  'PATCH /api/teams/:teamId': 'team:write',
  'GET /api/teams/:teamId/members': 'team:read',
  'HEAD /api/teams/:teamId/members': 'team:read',
  'PATCH /api/teams/:teamId/members/:userId': 'team:write',
  'DELETE /api/teams/:teamId/members/:userId': 'team:write',
  'GET /api/teams/:teamId/invitations': 'team:write',
  'HEAD /api/teams/:teamId/invitations': 'team:write',
  'POST /api/teams/:teamId/invitations': 'team:write',
  'DELETE /api/teams/:teamId/invitations/:invitationId': 'team:write',
  'GET /api/api-keys': 'keys:read',
  'HEAD /api/api-keys': 'keys:read',
  'POST /api/api-keys': 'keys:write',
  'PATCH /api/api-keys/:keyId': 'keys:write',
  'DELETE /api/api-keys/:keyId': 'keys:write',
};

/** A request that names a team and is otherwise right. */
const FOR_TEAM: Record<string, (teamId: string) => { query?: string; body?: object }> = {
  'GET /api/phone-numbers': (teamId) => ({ query: `?teamId=${teamId}` }),
  'GET /api/phone-numbers/purchase': (teamId) => ({ query: `?teamId=${teamId}` }),
  'POST /api/phone-numbers/purchase': (teamId) => ({ body: { phoneNumber: '+14155550101', teamId } }),
  'POST /api/phone-numbers/purchase/bulk': (teamId) => ({ body: { phoneNumbers: ['+14155550101'], teamId } }),
  'POST /api/phone-numbers/eligibility': (teamId) => ({ body: { teamId } }),
  'GET /api/api-keys': (teamId) => ({ query: `?teamId=${teamId}` }),
  'POST /api/api-keys': (teamId) => ({ body: { teamId, mode: 'test', name: 'Key' } }),
  'GET /api/events': (teamId) => ({ query: `?teamId=${teamId}` }),
  'GET /api/webhook-endpoints': (teamId) => ({ query: `?teamId=${teamId}` }),
  'POST /api/webhook-endpoints': (teamId) => ({ body: { url: 'https://example.com/', teamId } }),
  'GET /api/reports/idle-numbers': (teamId) => ({ query: `?teamId=${teamId}` }),
  'GET /api/reports/overview': (teamId) => ({ query: `?teamId=${teamId}` }),
  'GET /api/assistants': (teamId) => ({ query: `?teamId=${teamId}` }),
  'POST /api/assistants': (teamId) => ({ body: { teamId, name: 'Agent' } }),
  'GET /api/assistant-phone-numbers': (teamId) => ({ query: `?teamId=${teamId}` }),
  'GET /api/crm/campaigns': (teamId) => ({ query: `?teamId=${teamId}` }),
  'POST /api/crm/campaigns': (teamId) => ({ body: { teamId, name: 'Campaign' } }),
};

/** They change something, and their address says what: they take no body. */
const WITHOUT_BODY = [
  'DELETE /api/phone-numbers/:id',
  'POST /api/phone-numbers/:id/restore',
  'DELETE /api/webhook-endpoints/:endpointId',
  'POST /api/webhook-endpoints/:endpointId/test',
  'POST /api/webhook-endpoints/:endpointId/deliveries/:deliveryId/redeliver',
  'DELETE /api/assistants/:assistantId',
  'DELETE /api/crm/campaigns/:campaignId',
  'DELETE /api/operator/teams/:id/api-keys/:keyId',
  'POST /api/auth/sign-out',
  'POST /api/teams/:teamId/leave',
  'DELETE /api/teams/:teamId/members/:userId',
  'DELETE /api/teams/:teamId/invitations/:invitationId',
  'DELETE /api/api-keys/:keyId',
];

/** An empty object is a whole request here. */
const ALL_OPTIONAL = [
  'POST /api/webhook-endpoints/:endpointId/rotate-secret',
  'POST /api/operator/reconciliation',
];

/** What is right to send to addresses with an id in them, where they want a body. */
const WITH_ID: Record<string, object> = {
  'PATCH /api/phone-numbers/:id': { label: 'Reception' },
  'PATCH /api/webhook-endpoints/:endpointId': { description: 'Staging' },
  'POST /api/webhook-endpoints/:endpointId/rotate-secret': { overlapHours: 1 },
  'POST /api/phone-numbers/:id/health': { signal: 'answered' },
  'PATCH /api/assistants/:assistantId': { name: 'Agent' },
  'POST /api/assistants/:assistantId/telephony/assign-phone-numbers': { phoneNumberIds: ['unknown_id'] },
  'PATCH /api/assistants/:assistantId/telephony/phone-numbers': { phoneNumberIds: [] },
  'PATCH /api/crm/campaigns/:campaignId': { name: 'Campaign' },
  'PUT /api/operator/teams/:id/plan': { plan: 'growth' },
  'POST /api/operator/teams/:id/api-keys': { mode: 'test', name: 'Key' },
  'PATCH /api/teams/:teamId': { name: 'Renamed' },
  'PATCH /api/teams/:teamId/members/:userId': { role: 'admin' },
  'POST /api/teams/:teamId/invitations': { email: 'somebody@example.com', role: 'member' },
  'PATCH /api/api-keys/:keyId': { name: 'Renamed' },
};

const open = routes.filter(({ url }) => PUBLIC.includes(url));
const signed = routes.filter((route) => SIGNED.includes(nameOf(route)));
const forStrangers = routes.filter((route) => nameOf(route) in OPEN_TO_STRANGERS);
const closed = routes.filter((route) => ![...open, ...signed, ...forStrangers].includes(route));
const operatorRoutes = closed.filter(({ url }) => url.startsWith('/api/operator/'));
const personRoutes = closed.filter((route) => FOR_PEOPLE.includes(nameOf(route)));
const keyRoutes = closed.filter((route) => ![...operatorRoutes, ...personRoutes].includes(route));
const scopedRoutes = keyRoutes.filter((route) => SCOPES[nameOf(route)]);
const adminRoutes = scopedRoutes.filter((route) => ROLE_FOR_SCOPE[scopeOf(route)] === 'admin');

const operations = [...closed, ...forStrangers]
  .filter(({ method }) => method !== 'HEAD')
  .map((route) => ({ route, name: nameOf(route), operation: operationOf(route) }));
const withBody = operations.filter(({ operation }) => operation?.requestBody);
const withoutBody = operations.filter(
  ({ route, operation }) => route.method !== 'GET' && !operation?.requestBody,
);
const withId = operations.filter(({ route }) => route.url.includes(':'));
const withQuery = operations.filter(({ operation }) => parametersIn(operation, 'query').length > 0);
const withTeam = operations.filter(
  ({ operation }) =>
    parametersIn(operation, 'query').includes('teamId') || bodySchema(operation)?.properties?.teamId,
);

/** They have a team in their address. */
const ofTeam = operations.filter(({ route }) => route.url.includes(':teamId'));

const named = (list: Route[]) => list.map((route) => ({ route, name: nameOf(route) }));

function scopeOf(route: Route): Scope {
  const scope = SCOPES[nameOf(route)];
  if (!scope) throw new Error(`${nameOf(route)} wants no scope`);
  return scope;
}

const namesATeam = ({ url }: Route) => url.includes(':teamId');

/** The address has a team in it and no other record. */
const namesOnlyTeam = ({ url }: Route) => /^[^:]*:teamId[^:]*$/.test(url);

/** An id for the record that the address is about: the team, where it is about nothing else. */
const about = (route: Route, id: string): Request => (namesOnlyTeam(route) ? { team: id } : { id });

interface Operation {
  requestBody?: { content: Record<string, { schema: BodySchema }> };
  parameters?: { in: string; name: string }[];
}

interface BodySchema {
  properties?: Record<string, { type?: string | string[]; minItems?: number; required?: string[] }>;
  required?: string[];
  minProperties?: number;
}

function operationOf({ method, url }: Route): Operation | undefined {
  return openapi.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
}

function parametersIn(operation: Operation | undefined, where: string): string[] {
  return (operation?.parameters ?? []).filter((each) => each.in === where).map(({ name }) => name);
}

function bodySchema(operation: Operation | undefined): BodySchema | undefined {
  return operation?.requestBody?.content['application/json']?.schema;
}

interface Request {
  headers?: Record<string, string>;
  payload?: string | object;
  query?: string;
  /** For every parameter of the path but the team. */
  id?: string;
  /** For the team in the path. */
  team?: string;
  /** Another service than the one that all else asks. */
  of?: Service;
}

/** One request as it is, the path's parameters filled in. */
async function send({ method, url }: Route, options: Request = {}): Promise<Answer> {
  const { app } = options.of ?? service;
  const response = await app.server.inject({
    method,
    url:
      url.replace(':teamId', options.team ?? team.teamId).replace(/:\w+/g, options.id ?? 'unknown_id') +
      (options.query ?? ''),
    ...(options.headers && { headers: options.headers }),
    ...(options.payload !== undefined && { payload: options.payload }),
  });
  const body = response.body === '' ? null : response.json();
  return { status: response.statusCode, headers: response.headers, body };
}

const JSON_TYPE = 'application/json';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const swapMode = (token: string) =>
  token.replace(/^tk_(live|test)_/, (_all, mode) => `tk_${mode === 'live' ? 'test' : 'live'}_`);

const team = await newTeam(service);
const testKey = await newKey(service, team.teamId, { mode: 'test' });
const otherTeam = await newTeam(service);
const bought = await buy(service, team, '+14155550160');
const revoked = await newKey(service, team.teamId);
await revokeApiKey(service.app.context, team.teamId, revoked.keyId);
const expired = await newKey(service, team.teamId, {
  expiresAt: new Date(service.clock.now().getTime() + 60_000),
});

/** Signed in, in all that people can be in a team, and in none. */
const [owner, admin, member, otherOwner, nobody] = [
  await signedIn(team.teamId, 'owner'),
  await signedIn(team.teamId, 'admin'),
  await signedIn(team.teamId, 'member'),
  await signedIn(otherTeam.teamId, 'owner'),
  await signedIn(),
];
const keyOfMember = await newKey(service, team.teamId, { createdByEmail: member.email });

async function signedIn(teamId?: string, role?: Role) {
  const { cookie, ...person } = await signUp(service);
  if (teamId !== undefined) await join(service, person, teamId, role);
  return { email: person.email, headers: { cookie } };
}

/** Authorises for the route, whoever it wants. */
const allowed = (route: Route): Record<string, string> => {
  if (personRoutes.includes(route)) return owner.headers;
  if (operatorRoutes.includes(route)) return bearer(OPERATOR_TOKEN);
  return forStrangers.includes(route) ? {} : bearer(team.token);
};

/** How many rows there are of everything, jobs and the carrier's ledger included. */
async function footprint(): Promise<Record<string, number>> {
  const { db } = service.app.context;
  const tables = Object.entries(schema).filter(([, table]) => is(table, PgTable));
  const counted = tables.map(async ([name, table]) => [name, await db.$count(table as PgTable)]);
  const jobs = (await db.execute(sql`select count(*)::int as count from pgboss.job`)) as unknown as {
    rows: [{ count: number }];
  };
  const ledger = await service.sim.ledger();
  return {
    ...Object.fromEntries(await Promise.all(counted)),
    jobs: jobs.rows[0].count,
    ledger: ledger.data.length,
  };
}

let before: Record<string, number>;

beforeAll(async () => {
  // The key that works until here does not from here on.
  expect(
    (await send({ method: 'GET', url: '/api/test-api-key' }, { headers: bearer(expired.token) })).status,
  ).toBe(200);
  service.clock.advance(60_000);
  before = await footprint();
});
afterEach(async () => {
  // Whatever a test of this file asks is refused, or changes nothing.
  expect(await footprint()).toEqual(before);
});
afterAll(() => service.stop());

describe('the tables of this file', () => {
  it('know every route', () => {
    expect(routes.length).toBeGreaterThanOrEqual(28);
    expect([...new Set(open.map(({ url }) => url))].sort()).toEqual([...PUBLIC].sort());
    expect(open.every(({ method }) => ['GET', 'HEAD'].includes(method))).toBe(true);
    expect(signed.map(nameOf)).toEqual(SIGNED);
    expect(forStrangers.map(nameOf).sort()).toEqual(Object.keys(OPEN_TO_STRANGERS).sort());
    expect(personRoutes.map(nameOf).sort()).toEqual([...FOR_PEOPLE].sort());
    expect(keyRoutes.map(nameOf).sort()).toEqual(Object.keys(SCOPES).sort());
    expect(
      withBody
        .filter((each) => withId.includes(each))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(WITH_ID).sort());
    expect(withTeam.map(({ name }) => name).sort()).toEqual(Object.keys(FOR_TEAM).sort());
  });

  it('find every route in the API reference', () => {
    const missing = operations.filter(({ operation }) => !operation).map(({ name }) => name);
    expect(missing).toEqual([]);
    expect(signed.filter((route) => !operationOf(route))).toEqual([]);
    const described = Object.entries<object>(openapi.paths).flatMap(([url, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${url.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(routes.map(nameOf)).toEqual(expect.arrayContaining(described));
  });

  it('see a body or a change in every route that is no reading', () => {
    const changing = operations.filter(({ route }) => route.method !== 'GET');
    expect(withoutBody.map(({ name }) => name).sort()).toEqual([...WITHOUT_BODY].sort());
    expect(withBody.map(({ name }) => name)).toEqual(
      changing.filter(({ name }) => !WITHOUT_BODY.includes(name)).map(({ name }) => name),
    );
  });

  it('know which bodies may be empty', () => {
    const optional = withBody.filter(({ operation }) => {
      const { required = [], minProperties = 0 } = bodySchema(operation) ?? {};
      return required.length === 0 && minProperties === 0;
    });
    expect(optional.map(({ name }) => name)).toEqual(ALL_OPTIONAL);
  });
});

describe('public routes', () => {
  it.each(PUBLIC)('%s answers without a token', async (url) => {
    const response = await service.app.server.inject(url.replace('*', 'api'));
    expect(response.statusCode).toBeLessThan(400);
  });
});

describe.each(named(forStrangers))('$name', ({ route, name }) => {
  const { query, body, status } = OPEN_TO_STRANGERS[name] ?? {};
  const right = { ...(query && { query }), ...(body && { payload: body }) };

  it('answers strangers, and whoever brings a token the same', async () => {
    for (const headers of [{}, bearer('nonsense'), bearer(revoked.token), bearer(team.token)]) {
      const answer = await send(route, { ...right, headers });
      expect(answer.status).toBe(status);
      expect(answer.body.success).toBe(answer.status < 400);
    }
    before = await footprint();
  });

  it('answers no page of another site', async () => {
    const headers = { origin: 'https://evil.example' };
    const answer = await send(route, { ...right, headers });
    if (route.method === 'GET') expect(answer.status).toBe(status);
    else expectRefusal(answer, 403, 'forbidden_origin');
  });
});

describe.each(named(personRoutes))('$name', ({ route }) => {
  it('is closed to keys, whatever they are allowed', async () => {
    const answer = await send(route, { headers: bearer(team.token) });
    expect(answer.status).toBe(403);
    if (route.method !== 'HEAD') expectRefusal(answer, 403, 'forbidden');
  });

  it('is open to people, whatever they are in their teams', async () => {
    for (const { headers } of [owner, admin, member, otherOwner, nobody]) {
      const answer = await send(route, { headers, ...about(route, 'unknown_id') });
      if (namesOnlyTeam(route)) expectRefusal(answer, 403, 'forbidden');
      else expect([401, 403]).not.toContain(answer.status);
    }
  });

  it('is closed to pages of other sites', async () => {
    if (['GET', 'HEAD'].includes(route.method)) return;
    const headers = { ...allowed(route), origin: 'https://evil.example' };
    expectRefusal(await send(route, { headers }), 403, 'forbidden_origin');
  });
});

describe.each(named(signed))('$name', ({ route }) => {
  // The service that all else asks has no key to check signatures with; this one has.
  let checking: Service;

  beforeAll(async () => {
    const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
    checking = await startService({
      database: service.database,
      sharedSimulator: service.simulator,
      clock: service.clock,
      environment: { TELNYX_PUBLIC_KEY: key.subarray(-32).toString('base64') },
    });
    before = await footprint();
  });
  afterAll(() => checking.stop());

  const tokens = () => [{}, ...[team.token, OPERATOR_TOKEN, revoked.token, 'nonsense'].map(bearer)];
  const bodies = [
    '',
    '{}',
    '{broken',
    '['.repeat(30_000),
    '{"__proto__":{"polluted":true}}',
    'x'.repeat(200_000),
  ];
  const types = [JSON_TYPE, 'text/plain', 'application/xml', 'multipart/form-data; boundary=x'];

  it('is off without a key, whoever asks and whatever is sent, and says how to turn it on', async () => {
    for (const headers of tokens()) {
      for (const payload of bodies) {
        const answer = await send(route, { headers: { ...headers, 'content-type': JSON_TYPE }, payload });
        expectRefusal(answer, 503, 'webhooks_off');
        expect(answer.body.error).toContain('TELNYX_PUBLIC_KEY');
      }
    }
  });

  it.each(types)('is closed to %s that nobody has signed, and no token opens it', async (type) => {
    for (const headers of tokens()) {
      for (const payload of bodies) {
        const answer = await send(route, {
          headers: { ...headers, 'content-type': type },
          payload,
          query: '?surprise=1',
          of: checking,
        });
        expectRefusal(answer, 400, 'invalid_signature');
        expect(answer.headers).not.toHaveProperty('www-authenticate');
      }
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is closed to signatures that are none', async () => {
    const nobody = await send(route, { payload: '{}', of: checking });
    for (const signature of ['', 'x', '=', '*'.repeat(88), Buffer.alloc(64).toString('base64')]) {
      for (const timestamp of ['', '0', '-1', 'NaN', String(Math.floor(Date.now() / 1000))]) {
        const headers = { 'telnyx-signature-ed25519': signature, 'telnyx-timestamp': timestamp };
        const answer = await send(route, { headers, payload: '{}', of: checking });
        expectRefusal(answer, 400, 'invalid_signature');
        expect(anonymous(answer)).toEqual(anonymous(nobody));
      }
    }
  });

  it('reads no more than 256 KiB', async () => {
    for (const of of [service, checking]) {
      const answer = await send(route, { payload: 'x'.repeat(256 * 1024 + 1), of });
      expectInvalid(answer, 'body', /256 KiB/);
    }
  });
});

describe.each(named(closed))('$name', ({ route, name }) => {
  const forOperator = operatorRoutes.includes(route);

  it('is closed without a token', async () => {
    const answer = await send(route);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    if (route.method !== 'HEAD') expectRefusal(answer, 401, 'unauthorized');
  });

  it('is closed with any token that does not work, and says nothing about it', async () => {
    const nobody = await send(route);
    const right = forOperator ? OPERATOR_TOKEN : team.token;
    const headers: Record<string, string> = {
      'no scheme': right,
      'another scheme': `Basic ${right}`,
      'no token': 'Bearer ',
      'two tokens': `Bearer ${right} ${right}`,
      'two spaces': `Bearer  ${right}`,
      'a space behind': `Bearer ${right} `,
      'a comma behind': `Bearer ${right},`,
      quoted: `Bearer "${right}"`,
      'a character less': `Bearer ${right.slice(0, -1)}`,
      'a character more': `Bearer ${right}a`,
      'upper case': `Bearer ${right.toUpperCase()}`,
      nonsense: 'Bearer x',
      injection: "Bearer ' or 1=1 --",
      long: `Bearer ${'a'.repeat(8_000)}`,
      unknown: `Bearer tk_live_${'A'.repeat(32)}`,
      'the other mode': `Bearer ${swapMode(team.token)}`,
      'the other mode, of a test key': `Bearer ${swapMode(testKey.token)}`,
      revoked: `Bearer ${revoked.token}`,
      expired: `Bearer ${expired.token}`,
      'the wrong kind': `Bearer ${forOperator ? team.token : OPERATOR_TOKEN}`,
      'a key id': `Bearer ${team.keyId}`,
    };
    for (const [what, authorization] of Object.entries(headers)) {
      const answer = await send(route, { headers: { authorization } });
      expect(answer.status, what).toBe(401);
      if (route.method === 'HEAD') continue;
      expect(anonymous(answer), what).toEqual(anonymous(nobody));
      expect(JSON.stringify(answer), what).not.toContain(right);
    }
  });

  it('looks at the token before it reads anything else', async () => {
    const answer = await send(route, {
      headers: { 'content-type': 'application/json' },
      ...(route.method !== 'GET' && route.method !== 'HEAD' && { payload: '{broken' }),
      query: '?surprise=1',
    });
    expect(answer.status, name).toBe(401);
  });
});

describe.each(named(keyRoutes))('$name', ({ route, name }) => {
  const scope = SCOPES[name];

  it('takes the scheme in any case', async () => {
    const answer = await send(route, { headers: { authorization: `bEARER ${team.token}` } });
    expect([401, 403]).not.toContain(answer.status);
  });

  it('is open to keys with the scope, its area or everything', async () => {
    const area = (scope ?? 'numbers:').replace(/:.*/, ':*') as GrantedScope;
    for (const granted of [scope ?? 'numbers:read', area, '*'] as const) {
      const key = await newKey(service, team.teamId, { scopes: [granted] });
      before = await footprint();
      const answer = await send(route, { headers: bearer(key.token) });
      expect([401, 403], granted).not.toContain(answer.status);
    }
  });
});

describe.each(named(scopedRoutes))('$name', ({ route, name }) => {
  it('is closed to keys without its scope', async () => {
    const needed = SCOPES[name];
    const key = await newKey(service, team.teamId, {
      scopes: SCOPE_NAMES.filter((scope) => scope !== needed),
    });
    before = await footprint();
    const answer = await send(route, { headers: bearer(key.token) });
    expect(answer.status).toBe(403);
    if (route.method === 'HEAD') return;
    expectRefusal(answer, 403, 'forbidden');
    expect(answer.body.error).toContain(needed);
  });
});

describe.each(named(scopedRoutes))('$name', ({ route, name }) => {
  it('is closed to people who are in no team, or not in the one in its address', async () => {
    const outside = namesATeam(route) ? [nobody, otherOwner] : [nobody];
    for (const { headers } of outside) {
      const answer = await send(route, { headers });
      expect(answer.status).toBe(403);
      if (route.method !== 'HEAD') expectRefusal(answer, 403, 'forbidden');
    }
  });

  it('is closed to people who name a team that is not theirs', async () => {
    if (namesATeam(route)) return;
    const headers = { ...owner.headers, 'x-team-id': otherTeam.teamId };
    expect((await send(route, { headers })).status, name).toBe(403);
  });
});

describe.each(named(adminRoutes))('$name', ({ route }) => {
  const changes = !['GET', 'HEAD'].includes(route.method);

  it.each([
    ['members', () => member.headers],
    ['keys of members', () => bearer(keyOfMember.token)],
  ])('is closed to %s, and tells the team of a try to change something', async (_who, headers) => {
    const answer = await send(route, { headers: headers() });
    expect(answer.status).toBe(403);
    if (route.method !== 'HEAD') expectRefusal(answer, 403, 'forbidden');
    if (changes) {
      expect(answer.body.error).toMatch(/needs the role admin .* member\b/);
      before = { ...before, events: (before.events ?? 0) + 1 };
      const { db } = service.app.context;
      const [last] = await db.select().from(schema.events).orderBy(desc(schema.events.id)).limit(1);
      expect(last).toMatchObject({
        type: 'access.refused',
        teamId: team.teamId,
        data: { route: nameOf(route), needed_role: 'admin', role: 'member' },
      });
    }
  });

  it('is open to admins and owners', async () => {
    for (const { headers } of [admin, owner])
      expect([401, 403]).not.toContain((await send(route, { headers })).status);
  });
});

describe.each(named(scopedRoutes.filter((route) => LIVE_KEYS_ONLY.includes(scopeOf(route)))))(
  '$name',
  ({ route }) => {
    it('is closed to test keys, whatever they are allowed', async () => {
      const answer = await send(route, { headers: bearer(testKey.token) });
      expect(answer.status).toBe(403);
      if (route.method !== 'HEAD') expect(answer.body.error).toMatch(/^A test key cannot manage the team/);
    });
  },
);

describe.each(ofTeam)('$name', ({ route, name }) => {
  it('is closed to everybody of another team, whether the team in the address exists or not', async () => {
    const payload = WITH_ID[name];
    const requests = personRoutes.includes(route)
      ? [otherOwner.headers]
      : [otherOwner.headers, bearer(otherTeam.token)];
    for (const headers of requests) {
      const answers = [];
      for (const id of [
        team.teamId,
        'team_01jzzzzzzzzzzzzzzzzzzzzzzz',
        otherTeam.teamId.toUpperCase(),
        '%25',
      ]) {
        const answer = await send(route, { headers, team: id, ...(payload && { payload }) });
        expectRefusal(answer, 403, 'forbidden');
        answers.push(anonymous(answer));
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
  });
});

describe.each(withTeam)('$name', ({ route, name }) => {
  it("is closed to other teams' keys, whether the team exists or not", async () => {
    const answers = [];
    for (const teamId of [
      otherTeam.teamId,
      'team_01jzzzzzzzzzzzzzzzzzzzzzzz',
      team.teamId.toUpperCase(),
      '%',
    ]) {
      const { query, body } = FOR_TEAM[name]?.(teamId) ?? {};
      answers.push(
        await send(route, {
          headers: bearer(team.token),
          ...(query && { query: query.replace('=%', '=%25') }),
          ...(body && { payload: body }),
        }),
      );
    }
    for (const answer of answers) {
      expectRefusal(answer, 403, 'forbidden');
      expect(anonymous(answer)).toEqual(anonymous(answers[0] as Answer));
    }
  });
});

describe.each(withQuery)('$name', ({ route, name }) => {
  it.each(['surprise', 'TeamId', 'teamid', '__proto__', 'constructor', 'toString'])(
    'has no query field %s',
    async (field) => {
      // The body is right: it is looked at first.
      const { body } = FOR_TEAM[name]?.(team.teamId) ?? {};
      const answer = await send(route, {
        headers: allowed(route),
        query: `?${field}=1`,
        ...(body && { payload: body }),
      });
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe('invalid_request');
      expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(field);
    },
  );
});

describe.each(withId)('$name', ({ route, name }) => {
  it.each([
    'unknown_id',
    'pn_01jzzzzzzzzzzzzzzzzzzzzzzz',
    '%2B14155550199',
    'constructor',
    '..%2f..',
    '%25',
    "'--",
  ])('finds nothing under %s', async (id) => {
    const payload = WITH_ID[name];
    const answer = await send(route, {
      headers: allowed(route),
      ...about(route, id),
      ...(payload && { payload }),
    });
    // Which teams there are is nobody's business.
    if (namesOnlyTeam(route)) expectRefusal(answer, 403, 'forbidden');
    else expectRefusal(answer, 404, 'not_found');
  });
});

/** There are such records, and they are not for everybody who knows their id. */
const REAL_IDS: Record<string, () => string> = {
  '/api/phone-numbers/:id': () => bought.body.phoneNumber.id,
  '/api/api-keys/:keyId': () => team.keyId,
};

describe.each(
  withId.flatMap(({ route, name }) =>
    Object.entries(REAL_IDS)
      .filter(([url]) => route.url.startsWith(url))
      .map(([, id]) => ({ route, name, id })),
  ),
)('$name', ({ route, name, id }) => {
  const ask = (headers: Record<string, string>) =>
    send(route, { headers, id: id(), ...(WITH_ID[name] && { payload: WITH_ID[name] }) });

  it('finds nothing of another team', async () => {
    for (const headers of [
      bearer(otherTeam.token),
      otherOwner.headers,
      { ...otherOwner.headers, 'x-mode': 'live' },
    ])
      expectRefusal(await ask(headers), 404, 'not_found');
  });

  it('opens nothing of live mode to a test key', async () => {
    if (route.url.startsWith('/api/phone-numbers/'))
      expectRefusal(await ask(bearer(testKey.token)), 404, 'not_found');
    else expectRefusal(await ask(bearer(testKey.token)), 403, 'forbidden');
  });
});

/** What is sent, as which type, and where it is wrong. */
const BAD_BODIES: [what: string, payload: string, type: string, path: string][] = [
  ['broken JSON', '{"name":', JSON_TYPE, 'body'],
  ['something behind the JSON', '{} {}', JSON_TYPE, 'body'],
  ['an empty body', '', JSON_TYPE, 'body'],
  ['an array', '[{}]', JSON_TYPE, 'body'],
  ['null', 'null', JSON_TYPE, 'body'],
  ['a text', '"name"', JSON_TYPE, 'body'],
  ['a number', '42', JSON_TYPE, 'body'],
  ['30,000 nested arrays', '['.repeat(30_000), JSON_TYPE, 'body'],
  ['more than 64 KiB', JSON.stringify({ name: 'x'.repeat(65_536) }), JSON_TYPE, 'body'],
  ['a form', 'name=x', 'application/x-www-form-urlencoded', 'content-type'],
  ['plain text', '{}', 'text/plain', 'content-type'],
  ['XML', '<name/>', 'application/xml', 'content-type'],
  ['a multipart form', '--x--', 'multipart/form-data; boundary=x', 'content-type'],
  ['no proper content type', '{}', 'json', 'content-type'],
  ['a __proto__', '{"__proto__":{"polluted":true}}', JSON_TYPE, 'body'],
  ['a constructor.prototype', '{"constructor":{"prototype":{"polluted":true}}}', JSON_TYPE, 'body'],
];

/** JSON or nothing at all: no reason to refuse where no body is looked at. */
const NO_BODY_IGNORES = ['an empty body', 'an array', 'null', 'a text', 'a number'];

describe.each(withBody)('$name', ({ route, operation }) => {
  it.each(BAD_BODIES)('refuses %s', async (_what, payload, type, path) => {
    const answer = await send(route, {
      headers: { ...allowed(route), 'content-type': type },
      payload,
    });
    expectInvalid(answer, path);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses a request without any body', async () => {
    expectInvalid(await send(route, { headers: allowed(route) }), 'body');
  });

  it('has read a body of exactly 64 KiB', async () => {
    const answer = await send(route, {
      headers: { ...allowed(route), 'content-type': JSON_TYPE },
      payload: '{"surprise":1}'.padEnd(65_536),
    });
    expect(answer.body.issues).toContainEqual({
      path: 'surprise',
      message: expect.stringMatching(/^is not a field/),
    });
  });

  it('has no field surprise', async () => {
    for (const field of ['surprise', 'toString', 'hasOwnProperty']) {
      const answer = await send(route, { headers: allowed(route), payload: { [field]: 1 } });
      const { issues, ...rest } = answer.body;
      expectRefusal({ ...answer, body: rest }, 400, 'invalid_request');
      expect(issues).toContainEqual({
        path: field,
        message: 'is not a field of this request; take it out or check its spelling',
      });
    }
  });

  it('says of each field that has the wrong type what it wants', async () => {
    const fields = Object.entries(bodySchema(operation)?.properties ?? {});
    expect(fields.length).toBeGreaterThan(0);
    for (const [field, { type = [], minItems = 0, required }] of fields) {
      const right = [type].flat();
      const values = [
        ...(right.includes('null') ? [] : [null]),
        ...(right.includes('boolean') ? ['true', 'yes', 1] : [true]),
        ...[-1, [[]]],
        // An empty list, or an empty object, may be a right one.
        ...(right.includes('array') && minItems === 0 ? [] : [[]]),
        ...(right.includes('object') && !required ? [] : [{}]),
      ];
      for (const value of values) {
        const answer = await send(route, { headers: allowed(route), payload: { [field]: value } });
        expect(answer.status).toBe(400);
        const issue = answer.body.issues.find(({ path }: { path: string }) => path.split('.')[0] === field);
        // "must be …" with a description of ours, never the words of the schema.
        expect(issue?.message, field).toMatch(
          /^(must be|is required: ) ?(a|an|the|one|three|live|local|true or false|USD)\b/,
        );
      }
    }
  });
});

describe.each(withBody.filter(({ name }) => !ALL_OPTIONAL.includes(name)))(
  '$name',
  ({ route, operation }) => {
    it('says of an empty object what it lacks', async () => {
      const { required = [] } = bodySchema(operation) ?? {};
      const answer = await send(route, { headers: allowed(route), payload: {} });
      const { issues, ...rest } = answer.body;
      expectRefusal({ ...answer, body: rest }, 400, 'invalid_request');
      if (required.length === 0) {
        expect(issues).toEqual([
          { path: 'body', message: expect.stringMatching(/^must be a JSON object with /) },
        ]);
      } else {
        expect(issues).toEqual(
          required.map((path) => ({ path, message: expect.stringMatching(/^is required: \S/) })),
        );
      }
    });
  },
);

describe.each(withoutBody)('$name', ({ route }) => {
  it.each(BAD_BODIES.filter(([what]) => !NO_BODY_IGNORES.includes(what)))(
    'refuses %s',
    async (_what, payload, type, path) => {
      const answer = await send(route, { headers: { ...allowed(route), 'content-type': type }, payload });
      expectInvalid(answer, path);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );

  it('goes by its address, whatever JSON comes along', async () => {
    const nowhere = about(route, 'unknown_id');
    const nothing = await send(route, { headers: allowed(route), ...nowhere });
    if (namesOnlyTeam(route)) expectRefusal(nothing, 403, 'forbidden');
    else if (route.url.includes(':')) expectRefusal(nothing, 404, 'not_found');
    for (const payload of ['{}', 'null', '[{}]', '"name"', '42', '{"surprise":1}', '{"id":"pn_other"}']) {
      const headers = { ...allowed(route), 'content-type': JSON_TYPE };
      expect(anonymous(await send(route, { headers, payload, ...nowhere }))).toEqual(anonymous(nothing));
    }
  });
});

describe('the id in an address', () => {
  const keyRoutesWithId = withId.filter(({ route }) =>
    /^\/api\/(phone-numbers|assistants|crm\/campaigns)\/:/.test(route.url),
  );
  const wanted: Record<string, RegExp> = {
    id: /^must be a number's id, like pn_01j…, or /,
    assistantId: /^must be an assistant's id, like asst_01j…/,
    campaignId: /^must be a campaign's id, like camp_01j…/,
  };
  const ids = [
    ['', 'is empty'],
    ['%00', 'is U+0000'],
    ['x'.repeat(65), 'has 65 characters'],
  ] as const;

  it.each(keyRoutesWithId.flatMap(({ name, route }) => ids.map(([id, what]) => ({ name, what, route, id }))))(
    'of $name is refused where it $what',
    async ({ name, route, id }) => {
      const payload = WITH_ID[name];
      const answer = await send(route, { headers: allowed(route), id, ...(payload && { payload }) });
      const parameter = /:(\w+)/.exec(route.url)?.[1] ?? '';
      expectInvalid(answer, parameter, id === '%00' ? /U\+0000/ : (wanted[parameter] ?? /never/));
    },
  );
});

describe('addresses that are none', () => {
  it.each([
    ['GET', '/nope?token=secret'],
    ['GET', '/'],
    ['GET', '/api'],
    ['PUT', '/api/operator/teams'],
    ['DELETE', '/api/teams/unknown_id'],
    ['GET', '/api/teams/unknown_id/leave'],
    ['GET', '/api/invitations/accept'],
    ['GET', '/api/api-keys/unknown_id'],
    ['DELETE', '/healthz'],
    ['PUT', '/api/phone-numbers/purchase'],
    ['GET', '/API/test-api-key'],
    ['GET', '/api/test-api-key/'],
    ['GET', '//api/test-api-key'],
    ['OPTIONS', '/api/phone-numbers/search'],
    ['POST', '/api/auth/sign-in/email'],
    ['GET', '/api/auth/get-session'],
    ['GET', '/api/auth/ok'],
    ['PUT', '/api/phone-numbers'],
    ['PUT', '/api/phone-numbers/unknown_id'],
    ['POST', '/api/phone-numbers/unknown_id'],
    ['POST', '/api/phone-numbers/unknown_id/release'],
    ['GET', '/api/phone-numbers/unknown_id/restore'],
    ['PUT', '/api/phone-numbers/telnyx-webhook'],
    ['POST', '/api/phone-numbers/telnyx-webhook/'],
    ['POST', '/api/operator/attention'],
    ['DELETE', '/api/operator/reconciliation'],
  ] as const)('%s %s is 404, for everybody', async (method, url) => {
    for (const headers of [{}, bearer(team.token), bearer('nonsense')]) {
      const response = await service.app.server.inject({ method, url, headers });
      const answer = { status: response.statusCode, headers: response.headers, body: response.json() };
      expectRefusal(answer, 404, 'not_found');
      expect(answer.body.error).toBe(
        `There is no ${method} ${url.split('?')[0]}. The API is described at /docs.`,
      );
    }
  });

  it.each(['/%E0%A4%A', '/api/operator/teams/%zz/plan', `/api/operator/teams/${'t'.repeat(501)}/plan`])(
    'PUT %s is refused in the form of the contract',
    async (url) => {
      const headers = bearer(OPERATOR_TOKEN);
      const response = await service.app.server.inject({ method: 'PUT', url, headers });
      const answer = { status: response.statusCode, headers: response.headers, body: response.json() };
      const { issues, ...rest } = answer.body;
      expectRefusal({ ...answer, body: rest }, 400, 'invalid_request');
      expect(issues).toHaveLength(1);
    },
  );
});
