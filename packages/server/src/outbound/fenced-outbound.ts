import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, buildConnector, request } from 'undici';
import { hostOf, mayHaveAddress, urlProblem } from '../domain/webhook-url.ts';
import type { Outbound, OutboundAnswer } from './outbound.ts';

export interface OutboundOptions {
  /** Whether this machine may be called, as `localhost` or `127.0.0.1`. */
  local: boolean;
  /** For the whole: name, connection, request and answer, ms. */
  timeoutMs?: number;
  /** The addresses of a name; rejects where it has none. */
  resolve?: (host: string) => Promise<string[]>;
}

const TIMEOUT_MS = 10_000;

/** For a name whose address is only looked at, ms: a name server that does not answer must not hold the request. */
const LOOKUP_MS = 2_000;

/** An answer is read up to here and then cut off. */
const MAX_READ_BYTES = 64 * 1024;

/** So much of it is kept. */
const KEPT_BYTES = 2 * 1024;

const NOT_FOUND = Object.assign(new Error('the name has no address'), { code: 'ENOTFOUND' });

const INSIDE = 'leads into a private or reserved network';

/** The connection would have gone where nothing of ours may go. */
class Fenced extends Error {}

/**
 * The fence around requests to strangers' addresses. Names are looked up when the connection is made and every
 * address is checked then: what a name meant yesterday, or a moment ago, counts for nothing.
 */
export function fencedOutbound(options: OutboundOptions): Outbound & { close(): Promise<void> } {
  const { local, timeoutMs = TIMEOUT_MS, resolve = resolveName } = options;
  const agent = new Agent({ connect: fencedConnect(local, resolve, timeoutMs), pipelining: 0 });

  return {
    async objection(text) {
      const problem = urlProblem(text, { local });
      if (problem !== null) return problem;
      const host = hostOf(new URL(text));
      // A name that is not there yet may come, and is looked up again at each connection.
      const addresses = isIP(host) ? [host] : await addressesInTime(host);
      const isFine = addresses.every((address) => mayHaveAddress(host, address, { local }));
      return isFine ? null : `must not lead into a private or reserved network, as ${host} does`;
    },

    async post(text, headers, body) {
      const startedAt = performance.now();
      const answer = await send(text, headers, body).catch((error: unknown) => ({
        error: explain(error, timeoutMs),
      }));
      return { ...answer, durationMs: Math.round(performance.now() - startedAt) } satisfies OutboundAnswer;
    },

    close: () => agent.destroy(),
  };

  /** None where the name has none, or its name server does not say so soon. */
  async function addressesInTime(host: string): Promise<string[]> {
    const silence = delay(LOOKUP_MS, [], { ref: false });
    return Promise.race([resolve(host).catch(() => []), silence]);
  }

  async function send(text: string, headers: Record<string, string>, body: string) {
    const problem = urlProblem(text, { local });
    if (problem !== null) return { error: `the address ${problem}` };
    const response = await request(text, {
      method: 'POST',
      headers,
      body,
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.statusCode, body: await readStart(response.body) };
  }
}

async function resolveName(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Connects only to addresses that the host may have: before, where it is an IP address or a name, and after. */
function fencedConnect(
  local: boolean,
  resolve: (host: string) => Promise<string[]>,
  timeoutMs: number,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false,
    maxCachedSessions: 0,
    lookup: fencedLookup(local, resolve),
  });
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    // No name is looked up for an IP address.
    if (isIP(host) && !mayHaveAddress(host, host, { local })) {
      callback(new Fenced(`${host} ${INSIDE}`), null);
      return;
    }
    connect(target, (...[error, socket]) => {
      if (error || !socket) return callback(error ?? new Error('no connection'), null);
      const address = (socket as Socket).remoteAddress ?? '';
      if (mayHaveAddress(host, address, { local })) return callback(null, socket);
      socket.destroy();
      callback(new Fenced(`${host} ${INSIDE}`), null);
    });
  };
}

function fencedLookup(local: boolean, resolve: (host: string) => Promise<string[]>): LookupFunction {
  const find = async (host: string) => {
    const addresses = await resolve(host);
    if (!addresses.every((address) => mayHaveAddress(host, address, { local })))
      throw new Fenced(`${host} ${INSIDE}`);
    const [first, ...others] = addresses.map((address) => ({ address, family: isIP(address) }));
    if (!first) throw NOT_FOUND;
    return { first, all: [first, ...others] };
  };
  return (host, options, callback) => {
    find(host).then(
      ({ first, all }) => (options.all ? callback(null, all) : callback(null, first.address, first.family)),
      (error) => callback(error, ''),
    );
  };
}

/** The beginning of an answer's body, as text that the database takes. What comes behind it is not waited for. */
async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (bytes < KEPT_BYTES) kept.push(chunk);
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes >= MAX_READ_BYTES) break;
  }
  const text = Buffer.concat(kept).subarray(0, KEPT_BYTES).toString().replaceAll('\0', '\uFFFD');
  // As text it may have grown; a character cut in two is left out.
  return new TextDecoder().decode(Buffer.from(text).subarray(0, KEPT_BYTES), { stream: true });
}

/** Why there was no answer, in words for the team: nothing of ours, such as addresses behind a name. */
function explain(error: unknown, timeoutMs: number): string {
  if (error instanceof Fenced) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || code?.endsWith('TIMEOUT')) return `no answer within ${timeoutMs} ms`;
  return REASONS[code ?? ''] ?? `the connection failed (${code ?? name})`;
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  ENOTFOUND: 'the name does not resolve',
  EAI_AGAIN: 'the name does not resolve',
  UND_ERR_SOCKET: 'the connection broke',
};
