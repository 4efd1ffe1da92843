import { z } from 'zod';
import type { Answer } from '../../call.ts';
import { newIdempotencyKey } from '../../idempotency-key.ts';
import { offer, planFigures, refusal } from '../records.ts';
import { defineTool, TAKES } from '../tool.ts';

const price = z.string().describe('USD, as the offer says it, like "1.00"');

export const buyNumber = defineTool({
  name: 'buy_phone_number',
  title: 'Buy a phone number',
  description: `Buys a number for the team; in live mode that spends money every month until it is released.
Without confirm it only answers with the price and the plan's figures, and changes nothing: show them to the user.
To buy, call again with confirm: true and the same monthlyPrice and setupPrice. A higher price is refused.
A number that is still "purchasing" in the answer goes on being bought: look at it later with get_phone_number.`,
  input: z.object({
    phoneNumber: z.string().describe('a number from a search, like +14155550101'),
    confirm: z.boolean().exactOptional().describe('true once the user has agreed to the price'),
    monthlyPrice: price.exactOptional(),
    setupPrice: price.exactOptional(),
    idempotencyKey: z
      .string()
      .exactOptional()
      .describe('from the error of a purchase without a clear end, to repeat that very purchase'),
  }),
  output: z.looseObject({
    purchased: z.boolean().describe('false where nothing was bought'),
    next: z.string().describe('what to do now'),
    phoneNumber: z
      .looseObject({
        id: z.string(),
        phone_number: z.string(),
        status: z.string().describe('active, or purchasing while the carrier still works on it'),
        is_trial: z.boolean(),
        trial_expires_at: z.string().nullable(),
      })
      .exactOptional(),
    mode: z.string().exactOptional().describe('live spends money, test does not'),
    asTrial: z.boolean().exactOptional(),
    offer: offer.nullable().exactOptional(),
    refusals: z.array(refusal).exactOptional().describe('what stands in the way'),
    eligibility: planFigures,
  }),
  hints: { ...TAKES, openWorldHint: true },
  run: async ({ phoneNumber, confirm, monthlyPrice, setupPrice, idempotencyKey }, { client, ...context }) => {
    const teamId = await context.teamId();
    const question = await client.phoneNumbers.eligibility({ phoneNumber, teamId });
    const repeats = idempotencyKey !== undefined && isOwned(question);
    const agreed = repeats || agreesTo(question.offer, monthlyPrice, setupPrice);
    if (confirm !== true || monthlyPrice === undefined || !agreed) return preview(question, confirm === true);
    const bought = await client.phoneNumbers.purchase(
      { phoneNumber, teamId, maxMonthlyPrice: monthlyPrice },
      { idempotencyKey: idempotencyKey ?? newIdempotencyKey() },
    );
    const next =
      bought.phoneNumber.status === 'active'
        ? 'It is the team’s. It can be assigned to an assistant.'
        : 'It is still being bought. Look at it later with get_phone_number.';
    return { ...bought, purchased: true, next };
  },
});

type Question = Answer<'/api/phone-numbers/eligibility', 'post'>;

/** Perhaps by the purchase that is being repeated: its answer is kept by its key. */
function isOwned({ refusals }: Question): boolean {
  return refusals.some(({ code }) => code === 'number_already_owned');
}

/** Whether both prices are those of the offer; "1" is "1.00". */
function agreesTo(asked: Question['offer'], monthly: string | undefined, setup: string | undefined): boolean {
  return (
    asked !== null &&
    Number(monthly) === Number(asked.monthlyPrice) &&
    Number(setup) === Number(asked.setupPrice)
  );
}

function preview({ mode, asTrial, offer: asked, refusals, eligibility }: Question, confirmed: boolean) {
  return {
    purchased: false,
    next: nextStep(asked, refusals, confirmed),
    mode,
    asTrial,
    offer: asked,
    refusals,
    eligibility,
  };
}

function nextStep(asked: Question['offer'], refusals: Question['refusals'], confirmed: boolean): string {
  if (refusals[0]) return `Nothing was bought. ${refusals[0].error}`;
  if (!asked) return 'Nothing was bought. The carrier does not tell the price now. Try again later.';
  const prices = `monthlyPrice: "${asked.monthlyPrice}" and setupPrice: "${asked.setupPrice}"`;
  const reason = confirmed
    ? 'Nothing was bought: the prices given are not those asked.'
    : 'Nothing was bought.';
  return `${reason} To buy, ask the user, then call again with confirm: true, ${prices}.`;
}
