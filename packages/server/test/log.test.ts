import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';
import { createTeam } from '../src/usecases/create-team.ts';
import { nameOf, type Route, routesOf } from './http/routes.ts';
import { DATABASE_KINDS } from './support/databases.ts';
import { cookieOf, lastMail, signUp, tokenIn } from './support/people.ts';
import { buy, call, newKey, newTeam, OPERATOR_TOKEN, type Service, startService } from './support/service.ts';

/** A log into memory. */
function memoryLog() {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

const carrierKeys = generateKeyPairSync('ed25519');

/** Words that stand in bodies, queries and headers and nowhere else. */
const WORDS = {
  mail: 'zaphod.beeblebrox@secret.example',
  name: 'Zaphod Beeblebrox',
  team: 'Heart of Gold Ltd',
  label: 'label-of-the-tour',
  place: 'Betelgeuse',
  query: 'query-of-the-tour',
  cookie: 'cookie-of-the-tour',
  idempotencyKey: 'idempotency-of-the-tour',
  carrierKey: 'KEY_of_the_tour',
};

/** Everything that a request can bring along, to any route. */
const LADEN_BODY = {
  email: WORDS.mail,
  name: WORDS.name,
  label: WORDS.label,
  password: WORDS.label,
  owner: { email: WORDS.mail, name: WORDS.name },
  filters: { countryCode: 'US', locality: WORDS.place },
};

function signed(body: string): { body: string; headers: Record<string, string> } {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign(null, Buffer.from(`${timestamp}|${body}`), carrierKeys.privateKey).toString(
    'base64',
  );
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'telnyx-timestamp': timestamp,
      'telnyx-signature-ed25519': signature,
    },
  };
}

/** Neither these, nor anything that looks like a key or an address. */
function expectNone(secrets: string[], lines: string[]): void {
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(4);
    const found = lines.filter((line) => line.includes(secret));
    expect(found, secret).toEqual([]);
  }
  expect(lines.join('')).not.toMatch(/tk_(live|test)_[0-9A-Za-z]{5,}|[\w.]+@[\w-]+\.(example|com)\b/);
}

const FIXED_SECRETS = [...Object.values(WORDS), OPERATOR_TOKEN, 'Bearer', 'x'.repeat(40)];

describe('the log at its most talkative', () => {
  it('says much, and nothing that is secret or somebody’s own', async () => {
    const { log, lines } = memoryLog();
    const service = await startService({
      kind: 'postgres',
      log,
      workers: true,
      environment: {
        TELNYX_API_KEY: WORDS.carrierKey,
        TELNYX_PUBLIC_KEY: carrierKeys.publicKey
          .export({ format: 'der', type: 'spki' })
          .subarray(-32)
          .toString('base64'),
      },
    });
    const { password } = new URL(service.database.environment.DATABASE_URL ?? '');
    const secrets = [...FIXED_SECRETS, `:${password}@`];
    try {
      const team = await newTeam(service, { plan: 'business' });
      const test = await newKey(service, team.teamId, { mode: 'test' });
      secrets.push(team.token.slice(12), test.token.slice(12));
      await everyRoute(service, [team.token, test.token, OPERATOR_TOKEN, 'x'.repeat(40)]);
      secrets.push(...(await work(service, team)));
      secrets.push(...(await person(service)));
      secrets.push(await webhook(service));
      await carrierFails(service, team);
      await databaseFails(service, team);
    } finally {
      await service.stop();
    }
    // The tour was worth something.
    const messages = lines.map((line) => JSON.parse(line).msg);
    for (const message of [
      'request',
      'a request failed in a way that nobody foresaw',
      'search failed at the carrier',
      'a webhook is not proven to be of the carrier',
    ])
      expect(messages).toContain(message);
    expectNone(secrets, lines);
  });
});

describe.each(DATABASE_KINDS)('the log of failed queries on %s', (kind) => {
  it('has what is needed to find the mistake, and no values', async () => {
    const { log, lines } = memoryLog();
    const service = await startService({ kind, log });
    try {
      const team = await newTeam(service);
      const owner = { email: WORDS.mail, name: WORDS.name };
      await createTeam(service.app.context, { name: WORDS.team, plan: 'growth', owner });
      await databaseFails(service, team);
    } finally {
      await service.stop();
    }
    const text = lines.join('');
    expect(text).toContain('"code":"23505"');
    expect(text).toContain('"constraint":"users_email_unique"');
    expect(text).toContain('relation \\"users\\" does not exist');
    expect(text).toContain('insert into \\"users\\"');
    expect(text).toContain('create-team.ts');
    expectNone(FIXED_SECRETS, lines);
  });
});

/** Each route with each token and with none, laden. */
async function everyRoute({ app }: Service, tokens: string[]): Promise<void> {
  for (const route of routesOf(app.server)) {
    for (const token of [undefined, ...tokens]) await laden(app, route, token);
  }
}

