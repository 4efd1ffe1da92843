import { Talkturo, type TalkturoOptions } from '@talkturo/client';

export interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any;
  init: RequestInit;
}

/** What a request meets: an answer, an error, or whatever a function makes of it. */
export type Reply = Response | Error | ((sent: Sent) => Response | Promise<Response>);

/** A client, and in the place of `fetch` replies in their order. What has no reply fails the test. */
export function clientWith(replies: Reply[], options: TalkturoOptions = {}) {
  const sent: Sent[] = [];
  const client = new Talkturo({
    apiKey: 'tk_test_key',
    baseUrl: 'https://numbers.example.com',
    ...options,
    fetch: async (url, init) => {
      const request: Sent = {
        method: init.method ?? '',
        url,
        headers: Object.fromEntries(init.headers as Headers),
        body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
        init,
      };
      const reply = replies[sent.push(request) - 1];
      if (!reply) throw new Error(`nobody foresaw request ${sent.length}: ${request.method} ${url}`);
      if (reply instanceof Error) throw reply;
      return typeof reply === 'function' ? reply(request) : reply;
    },
  });
  return { client, sent };
}

export function ok(body: object = {}): Response {
  return Response.json({ success: true, ...body }, { headers: { 'x-api-version': '0.1.0' } });
}

export function refused(
  status: number,
  code: string,
  { headers = {}, ...more }: { headers?: Record<string, string> } & Record<string, unknown> = {},
): Response {
  return Response.json(
    { success: false, error: 'No.', code, request_id: 'req_1', ...more },
    { status, headers },
  );
}

export function htmlPage(status = 200, headers: Record<string, string> = {}): Response {
  return new Response('<!doctype html>', {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  });
}

/** As Node.js says that nothing listens. */
export function connectionRefused(): Error {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  });
}

/** Never answers; ends when it is told to. */
export function silence({ init }: Sent): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
}
