import Telnyx from 'telnyx';
import { UnreadableAnswer } from './json-fields.ts';

export type Fetch = typeof globalThis.fetch;

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
export function telnyxClient(options: {
  apiKey: string;
  baseUrl: string;
  fetch?: Fetch | undefined;
}): Telnyx {
  return new Telnyx({
    apiKey: options.apiKey,
    baseURL: apiRoot(options.baseUrl),
    // Set in the environment, these two would make the SDK fetch an OAuth token from the real Telnyx.
    clientID: null,
    clientSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetch: wholeAnswers(options.fetch ?? globalThis.fetch),
    // A followed 307 or 308 would send an order twice.
    fetchOptions: { redirect: 'manual' },
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

/**
 * Reads every body to its end inside the fetch, because the SDK's time-out stops counting at the headers: a body
 * that stalls would hang for minutes. Where the carrier names a wait, or limits the rate, it also stops the SDK's
 * retry, which would sleep for as long as the carrier says.
 */
function wholeAnswers(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const body = await response.arrayBuffer();
    const headers = new Headers(response.headers);
    if (response.status === 429 || headers.has('retry-after') || headers.has('retry-after-ms')) {
      headers.set('x-should-retry', 'false');
    }
    const { status, statusText } = response;
    return new Response(BODILESS.includes(status) ? null : body, { status, statusText, headers });
  };
}
