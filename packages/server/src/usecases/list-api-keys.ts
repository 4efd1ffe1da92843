import { type KeyWithCreator, listApiKeys as list } from '../db/api-keys.ts';
import { type Page, pageOf } from '../domain/page.ts';
import type { Caller, Context } from './context.ts';

/** One page of the keys of the caller's team, of both modes and revoked ones too, the newest first. */
export async function listApiKeys(
  { db }: Context,
  { teamId }: Caller,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<KeyWithCreator>> {
  const after = cursor === undefined ? {} : { after: cursor };
  const rows = await list(db, teamId, { limit: limit + 1, ...after });
  return pageOf(rows, limit, ({ key }) => key.id);
}
