import { type AssignedNumber, listNumbersOf } from '../db/assignments.ts';
import { findNumbersOf } from '../db/assistants.ts';
import { lockTeam } from '../db/teams.ts';
import type { Caller, Context } from './context.ts';
import { findNamedNumbers } from './find-named-numbers.ts';
import { findOwnAssistant } from './find-own-assistant.ts';
import { moveNumbers } from './move-numbers.ts';
import { wantConnections } from './want-connections.ts';

export interface Assignment {
  /** Ids, or numbers in E.164 form, of the caller's mode. */
  phoneNumberIds: string[];
  /** Takes numbers away from the assistants that have them. */
  reassign: boolean;
  /** Whether these are all that the assistant has from now on; else they come to what it has. */
  replace: boolean;
}

/**
 * Points numbers at an assistant: all of them or none. What it has already stays, without an event; where the carrier
 * had refused its connection, it is asked again.
 *
 * @returns the assistant's numbers of the caller's mode
 * @throws Refusal `not_found`, `invalid_request`, `not_assignable`, `already_assigned`
 */
export async function assignNumbers(
  context: Context,
  caller: Caller,
  assistantId: string,
  { phoneNumberIds, reassign, replace }: Assignment,
): Promise<AssignedNumber[]> {
  await context.inTurn(caller.teamId, () =>
    context.db.transaction(async (tx) => {
      await lockTeam(tx, caller.teamId);
      const assistant = await findOwnAssistant(tx, caller, assistantId);
      const names = phoneNumberIds.map((name, index) => ({ path: `phoneNumberIds.${index}`, name }));
      const chosen = await findNamedNumbers(tx, caller, names, (id) => !reassign && id !== assistantId);

      const [there, added] = [
        chosen.filter((number) => number.assistant?.id === assistantId),
        chosen.filter((number) => number.assistant?.id !== assistantId),
      ];
      const kept = new Set(chosen.map(({ id }) => id));
      const dropped = replace
        ? (await findNumbersOf(tx, assistant, caller.mode)).filter(({ id }) => !kept.has(id))
        : [];
      await moveNumbers(context, tx, caller.actor, dropped, null);
      await moveNumbers(context, tx, caller.actor, added, assistant);
      const failed = there.filter(({ routingStatus }) => routingStatus === 'failed').map(({ id }) => id);
      await wantConnections(context, tx, failed);
    }),
  );
  return listNumbersOf(context.db, caller, assistantId);
}
