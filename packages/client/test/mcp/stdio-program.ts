import { Talkturo } from '@talkturo/client';
import { runMcp } from '../../src/mcp/run-mcp.ts';

/** The MCP server as an agent starts it. */
await runMcp({
  client: new Talkturo({ baseUrl: process.env.TALKTURO_BASE_URL, apiKey: process.env.TALKTURO_API_KEY }),
});
