import { type CarrierSim, type CarrierSimOptions, createCarrierSim } from '@talkturo/carrier-sim';
import { type Logger, pino } from 'pino';
import { type App, createApp, type Replacements } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Mode } from '../../src/domain/mode.ts';
import type { PlanId } from '../../src/domain/plans.ts';
import type { Mail } from '../../src/mail/mail.ts';
import type { Caller } from '../../src/usecases/context.ts';
import { createApiKey, type NewApiKey } from '../../src/usecases/create-api-key.ts';
import { createTeam } from '../../src/usecases/create-team.ts';
import { createDatabase, type DatabaseKind, type TestDatabase } from './databases.ts';
import { TestClock } from './test-clock.ts';

export const OPERATOR_TOKEN = 'operator-token-of-the-tests';

export interface ServiceOptions {
  kind?: DatabaseKind;
  /** A database to use instead of a fresh one: for several servers beside each other. */
  database?: TestDatabase;
  simulator?: CarrierSimOptions;
  /** A simulator to use instead of a fresh one. */
  sharedSimulator?: { sim: CarrierSim; baseUrl: string };
  environment?: Record<string, string>;
  clock?: TestClock;
  workers?: boolean;
  /** A log to look into. */
  log?: Logger;
  /** Who is signed in, in the place of real sessions. */
  findSession?: Replacements['findSession'];
  /** A built dashboard to serve. */
  dashboard?: string;
  /** What webhooks meet outside: names, and how long they wait. */
  outbound?: Replacements['outbound'];
}

/** A whole service with a carrier of its own behind live mode. The clock stands still; no jobs run unless asked. */
export interface Service {
  app: App;
  clock: TestClock;
  sim: CarrierSim;
  simulator: { sim: CarrierSim; baseUrl: string };
  database: TestDatabase;
  /** What was sent by mail. */
  mails: Mail[];
  stop(): Promise<void>;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const clock = options.clock ?? new TestClock();
  const database = options.database ?? (await createDatabase(options.kind ?? 'embedded'));
  const simulator = options.sharedSimulator ?? (await startSimulator(clock, options.simulator));
  const config = readConfig({
    ...database.environment,
    TELNYX_API_KEY: 'KEY_test',
    TELNYX_BASE_URL: simulator.baseUrl,
    OPERATOR_TOKEN,
    LOG_LEVEL: 'silent',
    // Suites ask more than any client would; those about limits set their own.
    RATE_LIMIT_PER_HOUR: '0',
    RATE_LIMIT_PER_ADDRESS: '0',
    ...options.environment,
  });
  const mails: Mail[] = [];
  const app = await createApp(config, options.log ?? pino({ level: config.logLevel }), {
    clock,
    // The embedded database and other suites hold up turns for longer than a server should take.
    maxEventLoopDelayMs: 0,
    workers: options.workers ?? false,
    sendMail: async (mail) => {
      mails.push(mail);
    },
    ...(options.dashboard !== undefined && { dashboard: options.dashboard }),
    ...(options.findSession && { findSession: options.findSession }),
    ...(options.outbound && { outbound: options.outbound }),
  });
  const stop = async () => {
    await app.stop();
    if (!options.sharedSimulator) await simulator.sim.close();
    if (!options.database) await database.remove();
  };
  return { app, clock, sim: simulator.sim, simulator, database, mails, stop };
}

async function startSimulator(clock: TestClock, options: CarrierSimOptions | undefined) {
  const sim = createCarrierSim({ now: () => clock.now(), ...options });
  return { sim, baseUrl: await sim.listen() };
}

export interface TeamWithKey {
  teamId: string;
  keyId: string;
  token: string;
}

let teamNumber = 0;

/** A team of its own, its owner, and a key. */
export async function newTeam(
  { app }: Service,
  options: { plan?: PlanId; maxNumbers?: number; mode?: Mode; key?: Partial<NewApiKey> } = {},
): Promise<TeamWithKey> {
  teamNumber += 1;
  const team = await createTeam(app.context, {
    name: `Team ${teamNumber}`,
    plan: options.plan ?? 'growth',
    ...(options.maxNumbers !== undefined && { maxNumbers: options.maxNumbers }),
    owner: { email: `owner${teamNumber}@example.com`, name: `Owner ${teamNumber}` },
  });
  return {
    teamId: team.id,
    ...(await newKey({ app }, team.id, { mode: options.mode ?? 'live', ...options.key })),
  };
}

export async function newKey(
  { app }: Pick<Service, 'app'>,
  teamId: string,
  key: Partial<NewApiKey> = {},
): Promise<{ keyId: string; token: string }> {
  const created = await createApiKey(app.context, teamId, { mode: 'live', name: 'Test key', ...key });
  return { keyId: created.key.id, token: created.token };
}

/** A key as use cases see it that allows everything. */
export function asCaller({ teamId, keyId }: TeamWithKey, mode: Mode = 'live'): Caller {
  return {
    teamId,
    mode,
    userId: null,
    role: 'owner',
    scopes: ['*'],
    actor: { type: 'key', id: keyId },
    rateLimitPerHour: null,
    number: null,
  };
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** One request to the service. */
export async function call(
  { app }: Pick<Service, 'app'>,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const headers = {
    ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
    ...options.headers,
  };
  const response = await app.server.inject({
    method,
    url,
    headers,
    ...(options.body !== undefined && { payload: options.body as object }),
  });
  const isJson = String(response.headers['content-type']).includes('json');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson ? response.json() : response.body,
  };
}

/** Asks to buy a number for the key's team. */
export function buy(
  service: Pick<Service, 'app'>,
  { teamId, token }: TeamWithKey,
  phoneNumber: string,
  more: { body?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const body = { phoneNumber, teamId, ...more.body };
  return call(service, 'POST', '/api/phone-numbers/purchase', {
    token,
    body,
    ...(more.headers && { headers: more.headers }),
  });
}

/** The list of the key's team. */
export function list(
  service: Pick<Service, 'app'>,
  { teamId, token }: TeamWithKey,
  query = '',
): Promise<Answer> {
  return call(service, 'GET', `/api/phone-numbers/purchase?teamId=${teamId}${query}`, { token });
}
