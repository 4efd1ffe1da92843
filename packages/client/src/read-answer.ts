import { type Eligibility, type Issue, RefusalError, UnexpectedResponseError } from './errors.ts';
import { REFUSALS } from './generated/errors.ts';
import { API_VERSION } from './generated/version.ts';

/**
 * The body of an answer that went well.
 * @param missing what the client was made without and may need here, such as `apiKey`
 * @throws RefusalError of the code's class
 * @throws UnexpectedResponseError where this is not an answer of the API
 */
export function readAnswer(response: Response, text: string, url: URL, missing: string | null): object {
  const body = parse(text);
  if (response.ok && body?.success === true) return body;
  if (!response.ok && isRefusal(body)) throw refusalOf(response, body, missing);
  throw new UnexpectedResponseError(describe(response, url) + versionNote(response), {
    status: response.status,
    ...retryAfter(response.headers),
  });
}

interface RefusalBody extends Record<string, unknown> {
  success: false;
  error: string;
  code: string;
  request_id: string;
  eligibility?: Eligibility;
  issues?: Issue[];
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function isRefusal(body: Record<string, unknown> | null): body is RefusalBody {
  return body?.success === false && typeof body.error === 'string' && typeof body.code === 'string';
}

function refusalOf(response: Response, body: RefusalBody, missing: string | null): RefusalError {
  // A newer server may know more codes than this version.
  const Refusal = Object.hasOwn(REFUSALS, body.code)
    ? REFUSALS[body.code as keyof typeof REFUSALS]
    : RefusalError;
  return new Refusal(body.error + hint(response, body, missing), {
    status: response.status,
    code: body.code,
    requestId: body.request_id,
    ...(body.eligibility && { eligibility: body.eligibility }),
    ...(body.issues && { issues: body.issues }),
    ...retryAfter(response.headers),
    body,
  });
}

/** What the server cannot know. */
function hint(response: Response, { code }: RefusalBody, missing: string | null): string {
  if (code === 'unauthorized' && missing !== null) {
    return ` (This client was made without one: new Talkturo({ ${missing}: … }).)`;
  }
  // What is unknown to one of two versions comes as one of these.
  return code === 'not_found' || code === 'invalid_request' ? versionNote(response) : '';
}

/** Patches change nothing that a client could notice. */
function versionNote(response: Response): string {
  const server = response.headers.get('x-api-version');
  if (server === null || minorOf(server) === minorOf(API_VERSION)) return '';
  return ` (The server speaks version ${server} of the API, and this client was made for ${API_VERSION}: bring the older of the two up to date.)`;
}

function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}

function describe(response: Response, url: URL): string {
  const { status, headers } = response;
  // Browsers show a redirect that is not to be followed as status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    const target = headers.get('location');
    return `${url.origin} redirects${target === null ? '' : ` to ${target}`}. Set baseUrl to where the API itself is.`;
  }
  const what = kindOf(headers.get('content-type'));
  if (status >= 500) {
    return `${url.origin} answered ${status} with ${what}, and not as the API does: the server may be down behind its proxy.`;
  }
  return `${url.origin}${url.pathname} answered ${status} with ${what}, which is not an answer of this API. Check baseUrl.`;
}

function kindOf(contentType: string | null): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/html') return 'an HTML page';
  return type ? `${type} of another form` : 'something without a content type';
}

/** Seconds, or a date. */
function retryAfter(headers: Headers): { retryAfter?: number } {
  const value = headers.get('retry-after');
  if (value === null) return {};
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? {} : { retryAfter: Math.max(0, Math.ceil(seconds)) };
}
