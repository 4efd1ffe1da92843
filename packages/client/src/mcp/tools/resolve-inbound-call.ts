import { z } from 'zod';
import { named } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

export const resolveInboundCall = defineTool({
  name: 'resolve_inbound_call',
  title: 'Ask where an inbound call goes',
  description:
    'Which assistant answers a call to a number now, or why none does. Calls nobody, and counts nothing.',
  input: z.object({
    to: z.string().describe('the number that is called, in any common spelling'),
    from: z.string().max(200).exactOptional().describe('who calls'),
  }),
  output: z.looseObject({
    action: z.string().describe('assistant, fallback or reject'),
    assistant: named.nullable(),
    phone_number: z.looseObject({ id: z.string(), phone_number: z.string(), status: z.string() }).nullable(),
    fallback_number: z.string().nullable(),
    reason: z.string(),
    decision: z.array(z.string()).describe('what was looked at, in order'),
  }),
  hints: READS,
  run: (call, { client }) => client.routing.inbound(call),
});
