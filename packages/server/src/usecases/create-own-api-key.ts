import { Refusal } from '../domain/refusal.ts';
import { covers } from '../domain/scopes.ts';
import type { Caller, Context } from './context.ts';
import { insertKeyOf, type KeyWish, type MadeApiKey } from './create-api-key.ts';
import { checkKeyMode } from './find-own-api-key.ts';
import { lockTeamFor } from './lock-team-for.ts';

/**
 * Makes an API key for the caller's team, in the name of the person who asks or in whose name the asking key acts.
 * @throws Refusal `forbidden` for more than the caller has, or `invalid_request` where the expiry has passed
 */
export async function createOwnApiKey(context: Context, caller: Caller, wish: KeyWish): Promise<MadeApiKey> {
  checkKeyMode(caller, wish.mode);
  for (const scope of wish.scopes ?? ['*']) {
    if (covers(caller.scopes, scope)) continue;
    throw new Refusal(
      'forbidden',
      `This API key lacks the scope ${scope}, so it cannot grant it. Name scopes that it has itself.`,
    );
  }
  return context.db.transaction(async (tx) => {
    await lockTeamFor(tx, caller, 'keys:write');
    const whose = { teamId: caller.teamId, createdBy: caller.userId, actor: caller.actor };
    return insertKeyOf(context, tx, whose, wish);
  });
}
