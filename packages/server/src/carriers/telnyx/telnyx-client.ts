import Telnyx from 'telnyx';
import { Agent, type Dispatcher, request } from 'undici';
import { UnreadableAnswer } from './json-fields.ts';

/** What an SDK call gives before its answer is parsed. */
interface PendingAnswer {
  asResponse(): Promise<Response>;
}

/** Statuses that a `Response` may not carry a body with. */
const BODILESS: readonly number[] = [204, 205, 304];

/**
 * The official SDK, without what it would take from the environment or print.
 *
 * By itself the SDK sends a call up to three times, an order too. Here it sends once; reads ask for more.
 */
export function telnyxClient(options: { apiKey: string; baseUrl: string }): Telnyx {
  return new Telnyx({
    apiKey: options.apiKey,
    baseURL: apiRoot(options.baseUrl),
    // Set in the environment, these two would make the SDK fetch an OAuth token from the real Telnyx.
    clientID: null,
    clientSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetch: fetchWhole,
  });
}

/**
 * The root that the SDK's paths are appended to, `https://api.telnyx.com/v2`. `baseUrl` may come with or without
 * `/v2` and a trailing slash.
 *
 * @throws TypeError where it is no http or https URL.
 */
export function apiRoot(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      'The base URL of Telnyx must be an http or https URL, like https://api.telnyx.com/v2',
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/v2') ? path : `${path}/v2`}`;
}

/**
 * The parsed body of a 2xx answer, whatever its content type says.
 *
 * Not the SDK's own parsing: it makes an empty list of a page that is no JSON, and a list that could not be read
 * must never look like "you have no such order".
 */
export async function answerTo(call: PendingAnswer): Promise<unknown> {
  const response = await call.asResponse();
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    throw new UnreadableAnswer(`the answer with status ${response.status} is no JSON`);
  }
}

/** HTTP/1.1 only: over HTTP/2 undici sends a request again by itself where the other side closes down, an order too. */
const connections = new Agent({ allowH2: false });

/**
 * What the SDK calls instead of the platform's `fetch`.
 *
 * Reads every body to its end, because the SDK's time-out stops counting at the headers: a body that stalls would hang
 * for minutes. Where the carrier names a wait, or limits the rate, it also stops the SDK's retry, which would sleep
 * for as long as the carrier says. And it follows no redirect: a followed 307 or 308 would send an order twice.
 *
 * By undici itself, which `fetch` wraps in streams that nobody here needs: they were a tenth of a purchase. It asks for
 * no compression, and undoes none.
 */
async function fetchWhole(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const answer = await request(String(url), {
    method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
    headers: Object.fromEntries(new Headers(init.headers)),
    body: (init.body ?? null) as string | null,
    signal: init.signal ?? null,
    dispatcher: connections,
  });
  const body = await answer.body.text();
  const { statusCode: status } = answer;
  const headers = new Headers(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    ),
  );
  if (status === 429 || headers.has('retry-after') || headers.has('retry-after-ms')) {
    headers.set('x-should-retry', 'false');
  }
  return new Response(BODILESS.includes(status) ? null : body, { status, headers });
}
