import type { Objection } from './refusal.ts';
import { isAtLeast, type Role } from './roles.ts';
import { covers } from './scopes.ts';

/*
 * Who may do what to whom in a team. Each rule answers with its objection, or with null.
 */

/** Somebody changes what a member is. */
export function objectionToRoleChange(change: {
  /** What the one who asks is. */
  actor: Role;
  /** What the member is, and is to become. */
  from: Role;
  to: Role;
  /** How many owners the team has, the member included. */
  owners: number;
}): Objection | null {
  const { actor, from, to, owners } = change;
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  if (actor !== 'owner' && from === 'owner') return OWNER_IS_OUT_OF_REACH;
  if (actor !== 'owner' && to === 'owner') return MAKES_NO_OWNERS;
  if (from === 'owner' && to !== 'owner' && owners <= 1) return LAST_OWNER;
  return null;
}

/** Somebody takes a member out of the team. */
export function objectionToRemoval(removal: { actor: Role; member: Role; owners: number }): Objection | null {
  const { actor, member, owners } = removal;
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  if (actor !== 'owner' && member === 'owner') return OWNER_IS_OUT_OF_REACH;
  return objectionToLeaving({ member, owners });
}

/** A member leaves. */
export function objectionToLeaving({ member, owners }: { member: Role; owners: number }): Objection | null {
  return member === 'owner' && owners <= 1 ? LAST_OWNER : null;
}

/** Somebody invites another one to become this. */
export function objectionToInvitation({ actor, role }: { actor: Role; role: Role }): Objection | null {
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  return actor !== 'owner' && role === 'owner' ? MAKES_NO_OWNERS : null;
}

/**
 * Somebody gives a role. Who becomes an admin or owner can make keys that may do everything, so only a caller with
 * every scope gives those roles; a person has them all.
 */
export function objectionToGivingRole({
  scopes,
  role,
}: {
  scopes: readonly string[];
  role: Role;
}): Objection | null {
  return role === 'member' || covers(scopes, '*') ? null : MAKES_MEMBERS_ONLY;
}

const MAKES_MEMBERS_ONLY: Objection = {
  code: 'forbidden',
  sentence:
    'An API key without the scope * makes nobody more than a member. Use a key that has it, or sign in.',
};

const NOT_ADMIN: Objection = {
  code: 'forbidden',
  sentence: 'Members do not manage members. Ask an owner or admin of the team.',
  neededRole: 'admin',
};

const OWNER_IS_OUT_OF_REACH: Objection = {
  code: 'forbidden',
  sentence: 'Only owners change or remove owners. Ask an owner of the team.',
  neededRole: 'owner',
};

const MAKES_NO_OWNERS: Objection = {
  code: 'forbidden',
  sentence: 'Only owners make owners. Choose another role, or ask an owner of the team.',
  neededRole: 'owner',
};

const LAST_OWNER: Objection = {
  code: 'last_owner',
  sentence: 'A team needs an owner, and this is its last one. Make another member an owner first.',
};
