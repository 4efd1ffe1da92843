import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { typeid } from 'typeid-js';
import type { Carrier } from './carriers/carrier.ts';
import { startSimulatedCarrier } from './carriers/simulated-carrier.ts';
import { telnyxCarrier } from './carriers/telnyx/telnyx-carrier.ts';
import { telnyxWebhook } from './carriers/telnyx/webhook.ts';
import type { Config } from './config.ts';
import { type Database, openPostgres } from './db/database.ts';
import { findOrInsertSecret } from './db/server-secrets.ts';
import { type DemoDoor, demoDoor } from './demo-door.ts';
import type { Clock } from './domain/clock.ts';
import type { NewId } from './domain/ids.ts';
import { Refusal } from './domain/refusal.ts';
import { MOST_EVENT_LOOP_DELAY_MS } from './http/load.ts';
import { createServer, type App as Server } from './http/server.ts';
import { type Queue, startQueue } from './jobs/queue.ts';
import { startWorkers } from './jobs/schedule.ts';
import { logMail } from './mail/log-mail.ts';
import type { SendMail } from './mail/mail.ts';
import { fencedOutbound, type OutboundOptions } from './outbound/fenced-outbound.ts';
import { betterAuthPeople } from './people/better-auth.ts';
import { ownCookieSecret } from './people/cookie-secret.ts';
import type { FindSession, People } from './people/people.ts';
import { systemClock } from './system-clock.ts';
import { prepareAuthenticate } from './usecases/authenticate.ts';
import type { Context } from './usecases/context.ts';
import { inBackground } from './usecases/in-background.ts';
import { limitMail } from './usecases/limit-mail.ts';
import { prepareListNumbers } from './usecases/list-numbers.ts';
import { teamTurns } from './usecases/team-turns.ts';

/** The whole service, put together and working, its server not yet listening. */
export interface App {
  server: Server;
  context: Context;
  demoDoor: DemoDoor;
  /** Answers what has been asked, finishes what has been begun, and lets go of everything. */
  stop(): Promise<void>;
}

/** What is not in the configuration; tests put theirs in the place of the real thing. */
export interface Replacements {
  /** Where the built dashboard lies. Left out, the server has none. */
  dashboard?: string | null;
  clock?: Clock;
  findSession?: FindSession;
  sendMail?: SendMail;
  outbound?: Pick<OutboundOptions, 'resolve' | 'timeoutMs'>;
  /** How late turns of the event loop may be, ms; 0: as late as they are. */
  maxEventLoopDelayMs?: number;
  /** Without workers only requests settle purchases. */
  workers?: boolean;
}

/** How long running jobs may take to finish when the server stops, ms. */
const STOP_JOBS_MS = 10_000;

/** How long a probe waits for the database and the queue, ms. */
const READINESS_MS = 2_000;

const newTypeId: NewId = (prefix) => typeid(prefix).toString();

