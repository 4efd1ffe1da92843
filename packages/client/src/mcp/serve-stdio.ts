import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { createMcpServer } from './server.ts';
import type { ToolContext } from './tool.ts';

/** Until the other side closes its end, or the signal aborts. Standard output belongs to the protocol. */
export async function serveStdio(context: ToolContext, signal: AbortSignal | undefined): Promise<void> {
  const server = createMcpServer(context);
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  const close = () => void server.close();
  process.stdin.once('end', close);
  signal?.addEventListener('abort', close, { once: true });
  await server.connect(new StdioServerTransport() as Transport);
  if (signal?.aborted) close();
  await ended;
}
