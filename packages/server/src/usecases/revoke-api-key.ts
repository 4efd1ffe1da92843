import { type ApiKey, type KeyWithCreator, revokeKeys } from '../db/api-keys.ts';
import type { Db } from '../db/database.ts';
import { type Actor, OPERATOR } from '../db/events.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';
import { findOwnApiKey } from './find-own-api-key.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { recordEvent } from './record-event.ts';

/**
 * Ends an API key for good, in the name of the operator; the next request with it, on any server, is refused.
 * @throws Refusal `not_found` where the team has no such working key
 */
export async function revokeApiKey(context: Context, teamId: string, keyId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [revoked] = await revokeKeys(tx, teamId, { id: keyId }, context.clock.now());
    if (!revoked) {
      throw new Refusal('not_found', `The team has no API key ${keyId}, or it was revoked before.`);
    }
    await recordRevocation(context, tx, revoked, OPERATOR);
  });
}

/**
 * Ends a key of the caller's team for good. Repeating it changes nothing.
 * @throws Refusal `not_found`, `forbidden`
 */
export async function revokeOwnApiKey(
  context: Context,
  caller: Caller,
  keyId: string,
): Promise<KeyWithCreator> {
  return context.db.transaction(async (tx) => {
    await lockTeamFor(tx, caller, 'keys:write');
    const { key, creator } = await findOwnApiKey(tx, caller, keyId);
    const [revoked] = await revokeKeys(tx, caller.teamId, { id: keyId }, context.clock.now());
    if (revoked) await recordRevocation(context, tx, revoked, caller.actor);
    return { key: revoked ?? key, creator };
  });
}

/** The event of a key that was revoked just now. */
export async function recordRevocation(
  context: Context,
  tx: Db,
  { id, teamId, name, mode, prefix, revokedAt }: ApiKey,
  actor: Actor,
): Promise<void> {
  await recordEvent(context, tx, {
    teamId,
    mode: null,
    type: 'api_key.revoked',
    subject: id,
    actor,
    before: { revoked_at: null },
    after: { revoked_at: revokedAt && isoTime(revokedAt) },
    data: { name, mode, prefix },
  });
}
