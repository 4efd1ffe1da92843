import { isDeepStrictEqual } from 'node:util';
import { type ApiKey, type KeyWithCreator, updateApiKey as update } from '../db/api-keys.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { changeableFields, checkExpiry } from './create-api-key.ts';
import { findOwnApiKey } from './find-own-api-key.ts';
import { lockTeamFor } from './lock-team-for.ts';
import { recordEvent } from './record-event.ts';

/** Null for the expiry: none. */
export type KeyChange = Partial<Pick<ApiKey, 'name' | 'expiresAt' | 'rateLimitPerHour'>>;

/**
 * Changes a key's name, its end or its limit. What it may do never changes: that takes a new key.
 * @throws Refusal `not_found`, also for a revoked key; `forbidden`; `invalid_request` where the expiry has passed
 */
export async function updateApiKey(
  context: Context,
  caller: Caller,
  keyId: string,
  change: KeyChange,
): Promise<KeyWithCreator> {
  return context.db.transaction(async (tx) => {
    await lockTeamFor(tx, caller, 'keys:write');
    const { key, creator } = await findOwnApiKey(tx, caller, keyId);
    if (key.revokedAt) {
      throw new Refusal('not_found', `The API key ${keyId} was revoked. Make a new one.`);
    }
    checkExpiry(context, change.expiresAt);
    const changed = { ...key, ...change };
    const [before, after] = [changeableFields(key), changeableFields(changed)];
    if (isDeepStrictEqual(before, after)) return { key, creator };
    await update(tx, key.id, change);
    await recordEvent(context, tx, {
      teamId: key.teamId,
      mode: null,
      type: 'api_key.updated',
      subject: key.id,
      actor: caller.actor,
      before,
      after,
      data: { prefix: key.prefix },
    });
    return { key: changed, creator };
  });
}
