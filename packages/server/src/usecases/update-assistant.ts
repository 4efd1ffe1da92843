import {
  type Assistant,
  findNumbersOf,
  type ListedAssistant,
  updateAssistant as update,
} from '../db/assistants.ts';
import type { Db } from '../db/database.ts';
import { lockTeam } from '../db/teams.ts';
import { wantedConnection } from '../domain/connection.ts';
import { changedFields } from './changed-fields.ts';
import type { Caller, Context } from './context.ts';
import { type AssistantFields, checkFields, fieldsOf } from './create-assistant.ts';
import { findOwnAssistant } from './find-own-assistant.ts';
import { getAssistant } from './get-assistant.ts';
import { keepLiveApart } from './keep-live-apart.ts';
import { recordEvent } from './record-event.ts';
import { wantConnections } from './want-connections.ts';

/**
 * Changes an assistant. With another connection the carrier is told for each of its numbers; with the same one again,
 * for those where that had failed.
 * @throws Refusal `not_found`, `invalid_request`, or `forbidden` where a test caller would change what live calls get
 */
export async function updateAssistant(
  context: Context,
  caller: Caller,
  id: string,
  change: Partial<AssistantFields>,
): Promise<ListedAssistant> {
  checkFields(change);
  await context.db.transaction(async (tx) => {
    await lockTeam(tx, caller.teamId);
    const before = await findOwnAssistant(tx, caller, id);
    const after = { ...before, ...change, updatedAt: context.clock.now() };
    const changed = changedFields(fieldsOf(before), fieldsOf(after));
    if (changed) {
      await keepLiveApart(tx, caller, before, 'change it');
      await update(tx, before, { ...change, updatedAt: after.updatedAt });
      await recordEvent(context, tx, {
        teamId: caller.teamId,
        mode: null,
        type: 'assistant.updated',
        subject: id,
        actor: caller.actor,
        ...changed,
        data: { name: after.name },
      });
    }
    if (change.connectionId !== undefined) await redirect(context, tx, before, after);
  });
  return getAssistant(context, caller, id);
}

async function redirect(context: Context, tx: Db, before: Assistant, after: Assistant): Promise<void> {
  const numbers = (await findNumbersOf(tx, before)).filter(
    (number) =>
      number.routingStatus === 'failed' ||
      wantedConnection(before, number) !== wantedConnection(after, number),
  );
  await wantConnections(
    context,
    tx,
    numbers.map((number) => number.id),
  );
}
