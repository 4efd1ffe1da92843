import {
  type Assistant,
  findNumbersOf,
  type RoutedNumber,
  deleteAssistant as remove,
} from '../db/assistants.ts';
import { type Campaign, detachCampaigns, findCampaignsOf } from '../db/campaigns.ts';
import type { Db } from '../db/database.ts';
import { lockTeam } from '../db/teams.ts';
import type { Mode } from '../domain/mode.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { fieldsOf } from './create-assistant.ts';
import { findOwnAssistant } from './find-own-assistant.ts';
import { keepLiveApart } from './keep-live-apart.ts';
import { moveNumbers } from './move-numbers.ts';
import { recordEvent, recordEvents } from './record-event.ts';

/**
 * Deletes an assistant that nothing uses. With `force` its numbers are unassigned, its campaigns are left without an
 * assistant, and those of them that run are paused.
 * @throws Refusal `not_found`, `assistant_in_use`, or `forbidden` where a test caller would force it away from live mode
 */
export async function deleteAssistant(
  context: Context,
  caller: Caller,
  id: string,
  { force }: { force: boolean },
): Promise<void> {
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const assistant = await findOwnAssistant(tx, caller, id);
    const numbers = await findNumbersOf(tx, assistant);
    const campaigns = await findCampaignsOf(tx, assistant);
    if (!force && numbers.length + campaigns.length > 0) throw inUse(caller, assistant, numbers, campaigns);
    await keepLiveApart(tx, caller, assistant, 'delete it all the same');

    await moveNumbers(context, tx, caller.actor, numbers, null);
    await detach(context, tx, caller, assistant, campaigns);
    await remove(tx, assistant);
    await recordEvent(context, tx, {
      teamId: caller.teamId,
      mode: null,
      type: 'assistant.deleted',
      subject: id,
      actor: caller.actor,
      before: fieldsOf(assistant),
      data: { name: assistant.name },
    });
  });
}

/** With a list of what is of the caller's mode; of the other mode only how much. */
function inUse(
  { mode }: Caller,
  { name }: Assistant,
  numbers: RoutedNumber[],
  campaigns: Campaign[],
): Refusal {
  const isOwn = (each: { mode: Mode }) => each.mode === mode;
  const [ownNumbers, ownCampaigns] = [numbers.filter(isOwn), campaigns.filter(isOwn)];
  const elsewhere = ` in ${mode === 'live' ? 'test' : 'live'} mode`;
  const uses = [
    counted(ownNumbers.length, 'phone number'),
    counted(ownCampaigns.length, 'campaign'),
    counted(numbers.length - ownNumbers.length, 'phone number', elsewhere),
    counted(campaigns.length - ownCampaigns.length, 'campaign', elsewhere),
  ].filter((use) => use !== null);
  return new Refusal(
    'assistant_in_use',
    `"${name}" still has ${uses.join(' and ')}. Give them to another assistant first, or delete it with force=true, which unassigns the numbers and pauses the campaigns.`,
    {
      phone_numbers: ownNumbers.map(({ id, phoneNumber }) => ({ id, phone_number: phoneNumber })),
      campaigns: ownCampaigns.map((each) => ({ id: each.id, name: each.name })),
    },
  );
}

function counted(count: number, what: string, where = ''): string | null {
  return count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}${where}`;
}

async function detach(
  context: Context,
  tx: Db,
  { actor }: Caller,
  assistant: Assistant,
  campaigns: readonly Campaign[],
): Promise<void> {
  await detachCampaigns(tx, assistant, context.clock.now());
  const about = ({ teamId, mode, id, name }: Campaign) => ({
    teamId,
    mode,
    subject: id,
    actor,
    data: { name },
  });
  const running = campaigns.filter(({ status }) => status === 'running');
  await recordEvents(context, tx, [
    ...campaigns.map((campaign) => ({
      ...about(campaign),
      type: 'campaign.updated' as const,
      before: { assistant_id: assistant.id },
      after: { assistant_id: null },
    })),
    ...running.map((campaign) => ({
      ...about(campaign),
      type: 'campaign.paused' as const,
      before: { status: 'running' },
      after: { status: 'paused' },
    })),
  ]);
}
