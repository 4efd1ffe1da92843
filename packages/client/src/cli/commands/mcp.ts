import type { Command } from 'commander';
import { usageFailure } from '../failure.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../values.ts';
import type { Within } from '../within.ts';

interface McpFlags {
  http?: boolean;
  host: string;
  port: number;
  allowedHost?: string[];
  allowedOrigin?: string[];
}

export function addMcp(program: Command, within: Within): void {
  program
    .command('mcp')
    .description('tools for AI agents (Model Context Protocol), over standard input and output')
    .option('--http', 'over HTTP instead, at /mcp; TALKTURO_MCP_TOKEN is the secret that agents send')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <port>', '0 takes any free one', wholeNumber(0, 65_535), 3333)
    .option('--allowed-host <names...>', 'names that it is reached by, such as mcp.example.com')
    .option('--allowed-origin <origins...>', 'origins whose pages may call')
    .action(within(serve));
}

async function serve(session: Session, flags: McpFlags): Promise<void> {
  const { io, output, settings, signal } = session;
  const client = session.client();
  // The protocol's libraries are large: only for whoever asks for them.
  const { runMcp } = await import('../../mcp/run-mcp.ts');
  const http = flags.http && {
    host: flags.host,
    port: flags.port,
    token: io.env.TALKTURO_MCP_TOKEN || undefined,
    allowedHosts: flags.allowedHost,
    allowedOrigins: flags.allowedOrigin,
    listening: (url: string) => output.note(`Tools for agents at ${url}. Ctrl-C ends it.`),
  };
  try {
    await runMcp({ client, teamId: settings.teamId, signal, ...(http && { http }) });
  } catch (error) {
    if (error instanceof TypeError) throw usageFailure(error.message, 'talkturo mcp --help');
    throw error;
  }
}
