import { z } from 'zod';
import { RefusalError } from '../../errors.ts';
import type { PhoneNumber } from '../../records.ts';
import type { Talkturo } from '../../talkturo.ts';
import { named, numberId, phoneNumber } from '../records.ts';
import { defineTool, TAKES } from '../tool.ts';

export const releaseNumber = defineTool({
  name: 'release_phone_number',
  title: 'Release a phone number',
  description: `Takes a number out of service at once: it loses its assistant and its campaigns, and goes back to the carrier some days later, when anybody may get it.
Without confirm it only answers with what would happen, and changes nothing: show it to the user.
To release, call again with confirm: true and the number itself as phoneNumber.
Until release_at of the answer it can be brought back with restore_phone_number.`,
  input: z.object({
    id: numberId,
    confirm: z.boolean().exactOptional().describe('true once the user has agreed'),
    phoneNumber: z.string().exactOptional().describe('the number again, digit by digit, like +14155550101'),
  }),
  output: z.looseObject({
    released: z.boolean().describe('false where nothing was changed'),
    next: z.string().describe('what to do now'),
    phoneNumber,
    assistant: named.nullable().exactOptional().describe('who would lose it'),
    campaigns: z
      .array(named)
      .nullable()
      .exactOptional()
      .describe('the campaigns that would lose it; null where the key may not see campaigns'),
  }),
  hints: { ...TAKES, openWorldHint: true },
  run: async ({ id, confirm, phoneNumber: repeated }, { client, teamId }) => {
    const { phoneNumber: number } = await client.phoneNumbers.get(id);
    if (confirm !== true || repeated !== number.phone_number) {
      const campaigns = await campaignsWith(client, await teamId(), number.id);
      const next = nextStep(number, confirm === true);
      return { released: false, next, phoneNumber: number, assistant: assistantOf(number), campaigns };
    }
    const { phoneNumber: released } = await client.phoneNumbers.release(number.id);
    return { released: true, next: afterwards(released), phoneNumber: released };
  },
});

function assistantOf({ assistant_id: id, assistant_name: name }: PhoneNumber) {
  return id === null ? null : { id, name: name ?? '' };
}

async function campaignsWith(client: Talkturo, teamId: string, numberId: string) {
  try {
    const campaigns = await client.campaigns.list({ teamId, phoneNumberId: numberId }).all();
    return campaigns.map(({ id, name }) => ({ id, name }));
  } catch (error) {
    if (error instanceof RefusalError && error.code === 'forbidden') return null;
    throw error;
  }
}

function nextStep(number: PhoneNumber, confirmed: boolean): string {
  const { phone_number, status, deletion_lock, release_at } = number;
  if (status === 'releasing') return `It is being released already; restore it until ${release_at}.`;
  if (status === 'released') return 'It was released before. There is nothing to do.';
  if (deletion_lock) return 'It is locked against release. Somebody has to take the lock off first.';
  const reason = confirmed ? 'Nothing was changed: phoneNumber is not this number.' : 'Nothing was changed.';
  return `${reason} Released, it is out of service at once. It can be restored for as many days as the server keeps it (7 unless its operator says otherwise); the exact end is in the answer. To release, ask the user, then call again with confirm: true and phoneNumber: "${phone_number}".`;
}

function afterwards({ status, release_at }: PhoneNumber): string {
  return status === 'releasing'
    ? `It is out of service. Until ${release_at} restore_phone_number brings it back.`
    : 'It has gone back.';
}
