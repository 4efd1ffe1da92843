import { revokeApiKey as revoke } from '../db/api-keys.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Context } from './context.ts';

/**
 * Ends an API key for good; the next request with it, on any server, is refused.
 * @throws Refusal `not_found` where the team has no such working key
 */
export async function revokeApiKey(context: Context, teamId: string, keyId: string): Promise<void> {
  if (await revoke(context.db, teamId, keyId, context.clock.now())) return;
  throw new Refusal('not_found', `The team has no API key ${keyId}, or it was revoked before.`);
}
