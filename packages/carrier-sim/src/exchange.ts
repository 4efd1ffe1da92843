import type { FastifyReply } from 'fastify';
import { CarrierError, LostAnswer } from './errors.ts';
import type { Endpoint, Fault } from './faults.ts';
import { type Misbehaviour, type Mishap, magicBehaviour } from './magic-numbers.ts';
import type { SimContext } from './sim-context.ts';

/** One request on its way through the simulator's faults. */
export interface Exchange<Answer> {
  endpoint: Endpoint;
  /** E.164 numbers that the request is about, where it names any; of a search in an area code, how they begin. */
  phoneNumbers: readonly string[];
  reply: FastifyReply;
  /** Does the work. */
  run(): Promise<Answer>;
  /** Told of a request that came to nothing: a carrier code, `error_503`, `no_answer`. */
  refused?(outcome: string): Promise<void>;
}

/** How long an answer is held back, in milliseconds, where nothing else is said. */
const HANG_MS = 120_000;

/**
 * Serves one request: faults that come before the work, the work, faults that come after it.
 * @throws CarrierError for an answer in the error envelope, LostAnswer for none.
 */
export async function serve<Answer>(ctx: SimContext, exchange: Exchange<Answer>): Promise<Answer> {
  const answer = await workOrRefuse(ctx, exchange);
  await afterWork(ctx, exchange);
  return answer;
}

async function workOrRefuse<Answer>(ctx: SimContext, exchange: Exchange<Answer>): Promise<Answer> {
  try {
    await beforeWork(ctx, exchange);
    return await exchange.run();
  } catch (error) {
    await exchange.refused?.(outcomeOf(error));
    throw error;
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof LostAnswer) return 'no_answer';
  if (!(error instanceof CarrierError)) return 'error_500';
  return error.status >= 500 ? `error_${error.status}` : error.code;
}

type Request = Pick<Exchange<unknown>, 'endpoint' | 'phoneNumbers' | 'reply'>;

async function beforeWork(ctx: SimContext, request: Request): Promise<void> {
  const { endpoint, phoneNumbers, reply } = request;
  const draw = (kind: 'latency' | 'hang' | 'rate_limit' | 'error_before') =>
    ctx.faults.draw(kind, endpoint, phoneNumbers, kind === 'hang' ? 'before' : undefined);
  const latency = draw('latency');
  if (latency) await ctx.waits.pause(latency.ms ?? 1_000);
  const hang = draw('hang');
  if (hang) await hold(ctx, reply, hang.ms ?? HANG_MS);
  const limit = draw('rate_limit');
  if (limit) throw rateLimited(limit);
  const error = draw('error_before');
  if (error) throw new CarrierError('10007', { status: error.status ?? 500 });
  await misbehave(ctx, request, 'before');
}

async function afterWork(ctx: SimContext, request: Request): Promise<void> {
  const { endpoint, phoneNumbers, reply } = request;
  const hang = ctx.faults.draw('hang', endpoint, phoneNumbers, 'after');
  if (hang) await hold(ctx, reply, hang.ms ?? HANG_MS);
  if (ctx.faults.draw('lost_answer', endpoint, phoneNumbers)) throw new LostAnswer();
  const error = ctx.faults.draw('error_after', endpoint, phoneNumbers);
  if (error) throw new CarrierError('10007', { status: error.status ?? 500 });
  await misbehave(ctx, request, 'after');
}

async function misbehave(ctx: SimContext, request: Request, stage: 'before' | 'after'): Promise<void> {
  for (const phoneNumber of request.phoneNumbers) {
    const misbehaviour = misbehaviourOf(phoneNumber, request.endpoint);
    const mishap = misbehaviour?.[stage];
    if (mishap && (await happensNow(ctx, phoneNumber, request.endpoint, misbehaviour))) {
      await suffer(ctx, request.reply, mishap);
    }
  }
}

async function suffer(ctx: SimContext, reply: FastifyReply, mishap: Mishap): Promise<void> {
  if (mishap === 'drop') throw new LostAnswer();
  if (mishap === 'error') throw new CarrierError('10007');
  if (mishap === 'rate_limit') throw rateLimited({});
  await hold(ctx, reply, HANG_MS);
}

function misbehaviourOf(phoneNumber: string, endpoint: Endpoint): Misbehaviour | undefined {
  const behaviour = magicBehaviour(phoneNumber);
  switch (endpoint) {
    case 'create_order':
    case 'update_number':
    case 'delete_number':
      return behaviour?.[endpoint];
    default:
      return undefined;
  }
}

/** False for a one-time misbehaviour that has happened; marks it otherwise. */
async function happensNow(
  ctx: SimContext,
  phoneNumber: string,
  endpoint: Endpoint,
  misbehaviour: Misbehaviour,
): Promise<boolean> {
  if (!misbehaviour.once) return true;
  return ctx.store.insert('magic_uses', magicUseId(phoneNumber, endpoint), { at: ctx.now().toISOString() });
}

/** Id of the mark that a one-time misbehaviour leaves. */
export function magicUseId(phoneNumber: string, endpoint: Endpoint): string {
  return `${phoneNumber} ${endpoint}`;
}

/** @throws CarrierError where one of the numbers is magic and refuses this endpoint. */
export async function refuseMagic(ctx: SimContext, endpoint: Endpoint, phoneNumber: string): Promise<void> {
  const misbehaviour = misbehaviourOf(phoneNumber, endpoint);
  if (!misbehaviour?.refuse) return;
  if (await happensNow(ctx, phoneNumber, endpoint, misbehaviour)) throw new CarrierError(misbehaviour.refuse);
}

function rateLimited({ resetSeconds = 1, retryAfterSeconds }: Partial<Fault>): CarrierError {
  const headers = {
    'x-ratelimit-limit': '1',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(resetSeconds),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  return new CarrierError('10011', { headers });
}

/** Holds an answer back until the client gives up, the time is over or the simulator closes; then there is none. */
async function hold(ctx: SimContext, reply: FastifyReply, ms: number): Promise<never> {
  const givenUp = new AbortController();
  reply.raw.once('close', () => givenUp.abort());
  await ctx.waits.pause(ms, givenUp.signal);
  throw new LostAnswer();
}