async function laden(app: Service['app'], route: Route, token: string | undefined): Promise<void> {
  const { statusCode } = await app.server.inject({
    method: route.method,
    url: `${route.url.replace(/:\w+/g, WORDS.label)}?${WORDS.query}=${WORDS.query}`,
    headers: {
      cookie: `session=${WORDS.cookie}`,
      'idempotency-key': WORDS.idempotencyKey,
      'x-team-id': WORDS.query,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(!['GET', 'HEAD'].includes(route.method) && { payload: LADEN_BODY }),
  });
  expect(statusCode, nameOf(route)).toBeGreaterThan(0);
}

/** What a team and its operator do all day. */
async function work(
  service: Service,
  team: { teamId: string; keyId: string; token: string },
): Promise<string[]> {
  const operator = { token: OPERATOR_TOKEN };
  const { token } = team;
  const made = await call(service, 'POST', '/api/operator/teams', {
    ...operator,
    body: { name: WORDS.team, plan: 'growth', owner: { email: WORDS.mail, name: WORDS.name } },
  });
  expect(made.status).toBe(201);
  const keys = `/api/operator/teams/${made.body.team.id}/api-keys`;
  const key = await call(service, 'POST', keys, {
    ...operator,
    body: { mode: 'live', name: WORDS.name, createdByEmail: WORDS.mail },
  });
  expect(key.status).toBe(201);
  const filters = { countryCode: 'US', locality: WORDS.place };
  await call(service, 'POST', '/api/phone-numbers/search', { token, body: { filters } });
  const more = { headers: { 'idempotency-key': WORDS.idempotencyKey } };
  const bought = await buy(service, team, '+14155550101', more);
  expect(bought.status).toBe(200);
  await buy(service, team, '+14155550101');
  const number = `/api/phone-numbers/${bought.body.phoneNumber.id}`;
  await call(service, 'PATCH', number, { token, body: { label: WORDS.label } });
  await call(service, 'DELETE', number, { token });
  await call(service, 'POST', `${number}/restore`, { token });
  await call(service, 'POST', '/api/operator/reconciliation', { ...operator, body: { apply: true } });
  await call(service, 'DELETE', `${keys}/${key.body.apiKey.id}`, operator);
  return [key.body.apiKey.fullKey.slice(12)];
}

/** Somebody signs up, in, with a wrong password too, and asks for a new one. Returns what is theirs alone. */
async function person(service: Service): Promise<string[]> {
  const account = { email: `new.${WORDS.mail}`, name: WORDS.name, password: 'password-of-the-tour' };
  const { cookie, email, password } = await signUp(service, account);
  const post = (path: string, body: object) => call(service, 'POST', `/api/auth/${path}`, { body });
  const signedIn = await post('sign-in', { email, password });
  expect(signedIn.status).toBe(200);
  expect((await post('sign-in', { email, password: 'wrong-word-of-the-tour' })).status).toBe(401);
  await post('forgot-password', { email });
  const token = tokenIn(await lastMail(service, email));
  expect((await post('reset-password', { token, newPassword: `new-${password}` })).status).toBe(200);
  const cookies = [cookie, cookieOf(signedIn)].map((each) => each.split('=')[1] ?? '');
  return [password, 'wrong-word-of-the-tour', token, ...cookies];
}

/** @returns the signature */
async function webhook(service: Service): Promise<string> {
  const payload = {
    id: randomUUID(),
    record_type: 'number_order',
    status: 'success',
    customer_reference: 'no_order_of_ours',
    phone_numbers: [],
  };
  const data = { event_type: 'number_order.complete', id: randomUUID(), record_type: 'event', payload };
  const { body, headers } = signed(JSON.stringify({ data, note: WORDS.name }));
  const url = '/api/phone-numbers/telnyx-webhook';
  const taken = await service.app.server.inject({ method: 'POST', url, headers, payload: body });
  expect(taken.statusCode).toBe(200);
  const changed = await service.app.server.inject({ method: 'POST', url, headers, payload: `${body} ` });
  expect(changed.statusCode).toBe(400);
  return headers['telnyx-signature-ed25519'] ?? '';
}

async function carrierFails(service: Service, team: { teamId: string; token: string; keyId: string }) {
  const { faults } = service.sim;
  const { token } = team;
  for (const kind of ['error_before', 'rate_limit'] as const) {
    faults.add({ kind, on: 'search', times: null });
    const filters = { countryCode: 'US', locality: `${WORDS.place} ${kind}` };
    await call(service, 'POST', '/api/phone-numbers/search', { token, body: { filters } });
    faults.clear();
  }
  for (const [index, kind] of (['error_before', 'order_fails', 'rate_limit'] as const).entries()) {
    faults.add({ kind, on: 'create_order' });
    await buy(service, team, `+1415555012${index}`, { body: { connectionId: WORDS.label } });
    faults.clear();
  }
}

/** Failures whose words come from the database: a value twice, a value of the wrong form, a table that is gone. */
async function databaseFails(service: Service, team: { teamId: string; token: string; keyId: string }) {
  const { db, log } = service.app.context;
  const broken = [
    sql`insert into users (id, email, name, created_at, updated_at) select 'user_other', email, name, created_at, updated_at from users where email = ${WORDS.mail}`,
    sql`select ${WORDS.mail}::int`,
    sql`select ${WORDS.name}::timestamptz`,
  ];
  for (const query of broken) {
    const error = await db.execute(query).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    log.error({ err: error }, 'a query of the tour failed');
    log.error({ err: new Error('outer', { cause: error }) }, 'a query of the tour failed');
    log.error({ err: new AggregateError([error], 'several') }, 'a query of the tour failed');
  }
  await db.execute(sql`alter table users rename to elsewhere`);
  const made = await call(service, 'POST', '/api/operator/teams', {
    token: OPERATOR_TOKEN,
    body: { name: WORDS.team, plan: 'growth', owner: { email: WORDS.mail, name: WORDS.name } },
  });
  expect(made.status).toBe(500);
  await db.execute(sql`alter table phone_numbers rename to elsewhere_too`);
  expect((await buy(service, team, '+14155550103', { body: { connectionId: WORDS.label } })).status).toBe(
    500,
  );
}