/** Puts the service together: the one place that knows everyone. */
export async function createApp(config: Config, log: Logger, replacements: Replacements = {}): Promise<App> {
  const clock = replacements.clock ?? systemClock;
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    const failures: unknown[] = [];
    // In order, and each of them: what fails to close must not keep the rest open.
    for (const close of closers.toReversed()) await close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'some parts of the service did not close');
  };
  try {
    const database = await openDatabase(config, log);
    closers.push(() => database.close());
    const live = liveCarrier(config, clock);
    const test = await testCarrier();
    const outbound = fencedOutbound({ local: config.localWebhooks, ...replacements.outbound });
    closers.push(() => outbound.close());
    const queue = await startQueue(database, clock, (err) =>
      log.error({ err }, 'the job queue reports a failure'),
    );
    closers.push(() => queue.stop(STOP_JOBS_MS));

    const sendMail = replacements.sendMail ?? (await wayOfMail(config, log));
    const context: Context = {
      db: database.db,
      carriers: { live, test },
      queue,
      clock,
      newId: newTypeId,
      sendMail: limitMail({ db: database.db, clock, log }, sendMail),
      outbound,
      cursorKey: await findOrInsertSecret(database.db, {
        name: 'cursors',
        value: randomBytes(32).toString('base64url'),
        createdAt: clock.now(),
      }),
      log,
      settings: {
        publicUrl: publicUrlOf(config),
        purchaseWaitMs: config.purchaseWaitMs,
        resolveGraceMs: config.resolveGraceMs,
        releaseGraceDays: config.releaseGraceDays,
        suspensionGraceDays: config.suspensionGraceDays,
        rateLimitPerHour: config.rateLimitPerHour,
        rateLimitPerAddress: config.rateLimitPerAddress,
        callerIdRestDays: config.callerIdRestDays,
      },
      inTurn: teamTurns(),
      background: new Set(),
    };
    closers.push(() => Promise.all(context.background));

    const people = await keepPeople(context, config);
    const door = demoDoor(clock);
    const server = await createServer(
      {
        context,
        authenticate: prepareAuthenticate(database.lookUps, context),
        findSession: replacements.findSession ?? people.findSession,
        people,
        demoDoor: door,
        // The embedded database works in this process and makes turns late by itself.
        maxEventLoopDelayMs:
          replacements.maxEventLoopDelayMs ?? (database.kind === 'postgres' ? MOST_EVENT_LOOP_DELAY_MS : 0),
        dashboard: replacements.dashboard ?? null,
        trustedOrigins: [new URL(context.settings.publicUrl).origin, ...config.allowedOrigins],
        listNumbers: prepareListNumbers(database.lookUps),
        readCarrierEvent: config.telnyxPublicKey === null ? null : telnyxWebhook(config.telnyxPublicKey),
        operatorToken: config.operatorToken,
        allowedOrigins: config.allowedOrigins,
        trustProxy: config.trustProxy,
        readiness: () => checkReadiness(database, queue),
        metrics: processMetrics(),
      },
      log,
    );
    closers.push(() => server.close());
    if (replacements.workers !== false) await startWorkers(context, queue);
    return { server, context, demoDoor: door, stop: closeAll };

    async function testCarrier(): Promise<Carrier> {
      const simulated = await startSimulatedCarrier(database.db, clock);
      closers.push(() => simulated.stop());
      // A team that tries out failures must not shut test mode for the others.
      const circuitBreaker = { failures: Number.POSITIVE_INFINITY };
      return telnyxCarrier({ ...simulated, circuitBreaker, now: () => clock.now() });
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What only some servers use is loaded by those: a database of its own, and a way of mail. */
async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (config.databaseUrl === null) {
    const { openEmbedded } = await import('./db/embedded.ts');
    return openEmbedded(config.dataDir);
  }
  return openPostgres(config.databaseUrl, (err) => log.warn({ err }, 'an idle database connection broke'));
}

function liveCarrier({ telnyxApiKey, telnyxBaseUrl }: Config, clock: Clock): Carrier | null {
  if (telnyxApiKey === null) return null;
  return telnyxCarrier({ baseUrl: telnyxBaseUrl, apiKey: telnyxApiKey, now: () => clock.now() });
}

async function wayOfMail({ smtpUrl, mailFrom }: Config, log: Logger): Promise<SendMail> {
  if (smtpUrl === null || mailFrom === null) return logMail(log);
  const { smtpMail } = await import('./mail/smtp-mail.ts');
  return smtpMail(smtpUrl, mailFrom);
}

async function keepPeople(context: Context, { authSecret }: Config): Promise<People> {
  const { db, clock, newId, sendMail, log, settings } = context;
  return betterAuthPeople({
    db,
    clock,
    newId,
    sendMail,
    inBackground: (what, work) => inBackground(context, what, work),
    onError: (err, message) => log.error({ err, message }, 'better-auth reports a failure'),
    publicUrl: settings.publicUrl,
    secret: authSecret ?? (await ownCookieSecret(db, clock.now())),
  });
}

function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function checkReadiness(database: Database, queue: Queue): Promise<void> {
  const answers = Promise.all([database.ping(), queue.ping()]).then(
    () => true,
    () => false,
  );
  if (await Promise.race([answers, delay(READINESS_MS, false, { ref: false })])) return;
  throw new Refusal('not_ready', 'The database or the job queue does not answer. The log says more.', {
    retryAfterSeconds: 5,
  });
}

function processMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
