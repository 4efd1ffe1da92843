import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorded {
  method: string;
  path: string;
  /** The query, decoded, by its literal names: `filter[country_code]`. */
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, as HTML. */
  text?: string;
  /** Instead of an answer: never one, the socket cut, or the headers and then silence. */
  fault?: 'hang' | 'reset' | 'stall';
}

/** A server that speaks Telnyx's wire format by a script, and keeps every request. */
export async function startScriptedTelnyx() {
  const requests: Recorded[] = [];
  const scripts = new Map<string, Reply[]>();
  const server = createServer(async (request, response) => {
    const recorded = await record(request);
    requests.push(recorded);
    const replies = scripts.get(`${recorded.method} ${recorded.path}`) ?? [
      { status: 404, json: failure('10005') },
    ];
    // The last reply of a script stays.
    answer(response, (replies.length > 1 ? replies.shift() : replies[0]) ?? {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** `on('POST /v2/number_orders', first, second, …)`; the last one stays. */
    on: (call: string, ...replies: Reply[]) => void scripts.set(call, replies),
    reset() {
      requests.length = 0;
      scripts.clear();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type ScriptedTelnyx = Awaited<ReturnType<typeof startScriptedTelnyx>>;

/** An error body as Telnyx writes it. */
export function failure(code: string, source: { pointer?: string } = {}, detail = 'what went wrong') {
  return { errors: [{ code, title: 'A title', detail, source }] };
}

async function record(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://host');
  const body = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: body === '' ? undefined : JSON.parse(body),
  };
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply.fault === 'hang') return;
  if (reply.fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const type = reply.text === undefined ? 'application/json' : 'text/html';
  response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
  if (reply.fault === 'stall') {
    response.write('{"data":');
    return;
  }
  response.end(reply.text ?? JSON.stringify(reply.json ?? {}));
}
