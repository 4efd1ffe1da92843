import { prepareFindWorkingKey } from '../db/api-keys.ts';
import type { Db } from '../db/database.ts';
import { hashToken, isToken } from '../domain/api-token.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';

export type Authenticate = (context: Context, token: string | undefined) => Promise<Caller>;

/** Makes the use case for one database, its query prepared. */
export function prepareAuthenticate(db: Db): Authenticate {
  const findWorkingKey = prepareFindWorkingKey(db);

  /**
   * Who is behind a token. Unknown, revoked, expired and malformed ones get the same answer: it tells nobody
   * which keys exist.
   * @throws Refusal `unauthorized`
   */
  return async (context, token) => {
    const key =
      token !== undefined && isToken(token)
        ? await findWorkingKey(hashToken(token), context.clock.now())
        : undefined;
    if (!key) {
      throw new Refusal(
        'unauthorized',
        'No valid API key came with the request. Send one that is neither revoked nor expired as "Authorization: Bearer tk_live_…" or "tk_test_…".',
      );
    }
    return { keyId: key.id, teamId: key.teamId, mode: key.mode, userId: key.createdBy, scopes: key.scopes };
  };
}
