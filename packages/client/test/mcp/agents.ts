import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Talkturo } from '@talkturo/client';
import { type McpOptions, runMcp } from '../../src/mcp/run-mcp.ts';

const PROGRAM = fileURLToPath(new URL('stdio-program.ts', import.meta.url));

export interface Agent {
  client: Client;
  /** What a tool answers, or its error. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  use(tool: string, input?: object): Promise<any>;
  close(): Promise<void>;
}

/** An agent that starts the server as a program of its own. */
export async function agentOverStdio(baseUrl: string, apiKey: string): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--conditions=@talkturo/source', PROGRAM],
    env: { TALKTURO_BASE_URL: baseUrl, TALKTURO_API_KEY: apiKey },
  });
  return connect(transport, () => Promise.resolve());
}

export async function agentOverHttp(baseUrl: string, apiKey: string): Promise<Agent> {
  const server = await serve({ client: new Talkturo({ baseUrl, apiKey }), http: {} });
  return connect(new StreamableHTTPClientTransport(new URL(server.url)), server.close);
}

async function connect(transport: object, closeServer: () => Promise<void>): Promise<Agent> {
  const client = new Client({ name: 'tests', version: '1.0.0' });
  await client.connect(transport as Transport);
  // With it, answers are held against the tools' schemas.
  await client.listTools();
  const use = async (tool: string, input: object = {}) => {
    const { isError, structuredContent, content } = await client.callTool({
      name: tool,
      arguments: { ...input },
    });
    const [{ text }] = content as [{ text: string }];
    return isError ? { failed: text.startsWith('{') ? JSON.parse(text) : text } : structuredContent;
  };
  const close = async () => {
    await client.close();
    await closeServer();
  };
  return { client, use, close };
}

/** The server in this process, on any free port. */
export async function serve(options: McpOptions): Promise<{ url: string; close(): Promise<void> }> {
  const ending = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    const http = { port: 0, ...options.http, listening: resolve };
    ended = runMcp({ ...options, http, signal: ending.signal });
    ended.catch(reject);
  });
  const close = () => {
    ending.abort();
    return ended;
  };
  return { url, close };
}
