import { z } from 'zod';
import { offer, planFigures, refusal } from '../records.ts';
import { defineTool, READS } from '../tool.ts';

export const checkEligibility = defineTool({
  name: 'check_eligibility',
  title: 'Ask whether a purchase would go through',
  description:
    'Plan, trial, stock and price in one answer, before buying. Buys and reserves nothing. What stands in the way is in refusals.',
  input: z.object({
    phoneNumber: z
      .string()
      .exactOptional()
      .describe('the number to buy, like +14155550101; without it only the plan is looked at'),
  }),
  output: z.looseObject({
    eligible: z.boolean(),
    mode: z.string().describe('live spends money, test does not'),
    asTrial: z.boolean(),
    eligibility: planFigures,
    offer: offer.nullable(),
    refusals: z.array(refusal),
  }),
  hints: { ...READS, openWorldHint: true },
  run: async (question, { client, teamId }) =>
    client.phoneNumbers.eligibility({ ...question, teamId: await teamId() }),
});
