import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { API_VERSION } from '../generated/version.ts';
import { addTool, type ToolContext } from './tool.ts';
import { assignNumbers } from './tools/assign-numbers.ts';
import { buyNumber } from './tools/buy-number.ts';
import { checkEligibility } from './tools/check-eligibility.ts';
import { getNumber } from './tools/get-number.ts';
import { listAssistants } from './tools/list-assistants.ts';
import { listNumbers } from './tools/list-numbers.ts';
import { releaseNumber } from './tools/release-number.ts';
import { resolveInboundCall } from './tools/resolve-inbound-call.ts';
import { restoreNumber } from './tools/restore-number.ts';
import { searchNumbers } from './tools/search-numbers.ts';

const INSTRUCTIONS = `Phone numbers of one team: search, buy, assign, release. Prices are in USD.
Buying and releasing change nothing without confirm: true. Show the user what would happen, and confirm only when they agree.
A failure has a sentence that says what to do, and a code.`;

export function createMcpServer(context: ToolContext): McpServer {
  const server = new McpServer(
    { name: 'talkturo', title: 'Talkturo Numbers', version: API_VERSION },
    { instructions: INSTRUCTIONS },
  );
  addTool(server, context, searchNumbers);
  addTool(server, context, checkEligibility);
  addTool(server, context, buyNumber);
  addTool(server, context, listNumbers);
  addTool(server, context, getNumber);
  addTool(server, context, listAssistants);
  addTool(server, context, assignNumbers);
  addTool(server, context, releaseNumber);
  addTool(server, context, restoreNumber);
  addTool(server, context, resolveInboundCall);
  return server;
}
