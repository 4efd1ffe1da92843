import { revokeKeys } from '../db/api-keys.ts';
import type { Db } from '../db/database.ts';
import type { Actor } from '../db/events.ts';
import { deleteMember, type Member } from '../db/members.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';
import { recordRevocation } from './revoke-api-key.ts';

/**
 * Takes a member out of a team, and revokes the keys that act in their name there. Part of the caller's transaction,
 * which holds the lock on the team.
 */
export async function endMembership(
  context: Context,
  tx: Db,
  {
    teamId,
    member,
    type,
    actor,
  }: {
    teamId: string;
    member: Member;
    type: 'member.left' | 'member.removed';
    actor: Actor;
  },
): Promise<void> {
  const revoked = await revokeKeys(tx, teamId, { createdBy: member.userId }, context.clock.now());
  for (const key of revoked) await recordRevocation(context, tx, key, actor);
  await deleteMember(tx, teamId, member.userId);
  await recordEvent(context, tx, {
    teamId,
    mode: null,
    type,
    subject: member.userId,
    actor,
    before: { role: member.role },
    data: { email: member.email },
  });
}
