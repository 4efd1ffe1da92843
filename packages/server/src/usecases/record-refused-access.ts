import type { Role } from '../domain/roles.ts';
import type { Caller, Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** Tells a team that somebody of it tried to change what their role does not let them change. */
export async function recordRefusedAccess(
  context: Context,
  { teamId, actor, role }: Caller,
  { route, neededRole }: { route: string; neededRole: Role },
): Promise<void> {
  await context.db.transaction((tx) =>
    recordEvent(context, tx, {
      teamId,
      mode: null,
      type: 'access.refused',
      subject: teamId,
      actor,
      data: { route, role, needed_role: neededRole },
    }),
  );
}
