import { ConnectionError, TalkturoError, TimeoutError } from './errors.ts';
import { readAnswer } from './read-answer.ts';
import { retryDelayMs } from './retry-delay.ts';
import { wait } from './wait.ts';

/** Where what is going on is written to; `console` is one. Neither keys nor bodies are written. */
export interface Logger {
  debug(message: string, details: object): void;
  warn(message: string, details: object): void;
}

/** As much of `fetch` as is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What each method takes besides its parameters. */
export interface RequestOptions {
  /** Ends the request, and the wait before it is repeated. */
  signal?: AbortSignal | undefined;
  /** How long to wait for an answer each time it is sent, ms. */
  timeoutMs?: number | undefined;
  /** How often it is sent again at most; 0 for never. */
  maxRetries?: number | undefined;
}

/** Where requests go, and how. */
export interface Connection {
  baseUrl: string;
  apiKey: string | undefined;
  operatorToken: string | undefined;
  /** Sent with each request. */
  headers: Record<string, string>;
  fetch: Fetch;
  timeoutMs: number;
  maxRetries: number;
  logger: Logger | undefined;
}

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  path: string;
  body?: object;
  idempotencyKey?: string;
  /** Whether doing it twice is the same as once. */
  repeatable: boolean;
}

/** The longest that a timer can be set to, ms; beyond it, it would end at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Sends a request, again where that is safe and may help, and gives the body of the answer.
 * @throws TalkturoError
 * @throws the signal's reason where it aborts
 */
export async function send(
  connection: Connection,
  request: OutgoingRequest,
  { signal, timeoutMs = connection.timeoutMs, maxRetries = connection.maxRetries }: RequestOptions = {},
): Promise<object> {
  const { method, path, idempotencyKey } = request;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendOnce(connection, request, timeoutMs, signal);
    } catch (error) {
      if (error instanceof TalkturoError && idempotencyKey !== undefined)
        error.idempotencyKey = idempotencyKey;
      const delayMs = attempt < maxRetries ? retryDelayMs(error, request.repeatable, attempt) : null;
      if (delayMs === null) throw error;
      connection.logger?.warn('talkturo: sending again', {
        method,
        path,
        attempt: attempt + 1,
        delayMs,
        error: String(error),
      });
      await wait(delayMs, signal);
    }
  }
}

async function sendOnce(
  connection: Connection,
  request: OutgoingRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<object> {
  const { method, path } = request;
  const url = new URL(connection.baseUrl + path);
  const startedAt = Date.now();
  const { name, token } = tokenFor(connection, request);
  const headers = new Headers(headersOf(connection, request, token));
  const { response, text } = await exchange(connection.fetch, url, request, headers, { timeoutMs, signal });
  connection.logger?.debug('talkturo: answered', {
    method,
    path,
    status: response.status,
    ms: Date.now() - startedAt,
    requestId: response.headers.get('x-request-id'),
  });
  return readAnswer(response, text, url, token === undefined ? name : null);
}

/** The answer with all of its body, or the reason why there is none. */
async function exchange(
  fetch: Fetch,
  url: URL,
  { method, body }: OutgoingRequest,
  headers: Headers,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined },
): Promise<{ response: Response; text: string }> {
  signal?.throwIfAborted();
  const ending = new AbortController();
  const end = () => ending.abort(tooLate(url, method, timeoutMs));
  const timer = setTimeout(end, Math.min(timeoutMs, MAX_TIMER_MS));
  const abort = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    // Nothing about credentials: browsers send cookies to their own origin by themselves, others refuse the option.
    const response = await fetch(url.href, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      // Elsewhere the key has no business, and a POST would arrive as a GET.
      redirect: 'manual',
      signal: ending.signal,
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (ending.signal.aborted) throw ending.signal.reason;
    throw new ConnectionError(
      `No answer from ${url.origin} (${reasonOf(error)}). Does the server run there, and is baseUrl right?`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** The secret that the route wants, and what it is called where a client is made. */
function tokenFor({ apiKey, operatorToken }: Connection, { path }: OutgoingRequest) {
  return path.startsWith('/api/operator/')
    ? { name: 'operatorToken', token: operatorToken }
    : { name: 'apiKey', token: apiKey };
}

function headersOf(
  connection: Connection,
  { body, idempotencyKey }: OutgoingRequest,
  token: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    ...connection.headers,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
}

function tooLate(url: URL, method: string, timeoutMs: number): TimeoutError {
  return new TimeoutError(`${url.origin} did not answer ${method} ${url.pathname} within ${timeoutMs} ms.`);
}

/** `fetch` says little itself; what happened stands in the cause, under a code in Node.js. */
function reasonOf(error: unknown): string {
  const { code, message } = ((error as Error).cause ?? error) as { code?: string; message?: string };
  return code ?? message ?? 'the connection failed';
}
