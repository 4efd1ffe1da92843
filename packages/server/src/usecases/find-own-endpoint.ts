import type { Db } from '../db/database.ts';
import { findOwnEndpoint as find, lockEndpoint, type WebhookEndpoint } from '../db/webhook-endpoints.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Caller } from './context.ts';

/**
 * The caller's webhook endpoint.
 * @throws Refusal `not_found`, the same for endpoints that do not exist and endpoints of others
 */
export async function findOwnEndpoint(db: Db, caller: Caller, id: string): Promise<WebhookEndpoint> {
  const endpoint = await find(db, caller, id);
  if (endpoint) return endpoint;
  throw new Refusal(
    'not_found',
    `Your team has no webhook endpoint ${id.slice(0, 40)} in ${caller.mode} mode. GET /api/webhook-endpoints lists what it has.`,
  );
}

/** The same, locked until the transaction ends. The team is to be locked before. */
export async function lockOwnEndpoint(tx: Db, caller: Caller, id: string): Promise<WebhookEndpoint> {
  const { id: found } = await findOwnEndpoint(tx, caller, id);
  const endpoint = await lockEndpoint(tx, found);
  if (!endpoint) throw new Error(`webhook endpoint ${id} went under the lock of its team`);
  return endpoint;
}
