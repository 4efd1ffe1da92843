import type { Talkturo } from '../talkturo.ts';
import { type HttpOptions, serveHttp } from './serve-http.ts';
import { serveStdio } from './serve-stdio.ts';
import type { ToolContext } from './tool.ts';

export interface McpOptions {
  /** With the key that tools work by. */
  client: Talkturo;
  /** The team of the key; asked for where it is not given. */
  teamId?: string | undefined;
  /** To serve over HTTP; without it over standard input and output. */
  http?: HttpOptions | undefined;
  /** Ends the server. */
  signal?: AbortSignal | undefined;
}

/**
 * Serves the tools to agents until the signal aborts, or over stdio until the other side goes.
 * @throws TypeError where HTTP would be open to others
 */
export async function runMcp({ client, teamId, http, signal }: McpOptions): Promise<void> {
  const context: ToolContext = {
    client,
    teamId: teamId === undefined ? askOnce(client) : async () => teamId,
  };
  await (http ? serveHttp(context, http, signal) : serveStdio(context, signal));
}

/** A key belongs to one team, which it may see. */
function askOnce(client: Talkturo): () => Promise<string> {
  let known: string | undefined;
  return async () => {
    known ??= (await client.teams.list().page()).teams[0]?.id ?? '';
    return known;
  };
}
