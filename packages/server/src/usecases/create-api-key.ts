import { type ApiKey, insertApiKey } from '../db/api-keys.ts';
import type { Db } from '../db/database.ts';
import { type Actor, OPERATOR } from '../db/events.ts';
import { findMemberByEmail, findOwner, lockTeam, type User } from '../db/teams.ts';
import { hashToken, newToken, tokenPrefix } from '../domain/api-token.ts';
import type { Mode } from '../domain/mode.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import type { GrantedScope } from '../domain/scopes.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

/** What a key is to be. */
export interface KeyWish {
  mode: Mode;
  name: string;
  /** All of them where none are named. */
  scopes?: readonly GrantedScope[];
  expiresAt?: Date;
  /** Requests an hour; the server's default where none is named. */
  rateLimitPerHour?: number;
}

export interface NewApiKey extends KeyWish {
  /** The member in whose name the key acts; the team's owner where nobody is named. */
  createdByEmail?: string;
}

/** A key, and its token, which cannot be had again: only its hash is stored. */
export interface MadeApiKey {
  key: ApiKey;
  token: string;
}

/**
 * Makes an API key for a team, in the name of the operator.
 * @throws Refusal `not_found`, or `invalid_request` where the person is no member or the expiry has passed
 */
export async function createApiKey(
  context: Context,
  teamId: string,
  request: NewApiKey,
): Promise<MadeApiKey> {
  return context.db.transaction(async (tx) => {
    if (!(await lockTeam(tx, teamId))) throw new Refusal('not_found', `There is no team ${teamId}.`);
    const creator = await findCreator(tx, teamId, request.createdByEmail);
    return insertKeyOf(context, tx, { teamId, createdBy: creator?.id ?? null, actor: OPERATOR }, request);
  });
}

/**
 * A key with its event, in the caller's transaction, which holds the lock on the team.
 * @throws Refusal `invalid_request` where the expiry has passed
 */
export async function insertKeyOf(
  context: Context,
  tx: Db,
  whose: { teamId: string; createdBy: string | null; actor: Actor },
  wish: KeyWish,
): Promise<MadeApiKey> {
  checkExpiry(context, wish.expiresAt);
  const token = newToken(wish.mode);
  const key: ApiKey = {
    id: context.newId('key'),
    teamId: whose.teamId,
    mode: wish.mode,
    name: wish.name,
    prefix: tokenPrefix(token),
    tokenHash: hashToken(token),
    scopes: [...new Set<GrantedScope>(wish.scopes ?? ['*'])],
    createdBy: whose.createdBy,
    rateLimitPerHour: wish.rateLimitPerHour ?? null,
    expiresAt: wish.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
    createdAt: context.clock.now(),
  };
  await insertApiKey(tx, key);
  await recordEvent(context, tx, {
    teamId: key.teamId,
    mode: null,
    type: 'api_key.created',
    subject: key.id,
    actor: whose.actor,
    after: { ...changeableFields(key), mode: key.mode, scopes: key.scopes, created_by: key.createdBy },
    data: { prefix: key.prefix },
  });
  return { key, token };
}

/** What of a key can change, as events show it. */
export function changeableFields({ name, expiresAt, rateLimitPerHour }: ApiKey): Record<string, unknown> {
  return {
    name,
    expires_at: expiresAt && isoTime(expiresAt),
    rate_limit_per_hour: rateLimitPerHour,
  };
}

/** @throws Refusal `invalid_request` for a time that has passed */
export function checkExpiry({ clock }: Context, expiresAt: Date | null | undefined): void {
  if (!expiresAt || expiresAt > clock.now()) return;
  throw invalidRequest([
    { path: 'expiresAt', message: 'is in the past; choose a later time, or leave it out' },
  ]);
}

async function findCreator(db: Db, teamId: string, email: string | undefined): Promise<User | undefined> {
  if (email === undefined) return findOwner(db, teamId);
  const member = await findMemberByEmail(db, teamId, email.toLowerCase());
  if (member) return member;
  throw invalidRequest([{ path: 'createdByEmail', message: 'is not the address of a member of this team' }]);
}
