import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult, ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import { RefusalError, TalkturoError } from '../errors.ts';
import type { Talkturo } from '../talkturo.ts';

/** What tools work with. */
export interface ToolContext {
  client: Talkturo;
  /** The team that numbers are bought and listed for. */
  teamId(): Promise<string>;
}

export interface Tool<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  input: Input;
  output: Output;
  hints: ToolHints;
  run(input: z.output<Input>, context: ToolContext): Promise<z.input<Output>>;
}

/** For its types: what a tool is given and answers with follows from its schemas. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> {
  return tool;
}

type ToolHints = Required<
  Pick<ToolAnnotations, 'readOnlyHint' | 'destructiveHint' | 'idempotentHint' | 'openWorldHint'>
>;

/** Looks and changes nothing. */
export const READS: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** What takes something away from somebody, or spends money; done twice it is the same as once. */
export const TAKES: ToolHints = { ...READS, readOnlyHint: false, destructiveHint: true };

/** Changes something, and takes nothing away. */
export const ADDS: ToolHints = { ...READS, readOnlyHint: false };

export function addTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  server: McpServer,
  context: ToolContext,
  { name, title, description, input, output, hints, run }: Tool<Input, Output>,
): void {
  const config = {
    title,
    description,
    inputSchema: input as z.ZodObject,
    outputSchema: output as z.ZodObject,
    annotations: { title, ...hints },
  };
  server.registerTool(name, config, async (given) => {
    try {
      return answer(await run(given as z.output<Input>, context));
    } catch (error) {
      if (error instanceof TalkturoError) return failure(error);
      throw error;
    }
  });
}

/** As structure, and as text for clients that know only that. */
function answer(structuredContent: Record<string, unknown>): CallToolResult {
  return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
}

/** The API's own sentence and code. Not as structure: that has the form of a success. */
function failure(error: TalkturoError): CallToolResult {
  const refusal = error instanceof RefusalError ? error : null;
  const told = {
    error: error.message,
    code: refusal?.code ?? error.name,
    ...(refusal && { request_id: refusal.requestId }),
    ...(refusal?.issues && { issues: refusal.issues }),
    ...(refusal?.eligibility && { eligibility: refusal.eligibility }),
    ...(refusal?.retryAfter !== undefined && { retry_after_seconds: refusal.retryAfter }),
    ...(error.idempotencyKey !== undefined && { idempotencyKey: error.idempotencyKey }),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(told) }] };
}
