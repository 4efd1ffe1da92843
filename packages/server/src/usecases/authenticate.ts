import type { LookUps } from '../db/database.ts';
import { prepareFindWorkingKey } from '../db/working-keys.ts';
import { hashToken } from '../domain/api-token.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { prepareNoteKeyUse } from './note-key-use.ts';

export type Authenticate = (token: string | undefined, phoneNumber: string | null) => Promise<Caller>;

/** Makes the use case for one database, its query prepared, with a memory of which keys were noted as used. */
export function prepareAuthenticate(
  lookUps: LookUps,
  context: Pick<Context, 'db' | 'clock' | 'log' | 'background'>,
): Authenticate {
  const findWorkingKey = prepareFindWorkingKey(lookUps, context.clock);
  const noteKeyUse = prepareNoteKeyUse(context);

  /**
   * Who is behind a token. Unknown, revoked, expired and malformed ones get the same answer: it tells nobody
   * which keys exist.
   * @param phoneNumber in E.164, what the request is about, if anything: a live one of the team comes with the caller
   * @throws Refusal `unauthorized`
   */
  return async (token, phoneNumber) => {
    // Whatever came is looked up, well-formed or not: one way for all, which tells nothing by its time either. The
    // limit on an address bounds what that costs.
    const key = token === undefined ? undefined : await findWorkingKey(hashToken(token), phoneNumber);
    if (!key) {
      throw new Refusal(
        'unauthorized',
        'No valid API key came with the request, and nobody is signed in. Send a key that is neither revoked nor expired as "Authorization: Bearer tk_live_…" or "tk_test_…", or sign in.',
      );
    }
    noteKeyUse(key.id);
    return {
      teamId: key.teamId,
      mode: key.mode,
      userId: key.createdBy,
      // A key in nobody's name was made by the operator.
      role: key.role ?? 'owner',
      scopes: key.scopes,
      actor: { type: 'key', id: key.id },
      rateLimitPerHour: key.rateLimitPerHour,
      number: key.number,
    };
  };
}
