import { z } from 'zod';
import { listedNumber } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

export const listNumbers = defineTool({
  name: 'list_phone_numbers',
  title: 'List the team’s phone numbers',
  description: 'The team’s numbers, newest first, without released ones, in pages.',
  input: z.object({
    status: z.enum(['purchasing', 'active', 'suspended', 'releasing', 'error']).exactOptional(),
    assistantId: z.string().exactOptional().describe('only those of this assistant'),
    search: z.string().exactOptional().describe('part of the number or of the assistant’s name'),
    limit: z.int().min(1).max(100).exactOptional().describe('how many in a page; 100 unless said otherwise'),
    cursor: z.string().exactOptional().describe('next_cursor of the page before'),
  }),
  output: z.looseObject({
    numbers: z.array(listedNumber),
    count: z.number().describe('all that match, not only of this page'),
    next_cursor: z.string().nullable().exactOptional().describe('null on the last page'),
  }),
  hints: READS,
  run: async (filters, { client, teamId }) =>
    client.phoneNumbers.list({ ...filters, teamId: await teamId() }).page(),
});
