import { z } from 'zod';
import { assignedNumber, numberId } from '../records.ts';
import { defineTool, TAKES } from '../tool.ts';

export const assignNumbers = defineTool({
  name: 'assign_phone_numbers',
  title: 'Assign phone numbers to an assistant',
  description:
    'Points numbers at an assistant, which then answers their calls. They come to those that it has; all of them or none. A number of another assistant moves only with reassign: true, and is then lost to that one: ask the user first.',
  input: z.object({
    assistantId: z.string().min(1).describe('from list_assistants, like asst_01j…'),
    phoneNumberIds: z.array(numberId).min(1).max(1000),
    reassign: z.boolean().exactOptional().describe('whether to take numbers from other assistants'),
  }),
  output: z.looseObject({ assistant_id: z.string(), numbers: z.array(assignedNumber), count: z.number() }),
  hints: TAKES,
  run: ({ assistantId, ...wish }, { client }) => client.assistants.assignNumbers(assistantId, wish),
});
