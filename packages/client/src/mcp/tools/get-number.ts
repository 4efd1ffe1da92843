import { z } from 'zod';
import { numberId, phoneNumber } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

export const getNumber = defineTool({
  name: 'get_phone_number',
  title: 'Get a phone number',
  description: 'Everything about one of the team’s numbers, by its id or its digits.',
  input: z.object({ id: numberId }),
  output: z.looseObject({ phoneNumber }),
  hints: READS,
  run: ({ id }, { client }) => client.phoneNumbers.get(id),
});
