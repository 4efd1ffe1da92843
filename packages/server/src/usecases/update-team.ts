import { renameTeam } from '../db/teams.ts';
import type { Caller, Context } from './context.ts';
import { getTeam, type TeamDetails } from './get-team.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { recordEvent } from './record-event.ts';

/**
 * Gives the caller's team another name. Its slug stays: addresses may hang on it.
 * @throws Refusal `forbidden`
 */
export async function updateTeam(
  context: Context,
  caller: Caller,
  { name }: { name: string },
): Promise<TeamDetails> {
  await context.db.transaction(async (tx) => {
    const { team } = await lockTeamFor(tx, caller, 'team:write');
    if (team.name === name) return;
    await renameTeam(tx, team.id, name, context.clock.now());
    await recordEvent(context, tx, {
      teamId: team.id,
      mode: null,
      type: 'team.updated',
      subject: team.id,
      actor: caller.actor,
      before: { name: team.name },
      after: { name },
      data: {},
    });
  });
  return getTeam(context, caller);
}
