import { z } from 'zod';
import { named } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

export const listAssistants = defineTool({
  name: 'list_assistants',
  title: 'List the team’s assistants',
  description: 'The voice assistants that numbers can be assigned to, newest first, in pages.',
  input: z.object({
    limit: z.int().min(1).max(100).exactOptional().describe('how many in a page; 100 unless said otherwise'),
    cursor: z.string().exactOptional().describe('next_cursor of the page before'),
  }),
  output: z.looseObject({ assistants: z.array(named), next_cursor: z.string().nullable().exactOptional() }),
  hints: READS,
  run: async (filters, { client, teamId }) =>
    client.assistants.list({ ...filters, teamId: await teamId() }).page(),
});
