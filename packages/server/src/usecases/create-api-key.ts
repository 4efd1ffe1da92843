import { type ApiKey, insertApiKey } from '../db/api-keys.ts';
import { findMemberByEmail, findOwner, findTeam, type User } from '../db/teams.ts';
import { hashToken, newToken, tokenPrefix } from '../domain/api-token.ts';
import type { Mode } from '../domain/mode.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import type { GrantedScope } from '../domain/scopes.ts';
import type { Context } from './context.ts';

export interface NewApiKey {
  mode: Mode;
  name: string;
  /** All of them where none are named. */
  scopes?: readonly GrantedScope[];
  /** The member in whose name the key acts; the team's owner where nobody is named. */
  createdByEmail?: string;
  expiresAt?: Date;
}

/**
 * Makes an API key for a team.
 * @returns the key, and its token, which cannot be had again: only its hash is stored
 * @throws Refusal `not_found`, or `invalid_request` where the person is no member or the expiry has passed
 */
export async function createApiKey(
  context: Context,
  teamId: string,
  request: NewApiKey,
): Promise<{ key: ApiKey; token: string }> {
  const now = context.clock.now();
  if (!(await findTeam(context.db, teamId))) throw new Refusal('not_found', `There is no team ${teamId}.`);
  if (request.expiresAt && request.expiresAt <= now) {
    throw invalidRequest([
      { path: 'expiresAt', message: 'is in the past; choose a later time, or leave it out' },
    ]);
  }
  const creator = await findCreator(context, teamId, request.createdByEmail);
  const token = newToken(request.mode);
  const key: ApiKey = {
    id: context.newId('key'),
    teamId,
    mode: request.mode,
    name: request.name,
    prefix: tokenPrefix(token),
    tokenHash: hashToken(token),
    scopes: [...(request.scopes ?? ['*'])],
    createdBy: creator?.id ?? null,
    rateLimitPerHour: null,
    expiresAt: request.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
    createdAt: now,
  };
  await insertApiKey(context.db, key);
  return { key, token };
}

async function findCreator(
  context: Context,
  teamId: string,
  email: string | undefined,
): Promise<User | undefined> {
  if (email === undefined) return findOwner(context.db, teamId);
  const member = await findMemberByEmail(context.db, teamId, email.toLowerCase());
  if (member) return member;
  throw invalidRequest([{ path: 'createdByEmail', message: 'is not the address of a member of this team' }]);
}
