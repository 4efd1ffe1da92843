import { z } from 'zod';
import { numberId, phoneNumber } from '../records.ts';
import { ADDS, defineTool } from '../tool.ts';

export const restoreNumber = defineTool({
  name: 'restore_phone_number',
  title: 'Restore a released phone number',
  description:
    'Brings a released number back, while it is still at the carrier and if the plan has room for it. It comes back without an assistant, and counts in the plan again.',
  input: z.object({ id: numberId }),
  output: z.looseObject({ phoneNumber }),
  hints: ADDS,
  run: ({ id }, { client }) => client.phoneNumbers.restore(id),
});
