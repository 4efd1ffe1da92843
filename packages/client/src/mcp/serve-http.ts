import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { checkAccess, type HttpAccess, refusalOf } from './http-access.ts';
import { createMcpServer } from './server.ts';
import type { ToolContext } from './tool.ts';

export interface HttpOptions extends HttpAccess {
  /** Where to listen; 127.0.0.1 unless said otherwise. */
  host?: string | undefined;
  /** 3333 unless said otherwise; 0 for any free one. */
  port?: number | undefined;
  /** Told where it listens. */
  listening?: ((url: string) => void) | undefined;
}

/** As large as the API's own requests, bytes. */
const MAX_BODY_BYTES = 65_536;

/** Streamable HTTP at /mcp, without sessions: nothing is kept between requests, so that several can run side by side. */
export async function serveHttp(
  context: ToolContext,
  { host = '127.0.0.1', port = 3333, listening, ...access }: HttpOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  checkAccess(host, access);
  const server = createServer((request, response) => {
    void respond(context, access, request, response).catch((error: unknown) =>
      response.destroy(error as Error),
    );
  });
  const ended = new Promise<void>((resolve, reject) => {
    server.once('close', resolve).once('error', reject);
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  signal?.addEventListener('abort', close, { once: true });
  server.listen(port, host, () => {
    if (signal?.aborted) return close();
    const { address, family, port: bound } = server.address() as AddressInfo;
    listening?.(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}/mcp`);
  });
  await ended;
}

async function respond(
  context: ToolContext,
  access: HttpAccess,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request, access);
  if (refusal) {
    if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer');
    return refuse(response, refusal.status, refusal.reason);
  }
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== '/mcp') {
    return refuse(response, 404, 'There is only /mcp here.');
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(
      response,
      405,
      'Send requests by POST; nothing is sent by itself, and there are no sessions.',
    );
  }
  const server = createMcpServer(context);
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: true,
    maxRequestBodySize: MAX_BODY_BYTES,
  });
  response.once('close', () => void server.close());
  await server.connect(transport as Transport);
  await transport.handleRequest(request, response);
}

/** In the form of the protocol, whose clients show the sentence. */
function refuse(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
